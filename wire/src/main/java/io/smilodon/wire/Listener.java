package io.smilodon.wire;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets clients in by one address. Where that fails (the process has no more files, for instance) it
 * rests before it tries again, and seldom tells: also after an error of the machine, for instance
 * where there is no memory for one more client.
 */
final class Listener implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(Listener.class.getName());
    private static final long REST_MILLIS = 100;
    private static final Duration QUIET_MIN = Duration.ofSeconds(1);

    private final ServerSocket door;
    private final Host host;
    private final CountDownLatch closed;
    private long lastToldNanos = System.nanoTime() - QUIET_MIN.toNanos();

    /** Who looks after a client that has come. */
    @FunctionalInterface
    interface Host {
        void serve(Socket client) throws IOException;
    }

    /**
     * Listens until the latch is released.
     *
     * @param host is given each client; if it fails, the client is sent away
     */
    Listener(ServerSocket door, Host host, CountDownLatch closed) {
        this.door = door;
        this.host = host;
        this.closed = closed;
    }

    @Override
    public void run() {
        boolean isOpen = true;
        while (isOpen) {
            try {
                admit(door.accept());
                isOpen = closed.getCount() > 0;
            } catch (IOException | RuntimeException | Error failure) {
                isOpen = hasRested(failure);
            }
        }
    }

    private void admit(Socket client) throws IOException {
        try {
            host.serve(client);
        } catch (IOException | RuntimeException | Error failure) {
            client.close();
            throw failure;
        }
    }

    /** Whether it goes on. */
    private boolean hasRested(Throwable failure) {
        try {
            if (closed.getCount() > 0) {
                tell(failure);
            }
            return !closed.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tell(Throwable failure) {
        long now = System.nanoTime();
        if (now - lastToldNanos >= QUIET_MIN.toNanos()) {
            lastToldNanos = now;
            LOGGER.log(Level.WARNING, failure, () -> "a client was not let in");
        }
    }
}
