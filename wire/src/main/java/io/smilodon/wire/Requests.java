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
    private final WireLimits limits;
    private final Room.Part part;

    /** Held by the thread that waits for bytes. */
    private final Lock lock = new ReentrantLock();

    /** What a client does while somebody waits. */
    enum Sign {
        NOTHING,
        SENDS_ON,
        HAS_GONE
    }

    /**
     * Those of a connection.
     *
     * @param room where large messages are read
     */
    Requests(Socket socket, WireLimits limits, Room room) throws IOException {
        this.socket = socket;
        this.limits = limits;
        this.part = room.part();
        this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /**
     * Waits for the next message: as long as it takes for its first byte, but not for long then.
     * What room the one before had is left.
     *
     * @param bytesMax the largest that there may be
     * @return nothing if the client has ended the connection
     */
    Optional<Message> next(int bytesMax) throws IOException, MalformedMessageException {
        lock.lock();
        try {
            part.leave();
            socket.setSoTimeout(0);
            if (look() == Sign.HAS_GONE) {
                return Optional.empty();
            }
            Intake intake = new Intake(input, socket, limits);
            return Message.read(
                    intake,
                    length -> {
                        if (length > bytesMax) {
                            throw new IOException("a message of " + length + " bytes");
                        }
                        takeRoom(length, intake);
                    });
        } finally {
            lock.unlock();
        }
    }

    private void takeRoom(int length, Intake intake) throws IOException {
        if (length > Room.FREE_BYTES) {
            if (!part.take(length)) {
                throw new IOException("there is no memory for a message of " + length + " bytes");
            }
            intake.startAnew();
        }
    }

    /** The newest message is no longer there. */
    void forget() {
        part.leave();
    }

    /** Waits until the client sends something, or has gone: whether it has. */
    boolean haveEnded() {
        lock.lock();
        try {
            socket.setSoTimeout(0);
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
            return look();
        } catch (SocketTimeoutException quiet) {
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
