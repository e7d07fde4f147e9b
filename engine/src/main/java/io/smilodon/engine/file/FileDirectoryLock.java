package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A locked file plus an entry in the table of this process. The file is opened once and never again
 * while it is held: closing any second channel on it would release the lock to other processes.
 * Thread-safe.
 *
 * <p>Who holds it, and since when, stands in another file, for the error that others get. Nothing
 * is decided by that: whether the directory is held only the lock says, which the system lets go of
 * when the process ends, however it ends. So a container that is started again with the name and
 * the process number of the one before takes the lock and writes its own file over what that one
 * left; two that run at the same time, both with number 1 and the same name, differ in the instant.
 */
final class FileDirectoryLock implements DirectoryLock {

    private static final String LOCK = "LOCK";
    private static final String OWNER = "OWNER";
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    /** The directories held by this process: by real path, and by file key, which sees links. */
    private static final Set<Object> HELD = new HashSet<>();

    private final Path directory;
    private final Set<Object> keys;
    private final FileChannel channel;

    private FileDirectoryLock(Path directory, Set<Object> keys, FileChannel channel) {
        this.directory = directory;
        this.keys = keys;
        this.channel = channel;
    }

    static FileDirectoryLock take(Path directory, FileAttribute<?>[] attributes)
            throws IOException {
        Set<Object> keys = keysOf(directory);
        claim(directory, keys);
        try {
            Failpoint.hit("lock.claimed");
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            attributes);
            FileDirectoryLock lock = new FileDirectoryLock(directory, keys, channel);
            Failpoint.pass("lock.fileOpened");
            lock.acquire();
            Failpoint.pass("lock.acquired");
            return lock;
        } catch (IOException | RuntimeException failure) {
            release(keys);
            throw failure;
        }
    }

    private void acquire() throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw refused(directory);
            }
            Failpoint.pass("lock.taken");
            writeOwnerIfThereIsRoom();
            Failpoint.pass("lock.ownerWritten");
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static Set<Object> keysOf(Path directory) throws IOException {
        Set<Object> keys = new HashSet<>();
        keys.add(directory.toRealPath());
        Object fileKey = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        if (fileKey != null) {
            keys.add(fileKey);
        }
        return keys;
    }

    private static void claim(Path directory, Set<Object> keys) {
        synchronized (HELD) {
            if (keys.stream().anyMatch(HELD::contains)) {
                throw refused(directory);
            }
            HELD.addAll(keys);
        }
    }

    private static void release(Set<Object> keys) {
        synchronized (HELD) {
            HELD.removeAll(keys);
        }
    }

    /** It is only a diagnosis: a full disk must not keep the database from being opened. */
    private void writeOwnerIfThereIsRoom() throws IOException {
        try {
            writeOwner();
        } catch (IOException failure) {
            if (!DiskFailure.isExhausted(failure)) {
                throw failure;
            }
        }
    }

    private void writeOwner() throws IOException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC); // no formatter to be loaded
        String owner =
                "pid="
                        + ProcessHandle.current().pid()
                        + host().map(name -> "\nhost=" + name).orElse("")
                        + "\nsince="
                        + now
                        + "\n";
        Path file = directory.resolve(OWNER);
        Files.deleteIfExists(file);
        Files.createFile(file, FileDirectory.attributes(file, FileDirectory.FILE_PERMISSIONS));
        Files.writeString(file, owner);
    }

    private static SmilodonException refused(Path directory) {
        Map<String, Object> details = new HashMap<>();
        details.put("directory", directory.toString());
        owner(directory, "pid").ifPresent(pid -> details.put("pid", pid));
        owner(directory, "host").ifPresent(host -> details.put("host", host));
        owner(directory, "since").ifPresent(since -> details.put("since", since));
        return new SmilodonException(
                        ErrorCode.ILLEGAL_OPERATION,
                        "The data directory is held by another open database",
                        details)
                .withHint("Close the other one first, or connect to the server that holds it.");
    }

    /** The name of this machine or container: a number of a process means nothing in another. */
    private static Optional<String> host() {
        try {
            return Optional.of(Files.readString(HOST).strip());
        } catch (IOException notLinux) { // and no name service is asked: it may let one wait
            return Optional.ofNullable(System.getenv("COMPUTERNAME"));
        }
    }

    private static Optional<String> owner(Path directory, String what) {
        try {
            return Files.readString(directory.resolve(OWNER), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(what + "="))
                    .map(line -> line.substring(what.length() + 1))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty(); // the holder is about to write it; it is only a diagnosis
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(directory.resolve(OWNER));
            Failpoint.pass("lock.ownerDeleted");
        } finally {
            try {
                channel.close();
            } finally {
                release(keys);
            }
        }
    }
}
