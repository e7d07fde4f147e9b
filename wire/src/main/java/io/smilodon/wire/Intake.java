package io.smilodon.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of one message, which its client may not bring as slowly as it likes. Owned by the
 * thread that reads.
 */
final class Intake extends FilterInputStream {

    private final Socket socket;
    private final WireLimits limits;
    private long startNanos = System.nanoTime();
    private long count;

    Intake(InputStream input, Socket socket, WireLimits limits) {
        super(input);
        this.socket = socket;
        this.limits = limits;
    }

    /** What it has waited for was not the client. */
    void startAnew() {
        startNanos = System.nanoTime();
        count = 0;
    }

    @Override
    public int read() throws IOException {
        limitWait();
        int read = super.read();
        count++;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        limitWait();
        int read = super.read(bytes, offset, length);
        count += Math.max(0, read);
        return read;
    }

    private void limitWait() throws IOException {
        long earned = TimeUnit.SECONDS.toNanos(count) / WireLimits.BYTES_PER_SECOND_MIN;
        long spent = System.nanoTime() - startNanos;
        long left = limits.messageGrace().toNanos() + earned - spent;
        if (left <= 0) {
            throw new SocketTimeoutException("a message came too slowly");
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
}
