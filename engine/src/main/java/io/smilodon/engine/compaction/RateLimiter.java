package io.smilodon.engine.compaction;

import java.util.function.LongSupplier;

/**
 * A token bucket: so many bytes a second on average, and at most what a tenth of a second allows at
 * once. Who takes more than there is goes into debt and waits until it is paid. Thread-safe.
 */
public final class RateLimiter {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BURST_NANOS = 1e8;

    private final LongSupplier nanoClock;
    private double paidUntilNanos;

    public RateLimiter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.paidUntilNanos = nanoClock.getAsLong() - BURST_NANOS;
    }

    /**
     * Takes bytes.
     *
     * @param bytesPerSecond the rate at which they are paid; 0 for no limit
     * @return how long the caller has to wait, in nanoseconds; 0 if not at all
     */
    public synchronized long take(long bytes, double bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        paidUntilNanos =
                Math.max(paidUntilNanos, now - BURST_NANOS)
                        + bytes / bytesPerSecond * NANOS_PER_SECOND;
        return Math.max(0, (long) Math.ceil(paidUntilNanos - now));
    }
}
