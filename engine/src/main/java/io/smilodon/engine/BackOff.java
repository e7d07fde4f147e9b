package io.smilodon.engine;

import java.util.concurrent.TimeUnit;

/** How long what runs in the background waits before it tries again what has failed. */
public final class BackOff {

    private static final long NANOS_MIN = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    private static final int DOUBLINGS_MAX = 9;

    private BackOff() {}

    /**
     * Twice as long after each failure, up to five minutes.
     *
     * @param failuresInRow at least 1
     * @return nanoseconds
     */
    public static long nanosAfter(long failuresInRow) {
        return Math.min(NANOS_MIN << Math.min(failuresInRow - 1, DOUBLINGS_MAX), NANOS_MAX);
    }
}
