package io.smilodon.query;

import io.smilodon.index.geo.GeometryWork;
import java.util.Comparator;
import java.util.function.Supplier;

/**
 * Counts the work that a thread does in the operators of the language, and asks now and then
 * whether the operation it does it for may go on. Everything that loops over what a request or a
 * document contains takes its steps here, so that no input runs on past its time. Each thread has a
 * count of its own. Thread-safe.
 */
public final class Steps {

    /** Well below a millisecond of work, and far more than what asking costs. */
    static final int BETWEEN_CHECKS = 1024;

    private static final long BYTES_PER_STEP = 64;

    private static final Runnable NOBODY = () -> {};
    private static final ThreadLocal<Steps> CURRENT = ThreadLocal.withInitial(Steps::begun);

    private final Thread owner = Thread.currentThread();
    private Runnable check = NOBODY;
    private long left = BETWEEN_CHECKS;
    private long taken;

    /** Estimated bytes that expressions under way keep. */
    private long held;

    private Steps() {}

    private static Steps begun() {
        Steps steps = new Steps();
        GeometryWork.tell(steps::count);
        return steps;
    }

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
        CURRENT.get().count(count);
    }

    /**
     * The count of this thread, for who would look it up again and again: it may be kept, and asked
     * for {@link #here} by any thread.
     */
    public static Steps ofThread() {
        return CURRENT.get();
    }

    /** The count of the thread that asks, which is looked up only if it is not this one. */
    public Steps here() {
        return owner == Thread.currentThread() ? this : CURRENT.get();
    }

    /**
     * Counts bytes that an expression under way on this thread keeps, or no longer does.
     *
     * @return how many all of them keep
     */
    public long hold(long more) {
        held += more;
        return held;
    }

    /** One step of the thread that asks. */
    public void takeHere() {
        here().count(1);
    }

    private void count(long count) {
        taken += count;
        left -= count;
        if (left <= 0) {
            left = BETWEEN_CHECKS;
            check.run();
        }
    }

    /** The same order; each comparison is a step. */
    public static <T> Comparator<T> counted(Comparator<? super T> order) {
        Steps mine = CURRENT.get();
        return (left, right) -> {
            mine.takeHere();
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
        return CURRENT.get().guardedHere(check, work);
    }

    /** Does the same with the count of the thread that asks, which is mostly this one. */
    public <T> T guardedHere(Runnable check, Supplier<T> work) {
        Steps mine = here();
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
