package io.smilodon.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for reading by any thread. An interrupt closes a channel under all its readers; they open
 * it again, and the interrupted thread finds its flag set afterwards. Thread-safe.
 */
final class ReopeningFile implements StorageFile {

    private final Path path;
    private volatile FileChannel channel;
    private boolean closed;

    ReopeningFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        return (int)
                retried(
                        open -> {
                            target.position(start);
                            return open.read(target, position);
                        });
    }

    /** What is asked of a channel. */
    private interface Question {
        long ask(FileChannel open) throws IOException;
    }

    private long retried(Question question) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel used = channel;
                try {
                    return question.ask(used);
                } catch (ClosedChannelException closedUnderUs) {
                    interrupted |= Thread.interrupted();
                    reopen(used, closedUnderUs);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken, ClosedChannelException reason)
            throws IOException {
        if (closed) {
            throw reason;
        }
        if (channel == broken) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new AssertionError("opened for reading: " + path);
    }

    @Override
    public long length() throws IOException {
        return retried(FileChannel::size);
    }

    @Override
    public void truncate(long length) {
        throw new AssertionError("opened for reading: " + path);
    }

    @Override
    public void sync() {
        throw new AssertionError("opened for reading: " + path);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
