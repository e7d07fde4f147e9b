package io.smilodon.engine.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file, read and written at explicit positions. Reading is thread-safe; there is one
 * writer. An interrupt of a reading thread harms neither the read nor other threads.
 */
public interface StorageFile extends AutoCloseable {

    /**
     * Reads once.
     *
     * @return the number of bytes, which may be fewer than there is room for; −1 at the end
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes once.
     *
     * @return the number of bytes written, which may be fewer than there are
     */
    int write(ByteBuffer source, long position) throws IOException;

    long length() throws IOException;

    /** Cuts the file. */
    void truncate(long length) throws IOException;

    /** Makes the file's bytes and length durable. If it fails, what is durable is unknown. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /** Fills the target or fails with {@link EOFException}. */
    default void readFully(ByteBuffer target, long position) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = read(target, next);
            if (count < 0) {
                throw new EOFException("end of file at " + next);
            }
            next += count;
        }
    }

    /** Writes everything: a full disk gives a short write before it gives an error. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long next = position;
        while (source.hasRemaining()) {
            int count = write(source, next);
            if (count <= 0) {
                throw new IOException("nothing written at " + next);
            }
            next += count;
        }
    }
}
