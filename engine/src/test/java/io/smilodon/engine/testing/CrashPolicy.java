package io.smilodon.engine.testing;

import java.util.Random;
import java.util.function.IntPredicate;

/** What a power loss leaves of everything that had not been synced. */
public enum CrashPolicy {
    /** Nothing. */
    DROP_ALL,
    /** Everything, as when only the process dies. */
    KEEP_ALL,
    /** Any sector and any directory operation or not, in any combination: all that POSIX allows. */
    POSIX_RANDOM,
    /** Everything but some sectors of the last write. */
    TORN_LAST,
    /** Everything up to some operation, nothing after it. */
    PREFIX,
    /** Everything from some operation on, nothing before it. */
    REVERSE,
    /**
     * As ext4 with ordered data: entries and lengths survive up to some operation, appended bytes
     * with their length, overwritten bytes or not.
     */
    EXT4_ORDERED;

    private static final int BACK_MAX = 12;

    /** Which of the pending changes survive. */
    IntPredicate survivors(DiskState state, long seed) {
        Random random = new Random(seed);
        int count = state.pendingCount();
        long last = count == 0 ? 0 : state.order(count - 1);
        int back = random.nextInt(Math.min(count + 1, BACK_MAX));
        return switch (this) {
            case DROP_ALL -> change -> false;
            case KEEP_ALL -> change -> true;
            case POSIX_RANDOM -> change -> random.nextBoolean();
            case TORN_LAST ->
                    change ->
                            state.order(change) < last
                                    || state.isMetadata(change)
                                    || random.nextBoolean();
            case PREFIX -> change -> change < count - back;
            case REVERSE -> change -> change >= back;
            case EXT4_ORDERED -> ordered(state, count - back, random);
        };
    }

    private static IntPredicate ordered(DiskState state, int committed, Random random) {
        return change -> {
            if (state.isMetadata(change)) {
                return change < committed;
            }
            return state.isAppended(change)
                    ? isLengthCommitted(state, change, committed)
                    : random.nextBoolean();
        };
    }

    private static boolean isLengthCommitted(DiskState state, int appended, int committed) {
        for (int change = appended + 1; change < committed; change++) {
            if (state.isMetadata(change) && state.isSameFile(change, appended)) {
                return true;
            }
        }
        return false;
    }
}
