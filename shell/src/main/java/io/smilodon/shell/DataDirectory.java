package io.smilodon.shell;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A data directory, and the note in it that says under which URL a server serves it now. The note
 * is for people who meet a directory in use; nothing depends on it.
 */
final class DataDirectory {

    private static final String NOTE = "SERVED-AT";

    private final Path path;

    DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /**
     * Opens the database in it; creates it if it is not there.
     *
     * @throws ShellException if a running server or another program holds it
     */
    Smilodon open() {
        return open(DatabaseOptions.DEFAULTS);
    }

    /** As above. */
    Smilodon open(DatabaseOptions options) {
        try {
            Smilodon smilodon = Smilodon.open(path, options);
            Files.deleteIfExists(path.resolve(NOTE)); // of a server that was killed
            return smilodon;
        } catch (SmilodonException failure) {
            throw failure.code().equals(ErrorCode.ILLEGAL_OPERATION) ? held(failure) : failure;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens the database in it.
     *
     * @throws ShellException if it is not there, or if somebody holds it
     */
    Smilodon openExisting() {
        requireDirectory("data directory", path);
        return open();
    }

    /**
     * Says what is missing before anything looks into it.
     *
     * @param what it should be
     * @throws ShellException if it is no directory
     */
    static void requireDirectory(String what, Path path) {
        if (!Files.isDirectory(path)) {
            throw new ShellException("there is no " + what + " " + path);
        }
    }

    private RuntimeException held(SmilodonException failure) {
        Optional<String> url = servedAt();
        if (url.isEmpty()) {
            return failure;
        }
        return new ShellException(
                path + " is held by a running server; use its URL: smilodon shell " + url.get());
    }

    void noteUrl(String url) {
        try {
            Path note = path.resolve(NOTE);
            Files.writeString(note, url + System.lineSeparator());
            if (note.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void removeNote() {
        try {
            Files.deleteIfExists(path.resolve(NOTE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> servedAt() {
        try {
            Path note = path.resolve(NOTE);
            return Files.isReadable(note)
                    ? Optional.of(Files.readString(note).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // being removed just now
        }
    }
}
