package io.smilodon.engine.torture;

import io.smilodon.engine.testing.DiskState;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * Which pending changes survive: every combination where there are few changes, else each prefix,
 * each suffix, all but each one, and random ones. Pure functions.
 */
final class Survivors {

    private static final int ALL_SUBSETS_MAX = 10;
    private static final int RANDOM_COUNT = 64;

    private Survivors() {}

    /** How many combinations are tried for so many changes. */
    static int count(int changes) {
        return changes <= ALL_SUBSETS_MAX ? 1 << changes : 3 * changes + 2 + RANDOM_COUNT;
    }

    /**
     * The combination with a number; the first of them is nothing, the last everything.
     *
     * @param which from 0, below {@link #count}
     */
    static IntPredicate of(int changes, int which, long seed) {
        if (changes <= ALL_SUBSETS_MAX) {
            return change -> (which >> change & 1) != 0;
        }
        int last = count(changes) - 1;
        if (which <= changes) {
            return change -> change < which;
        } else if (which <= 2 * changes) {
            return change -> change != which - changes - 1;
        } else if (which <= 3 * changes) {
            return change -> change >= which - 2 * changes;
        } else if (which == last) {
            return change -> true;
        }
        Random random = new Random(seed + which);
        return change -> random.nextBoolean();
    }

    /** Whether a combination keeps everything, as the death of a process does. */
    static boolean isEverything(DiskState state, int which) {
        int changes = state.pendingCount();
        return which == count(changes) - 1 || which == changes && changes > ALL_SUBSETS_MAX;
    }
}
