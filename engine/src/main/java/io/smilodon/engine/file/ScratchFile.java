package io.smilodon.engine.file;

import io.smilodon.engine.error.SmilodonException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an operation cannot hold in memory: records that are written one after the other, then read
 * in that order, as often as wanted, from a temporary file that only its owner may read. Where the
 * system allows it the file has no name any more by then, so that nothing is left of it whatever
 * happens. Not thread-safe.
 */
public final class ScratchFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private final Quota quota;
    private final DataOutputStream output;
    private final FileInputStream file;
    private DataInputStream input;
    private long count;
    private long left;
    private long bytes;

    private ScratchFile(Path path, Quota quota, DataOutputStream output, FileInputStream file) {
        this.path = path;
        this.quota = quota;
        this.output = output;
        this.file = file;
        this.input = buffered(file);
    }

    /** Counts what temporary files take. */
    public interface Quota {

        /**
         * Some bytes are about to be written.
         *
         * @throws SmilodonException if they may not: then they are not
         */
        void take(long bytes);

        /** The file that had so many is gone. */
        void give(long bytes);
    }

    private static DataInputStream buffered(FileInputStream file) {
        return new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    }

    /** How much can still be written to temporary files, about. */
    public static long usableBytes() {
        try {
            return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                    .getUsableSpace();
        } catch (IOException failure) {
            throw failure("The room for temporary files is not known", failure);
        }
    }

    /**
     * Begins a file.
     *
     * @param quota counts what it takes until it is closed
     * @throws SmilodonException if there is no room, or no directory for temporary files
     */
    public static ScratchFile create(Quota quota) {
        try {
            return at(Files.createTempFile("smilodon-", ".scratch"), quota);
        } catch (IOException failure) {
            throw failure("A temporary file could not be created", failure);
        }
    }

    /** Opens the file that was made for it; where that fails, nothing is left of the file. */
    static ScratchFile at(Path path, Quota quota) throws IOException {
        try {
            FileOutputStream written = new FileOutputStream(path.toFile());
            return new ScratchFile(
                    path,
                    quota,
                    new DataOutputStream(new BufferedOutputStream(written, BUFFER_BYTES)),
                    openToRead(path, written));
        } finally {
            deleteIfPossible(path);
        }
    }

    /** Opens the file; where that fails, what is written to is closed. */
    static FileInputStream openToRead(Path path, FileOutputStream written) throws IOException {
        try {
            return new FileInputStream(path.toFile());
        } catch (IOException failure) {
            written.close();
            throw failure;
        }
    }

    private static void deleteIfPossible(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUse) {
            path.toFile().deleteOnExit(); // a system that does not delete open files
        }
    }

    private static SmilodonException failure(String text, IOException cause) {
        return DiskFailure.error(text, cause);
    }

    /** Writes a record behind the others. */
    public void add(byte[] record) {
        long more = Integer.BYTES + (long) record.length;
        quota.take(more);
        bytes += more;
        try {
            output.writeInt(record.length);
            output.write(record);
            count++;
            left++;
        } catch (IOException failure) {
            throw failure("A temporary file could not be written", failure);
        }
    }

    /** Ends writing for good: from now on records are read, from the first on. */
    public void rewind() {
        try {
            output.close();
            file.getChannel().position(0);
            input = buffered(file);
            left = count;
        } catch (IOException failure) {
            throw failure("A temporary file could not be written", failure);
        }
    }

    /** The next record; empty at the end. */
    public Optional<byte[]> next() {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        try {
            byte[] record = new byte[input.readInt()];
            input.readFully(record);
            return Optional.of(record);
        } catch (IOException failure) {
            throw failure("A temporary file could not be read", failure);
        }
    }

    /** How many records are still to be read. */
    public long left() {
        return left;
    }

    @Override
    public void close() {
        try (output;
                file) {
            deleteIfPossible(path);
        } catch (IOException afterUse) {
            return; // nobody reads it any more
        } finally {
            quota.give(bytes);
            bytes = 0;
        }
    }
}
