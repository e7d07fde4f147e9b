package io.smilodon.engine.torture;

import java.util.Random;

/**
 * One round of a suite: its seed, its time and its counters. Thread-safe except {@link #random}.
 */
public final class Round {

    private final long seed;
    private final long endNanos;
    private final Tally tally;

    public Round(long seed, long nanos, Tally tally) {
        this.seed = seed;
        this.endNanos = System.nanoTime() + nanos;
        this.tally = tally;
    }

    public long seed() {
        return seed;
    }

    /** A generator that starts anew from the seed. */
    public Random random() {
        return new Random(seed);
    }

    /** Whether the time is up; what has been begun may be left. */
    public boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }

    /** Counts the suite's unit. */
    public void count(long units) {
        tally.add(Tally.UNITS, units);
    }

    /** Counts something else worth reporting. */
    public void count(String what, long times) {
        tally.add(what, times);
    }
}
