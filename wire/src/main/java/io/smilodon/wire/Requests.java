package io.smilodon.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client sends. One thread reads its messages; while that is busy with one, another may wait
 * for the next byte or the end, and leaves the byte there. Thread-safe.
 */
final class Requests {

    private static final int BUFFER_BYTES = 16 << 10;

    private final Socket socket;
    private final InputStream input;

    /** Held by the thread that waits for bytes. */
    private final Lock lock = new ReentrantLock();

    /** What a client does while somebody waits. */
    enum Sign {
        NOTHING,
        SENDS_ON,
        HAS_GONE
    }

    Requests(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
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
            return look() == Sign.HAS_GONE;
        } catch (IOException broken) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client sends something, or has gone, or the time is over. */
    Sign within(int millis) throws IOException {
        if (millis == 0 || !hasTurn(millis)) {
            return Sign.NOTHING;
        }
        try {
            socket.setSoTimeout(millis);
            Sign sign = look();
            socket.setSoTimeout(0);
            return sign;
        } catch (SocketTimeoutException quiet) {
            socket.setSoTimeout(0);
            return Sign.NOTHING;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasTurn(int millis) {
        try {
            return lock.tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Sign look() throws IOException {
        input.mark(1);
        boolean hasGone = input.read() < 0;
        input.reset();
        return hasGone ? Sign.HAS_GONE : Sign.SENDS_ON;
    }
}
