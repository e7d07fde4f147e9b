package io.smilodon.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client sends. One thread reads its messages; while that is busy with one, another may wait
 * for the next byte or the end, and leaves the byte there. Thread-safe.
 */
final class Requests {

    private static final int BUFFER_BYTES = 16 << 10;

    private final InputStream input;

    /** Held by the thread that waits for bytes. */
    private final Lock lock = new ReentrantLock();

    Requests(InputStream input) {
        this.input = new BufferedInputStream(input, BUFFER_BYTES);
    }

    /**
     * Waits for the next message.
     *
     * @return nothing if the client has ended the connection
     */
    Optional<Message> next() throws IOException, MalformedMessageException {
        lock.lock();
        try {
            return Message.read(input);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client sends something, or has gone: whether it has. */
    boolean haveEnded() {
        lock.lock();
        try {
            input.mark(1);
            boolean haveEnded = input.read() < 0;
            input.reset();
            return haveEnded;
        } catch (IOException broken) {
            return true;
        } finally {
            lock.unlock();
        }
    }
}
