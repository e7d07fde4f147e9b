package io.smilodon.database;

/**
 * How long something takes that takes less than asking the clock for it would be worth: each of the
 * first runs is timed, then one of some, which stands for those that are not. Thread-safe, but a
 * run at the same time as another may be counted as one.
 */
final class SampledTime {

    private static final int ALL_OF_FIRST = 64;

    /** A power of two. */
    private static final int ONE_OF = 16;

    private int runs;

    /**
     * Whether the next run is to be timed.
     *
     * @return for how many runs its time stands; 0 for one that is not timed
     */
    int next() {
        int run = runs++ & Integer.MAX_VALUE;
        if (run < ALL_OF_FIRST) {
            return 1;
        }
        return run % ONE_OF == 0 ? ONE_OF : 0;
    }
}
