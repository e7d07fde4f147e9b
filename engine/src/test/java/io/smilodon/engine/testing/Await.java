package io.smilodon.engine.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting in tests: for what other threads do, and never for ever. Whoever gives up says what was
 * waited for, and what the threads of the database were doing.
 */
public final class Await {

    /** Far more than anything takes on a machine that does a lot besides. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = 100_000;

    private Await() {}

    /**
     * What is waited for.
     *
     * @param <E> what asking may throw; it ends the wait
     */
    @FunctionalInterface
    public interface Condition<E extends Exception> {

        boolean holds() throws E;
    }

    /**
     * What is looked for.
     *
     * @param <E> what looking may throw; it ends the wait
     */
    @FunctionalInterface
    public interface Lookup<T, E extends Exception> {

        Optional<T> find() throws E;
    }

    /**
     * Waits until something holds.
     *
     * <p>It must go on to hold: what is true for a moment only may be missed.
     *
     * @param awaited what is waited for, for the message
     * @throws AssertionError after a minute, and at once when the thread is interrupted
     */
    public static <E extends Exception> void until(String awaited, Condition<E> condition)
            throws E {
        until(awaited, LIMIT, condition);
    }

    static <E extends Exception> void until(String awaited, Duration limit, Condition<E> condition)
            throws E {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting until " + awaited);
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError(
                        "waited for " + limit + " until " + awaited + '\n' + databaseThreads());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Waits until something is there, and gives it.
     *
     * @param awaited what is waited for, for the message
     * @throws AssertionError after a minute, and at once when the thread is interrupted
     */
    public static <T, E extends Exception> T present(String awaited, Lookup<T, E> lookup) throws E {
        List<T> found = new ArrayList<>();
        until(
                awaited,
                () -> {
                    lookup.find().ifPresent(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    private static String databaseThreads() {
        return ThreadStacks.named(name -> name.startsWith("smilodon-"));
    }
}
