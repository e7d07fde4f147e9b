package io.smilodon.query.exec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.query.Steps;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one request of a user does on its thread, however many reads and writes that takes: it ends
 * as a whole, when it is cancelled or out of time. Thread-safe; it runs on one thread.
 */
public final class OperationScope {

    private static final OperationScope NONE = new OperationScope(0);
    private static final ThreadLocal<OperationScope> CURRENT = ThreadLocal.withInitial(() -> NONE);

    private final long startNanos = System.nanoTime();
    private final DateValue instant = new DateValue(System.currentTimeMillis());
    private final long limitMillis;
    private volatile boolean isCancelled;
    private volatile Runnable waker = OperationScope::doNothing;

    /**
     * A request that has not begun.
     *
     * @param limitMillis time after which it fails; 0 for never
     */
    public OperationScope(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    /** The request of this thread; one that never ends where there is none. */
    static OperationScope current() {
        return CURRENT.get();
    }

    static OperationScope none() {
        return NONE;
    }

    /** The instant of this thread's request; the present where there is none. */
    public static DateValue instant() {
        OperationScope scope = CURRENT.get();
        return scope == NONE ? new DateValue(System.currentTimeMillis()) : scope.instant;
    }

    /** Whether this thread is at work on a request. */
    public static boolean isEntered() {
        return CURRENT.get() != NONE;
    }

    /** Fails if the request of this thread was cancelled or has run out of time. */
    public static void checkCurrent() {
        CURRENT.get().checkAlive();
    }

    /** Runs the request. */
    public <T> T run(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return Steps.guarded(this::checkAlive, work);
        } finally {
            CURRENT.remove();
        }
    }

    private static void doNothing() {
        // Nobody waits.
    }

    /**
     * Waits on the thread of the request, perhaps for long.
     *
     * @param waker ends the waiting, with whatever error; called by who cancels the request, which
     *     fails with {@code Interrupted} then
     */
    public static <T> T wakingBy(Runnable waker, Supplier<T> waiting) {
        OperationScope scope = CURRENT.get();
        if (scope == NONE) {
            return waiting.get();
        }
        scope.waker = waker;
        try {
            scope.checkAlive();
            return waiting.get();
        } catch (SmilodonException failure) {
            scope.checkAlive();
            throw failure;
        } finally {
            scope.waker = OperationScope::doNothing;
        }
    }

    /** Makes it fail soon, with {@code Interrupted}. */
    public void cancel() {
        isCancelled = true;
        waker.run();
    }

    /** How long it has been running. */
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    void checkAlive() {
        if (isCancelled) {
            throw new SmilodonException(ErrorCode.INTERRUPTED, "operation was interrupted");
        }
        if (limitMillis > 0 && elapsedNanos() > limitMillis * 1_000_000) {
            throw new SmilodonException(
                    ErrorCode.MAX_TIME_EXPIRED,
                    "operation exceeded time limit",
                    Map.of("maxTimeMS", limitMillis));
        }
    }
}
