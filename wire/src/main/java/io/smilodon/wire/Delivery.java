package io.smilodon.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The way of answers to a client, which tells whether the client takes them. One thread writes; any
 * thread may ask.
 */
final class Delivery extends FilterOutputStream {

    /** Written at once; a client that takes less than that in all the time takes nothing. */
    private static final int PART_BYTES = 64 << 10;

    private volatile long partNanos;
    private volatile boolean isUnderWay;
    private volatile long pendingBytes;

    Delivery(OutputStream output) {
        super(output);
    }

    /** So large is the answer that is on its way; 0 for none. */
    void pending(long bytes) {
        pendingBytes = bytes;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        try {
            for (int start = offset; start < end; start += PART_BYTES) {
                partNanos = System.nanoTime();
                isUnderWay = true;
                out.write(bytes, start, Math.min(PART_BYTES, end - start));
            }
        } finally {
            isUnderWay = false;
        }
    }

    /** How long the client has taken nothing while there is something for it. */
    Duration stalled() {
        return isUnderWay ? Duration.ofNanos(System.nanoTime() - partNanos) : Duration.ZERO;
    }
}
