package io.smilodon.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file to which lines are appended, and which only its owner may read. One that is full gets the
 * number 1 behind its name, the one before that 2, and so on; the last is deleted. Thread-safe.
 */
public final class AuditFile implements AutoCloseable {

    /** How large a file may grow. */
    public static final long BYTES_MAX = 64L << 20;

    /** How many full ones are kept. */
    public static final int FULL_COUNT_MAX = 9;

    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final long bytesMax;
    private final Lock lock = new ReentrantLock();

    /** Guarded by the lock, as the next. */
    private FileChannel channel;

    private long bytes;

    private AuditFile(Path path, long bytesMax) throws IOException {
        this.path = path;
        this.bytesMax = bytesMax;
        begin();
    }

    /** Opens a file, behind whose end is written; it need not be there. */
    public static AuditFile open(Path path) throws IOException {
        return open(path, BYTES_MAX);
    }

    /** The same of another size. */
    static AuditFile open(Path path, long bytesMax) throws IOException {
        return new AuditFile(path, bytesMax);
    }

    private void begin() throws IOException {
        channel = FileChannel.open(path, APPENDING, OWNERS);
        bytes = channel.size();
    }

    /**
     * Appends a line; of one that fails nothing stays behind.
     *
     * @param isSynced whether it is on the disk when this returns
     */
    void append(String line, boolean isSynced) throws IOException {
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (bytes > 0 && bytes + encoded.length > bytesMax) {
                rotate();
            }
            write(encoded);
            if (isSynced) {
                channel.force(false);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] encoded) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(encoded);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            bytes += encoded.length;
        } catch (IOException failure) {
            channel.truncate(bytes);
            throw failure;
        }
    }

    private void rotate() throws IOException {
        for (int number = FULL_COUNT_MAX; number > 0; number--) {
            try {
                Files.move(
                        number == 1 ? path : numbered(number - 1),
                        numbered(number),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException fewer) {
                continue; // there are not so many yet
            }
        }
        channel.force(false);
        channel.close();
        begin();
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            channel.force(false);
            channel.close();
        } catch (IOException lost) {
            return; // what was to be on the disk is there
        } finally {
            lock.unlock();
        }
    }
}
