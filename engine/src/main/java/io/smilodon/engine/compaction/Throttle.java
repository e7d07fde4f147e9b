package io.smilodon.engine.compaction;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Holds merging to its share of the disk, and ends it when the store is closed. Only the compaction
 * thread asks; any thread may end it.
 */
final class Throttle {

    private final RateLimiter limiter;
    private final long bytesPerSecondMax;
    private final LongSupplier nanoClock;
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    Throttle(long bytesPerSecondMax, LongSupplier nanoClock) {
        this.limiter = new RateLimiter(nanoClock);
        this.bytesPerSecondMax = bytesPerSecondMax;
        this.nanoClock = nanoClock;
    }

    void read(long bytes) {
        bytesRead.add(bytes);
        take(bytes);
    }

    void write(long bytes) {
        bytesWritten.add(bytes);
        take(bytes);
    }

    private void take(long bytes) {
        requireGoing();
        long nanos = limiter.take(bytes, bytesPerSecondMax);
        if (nanos > 0) {
            pause(nanos);
        }
    }

    private void pause(long nanos) {
        waitedNanos.add(nanos);
        long end = nanoClock.getAsLong() + nanos;
        long left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(this, left);
            requireGoing();
            left = end - nanoClock.getAsLong();
        }
    }

    /** Throws once the store is being closed. */
    void requireGoing() {
        if (isStopped.get()) {
            throw new AbandonedException();
        }
    }

    boolean isStopped() {
        return isStopped.get();
    }

    void stop(Thread merging) {
        isStopped.set(true);
        LockSupport.unpark(merging);
    }

    long bytesRead() {
        return bytesRead.sum();
    }

    long bytesWritten() {
        return bytesWritten.sum();
    }

    long waitedNanos() {
        return waitedNanos.sum();
    }
}
