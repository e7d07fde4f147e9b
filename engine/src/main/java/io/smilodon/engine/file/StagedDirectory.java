package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A directory that is filled under another name, beside where it is to be, and gets its own name
 * once it is complete; so nobody meets a half-filled one. What a crash leaves has a name that ends
 * with {@value #SUFFIX}, and may be deleted. Not thread-safe.
 */
public final class StagedDirectory implements AutoCloseable {

    public static final String SUFFIX = ".incomplete";

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path target;
    private final Path staged;
    private final FileDirectory directory;
    private boolean isPublished;

    private StagedDirectory(Path target, Path staged, FileDirectory directory) {
        this.target = target;
        this.staged = staged;
        this.directory = directory;
    }

    /**
     * Begins a directory.
     *
     * @param target must be absent or empty
     * @throws SmilodonException {@link ErrorCode#ILLEGAL_OPERATION} if it is not
     */
    public static StagedDirectory begin(Path target) throws IOException {
        Path absolute =
                Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
        requireEmpty(absolute);
        FileDirectory.createMissing(absolute.getParent());
        Path parent = absolute.getParent().toRealPath();
        Path staged = parent.resolve(absolute.getFileName() + SUFFIX);
        create(staged);
        return new StagedDirectory(
                parent.resolve(absolute.getFileName()), staged, FileDirectory.open(staged));
    }

    /** Of two who begin at the same time one is refused. */
    private static void create(Path staged) throws IOException {
        try {
            Files.createDirectory(staged, FileDirectory.attributes(staged, "rwx------"));
        } catch (FileAlreadyExistsException taken) {
            throw new SmilodonException(
                            ErrorCode.ILLEGAL_OPERATION,
                            "Another attempt to fill the target is under way, or was cut short",
                            Map.of("directory", staged),
                            taken)
                    .withHint("Delete that directory if nothing writes to it any more.");
        }
    }

    /**
     * Begins a directory beneath another one, for callers who may not choose the place.
     *
     * @param name letters, digits, dots, dashes and underscores; no path
     */
    public static StagedDirectory beneath(Path root, String name) throws IOException {
        requirePlain(name);
        Path real = root.toRealPath();
        Path target = real.resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !target.toRealPath().equals(target)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "A target must not be a link", Map.of("target", name));
        }
        return begin(target);
    }

    /**
     * Refuses what is not a plain name.
     *
     * @throws SmilodonException {@link ErrorCode#BAD_VALUE}
     */
    public static void requirePlain(String name) {
        if (!PLAIN_NAME.matcher(name).matches() || name.endsWith(SUFFIX)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "A target must be a plain name: letters, digits, dots, dashes, underscores",
                    Map.of("target", name));
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isEmpty = false;
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
                isEmpty = !entries.iterator().hasNext();
            }
        }
        if (!isEmpty) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "The target must be absent or an empty directory",
                    Map.of("target", target));
        }
    }

    /** The directory to fill. */
    public FileDirectory directory() {
        return directory;
    }

    /** Where it will be. */
    public Path target() {
        return target;
    }

    /** Gives the directory its name, durably. */
    public void publish() throws IOException {
        Failpoint.hit("staged.beforePublish");
        directory.sync();
        Files.move(
                staged,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        isPublished = true;
        Failpoint.hit("staged.beforeParentSync");
        FileDirectory.syncDirectory(target.getParent());
    }

    /** Deletes what was not published. */
    @Override
    public void close() throws IOException {
        if (isPublished) {
            return;
        }
        for (String name : directory.list()) {
            directory.delete(name);
        }
        Files.delete(staged);
    }
}
