package io.smilodon.security;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
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

    private static final int LINE_END = '\n';

    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final long bytesMax;
    private final Lock lock = new ReentrantLock();

    /**
     * Guarded by the lock, as the next; empty if another could not be begun yet. Not a channel,
     * which an interrupt of any writer would close.
     */
    private Optional<RandomAccessFile> file = Optional.empty();

    private long bytes;
    private boolean isClosed;

    private AuditFile(Path path, long bytesMax) throws IOException {
        this.path = path;
        this.bytesMax = bytesMax;
        begun();
    }

    /** Opens a file, behind whose end is written; it need not be there. */
    public static AuditFile open(Path path) throws IOException {
        return open(path, BYTES_MAX);
    }

    /** The same of another size. */
    static AuditFile open(Path path, long bytesMax) throws IOException {
        return new AuditFile(path, bytesMax);
    }

    /** The file to write to, which is made if there is none. */
    private RandomAccessFile begun() throws IOException {
        if (file.isPresent()) {
            return file.get();
        }
        if (isClosed) {
            throw new ClosedChannelException();
        }
        if (Files.notExists(path)) {
            Files.createFile(path, OWNERS);
        }
        syncDirectory();
        RandomAccessFile begun = new RandomAccessFile(path.toFile(), "rw");
        file = Optional.of(begun);
        bytes = begun.length();
        if (bytes > 0 && !endsALine(begun)) {
            write(begun, new byte[] {LINE_END}); // a power loss has torn the last one
        }
        return begun;
    }

    private boolean endsALine(RandomAccessFile begun) throws IOException {
        begun.seek(bytes - 1);
        return begun.read() == LINE_END;
    }

    /** Makes the names of files durable, where directories can be opened. */
    private void syncDirectory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    /**
     * Appends a line; of one that fails nothing stays behind.
     *
     * @param isSynced whether it is on the disk when this returns
     */
    void append(String line, boolean isSynced) throws IOException {
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        boolean isInterrupted = Thread.interrupted(); // it would end a sync of the directory
        lock.lock();
        try {
            RandomAccessFile target = begun();
            if (bytes > 0 && bytes + encoded.length > bytesMax) {
                rotate();
                target = begun();
            }
            write(target, encoded);
            if (isSynced) {
                target.getFD().sync();
            }
        } finally {
            lock.unlock();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(RandomAccessFile target, byte[] encoded) throws IOException {
        try {
            target.seek(bytes);
            target.write(encoded);
            bytes += encoded.length;
        } catch (IOException failure) {
            target.setLength(bytes);
            throw failure;
        }
    }

    /**
     * Only as many files move as it takes to make room, this one last: if that fails it is done
     * again, and nothing is deleted for it.
     */
    private void rotate() throws IOException {
        end();
        int free = 1;
        while (free < FULL_COUNT_MAX && Files.exists(numbered(free))) {
            free++;
        }
        for (int number = free; number > 0; number--) {
            Path from = number == 1 ? path : numbered(number - 1);
            Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void end() throws IOException {
        if (file.isPresent()) {
            file.get().getFD().sync();
            file.get().close();
            file = Optional.empty();
        }
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            end();
        } catch (IOException lost) {
            return; // what was to be on the disk is there
        } finally {
            lock.unlock();
        }
    }
}
