package io.smilodon.query;

import java.util.Comparator;
import java.util.function.Supplier;

/**
 * Counts the work that a thread does in the operators of the language, and asks now and then
 * whether the operation it does it for may go on. Everything that loops over what a request or a
 * document contains takes its steps here, so that no input runs on past its time. Each thread has a
 * count of its own.
 */
public final class Steps {

    /** Well below a millisecond of work, and far more than what asking costs. */
    static final int BETWEEN_CHECKS = 1024;

    private static final long BYTES_PER_STEP = 64;

    private static final Runnable NOBODY = () -> {};
    private static final ThreadLocal<Steps> CURRENT = ThreadLocal.withInitial(Steps::new);

    private Runnable check = NOBODY;
    private long left = BETWEEN_CHECKS;
    private long taken;

    private Steps() {}

    /** One step: about what it takes to look at one value. */
    public static void take() {
        take(1);
    }

    /**
     * So many steps at once.
     *
     * @throws io.smilodon.engine.error.SmilodonException what the operation ends with if it was
     *     cancelled or is out of time
     */
    public static void take(long count) {
        Steps mine = CURRENT.get();
        mine.taken += count;
        mine.left -= count;
        if (mine.left <= 0) {
            mine.left = BETWEEN_CHECKS;
            mine.check.run();
        }
    }

    /** The same order; each comparison is a step. */
    public static <T> Comparator<T> counted(Comparator<? super T> order) {
        return (left, right) -> {
            take();
            return order.compare(left, right);
        };
    }

    /** About what it takes to copy so many characters or bytes. */
    public static void takeForBytes(long count) {
        take(1 + count / BYTES_PER_STEP);
    }

    /**
     * Does work of an operation on this thread.
     *
     * @param check throws if the operation must end
     */
    public static <T> T guarded(Runnable check, Supplier<T> work) {
        Steps mine = CURRENT.get();
        Runnable outer = mine.check;
        mine.check = check;
        try {
            return work.get();
        } finally {
            mine.check = outer;
        }
    }

    /** How many steps this thread has taken since it began. */
    public static long taken() {
        return CURRENT.get().taken;
    }
}
