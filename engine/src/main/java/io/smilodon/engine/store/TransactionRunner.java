package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs work in a transaction, again on a fresh snapshot as long as others outrun it: the work must
 * have no effect outside its transaction. A commit whose outcome is unknown is never repeated.
 * Thread-safe.
 */
public final class TransactionRunner {

    private static final long PAUSE_MICROS_FIRST = 50;
    private static final int PAUSE_DOUBLINGS_MAX = 6;

    private final KeyValueStore store;
    private final long conflictMillisMax;

    /**
     * A runner over a store.
     *
     * @param conflictMillisMax how long to try again where the caller names no time
     */
    public TransactionRunner(KeyValueStore store, long conflictMillisMax) {
        this.store = store;
        this.conflictMillisMax = conflictMillisMax;
    }

    /**
     * What one attempt came to.
     *
     * @param result what the caller gets
     * @param commits whether the transaction's writes are to be kept
     */
    public record Attempt<T>(T result, boolean commits) {

        public static <T> Attempt<T> commit(T result) {
            return new Attempt<>(result, true);
        }

        public static <T> Attempt<T> abandon(T result) {
            return new Attempt<>(result, false);
        }
    }

    /**
     * The result of work that is done.
     *
     * @param result the result of the attempt that went through
     * @param version the version of what was written; 0 if the work gave up its writes
     */
    public record Done<T>(T result, long version) {}

    /** Runs work for as long as conflicts may take by default. */
    public <T> Done<T> run(Function<Transaction, Attempt<T>> work) {
        return run(0, work);
    }

    /**
     * Runs work.
     *
     * @param millisMax how long to try; 0 for the default
     * @throws SmilodonException {@code MAX_TIME_EXPIRED} after that time, {@code WRITE_CONFLICT}
     *     after the default
     */
    public <T> Done<T> run(long millisMax, Function<Transaction, Attempt<T>> work) {
        return run(millisMax, SyncMode.NONE, work);
    }

    /**
     * As above.
     *
     * @param atLeast how durable the commit must be; less than the store's own mode changes nothing
     */
    public <T> Done<T> run(
            long millisMax, SyncMode atLeast, Function<Transaction, Attempt<T>> work) {
        try {
            return again(millisMax, TransactionRunner::isConflict, () -> runOnce(atLeast, work));
        } catch (SmilodonException failure) {
            throw isConflict(failure) && millisMax != 0 ? outOfTime(millisMax, failure) : failure;
        }
    }

    private static boolean isConflict(SmilodonException failure) {
        return failure.code().equals(ErrorCode.WRITE_CONFLICT);
    }

    /**
     * Tries something again, after a pause, until it is done.
     *
     * @param millisMax how long to try; 0 for the default
     * @param isWorthIt whether it may be tried again after this error
     * @param attempt has no effect if it fails so
     * @throws SmilodonException the attempt's last error
     */
    public <T> T again(
            long millisMax, Predicate<SmilodonException> isWorthIt, Supplier<T> attempt) {
        long nanosMax =
                TimeUnit.MILLISECONDS.toNanos(millisMax == 0 ? conflictMillisMax : millisMax);
        long startNanos = System.nanoTime();
        for (int attempts = 0; ; attempts++) {
            try {
                return attempt.get();
            } catch (SmilodonException failure) {
                if (!isWorthIt.test(failure) || System.nanoTime() - startNanos > nanosMax) {
                    throw failure;
                }
                pause(attempts);
            }
        }
    }

    private static SmilodonException outOfTime(long millisMax, SmilodonException conflict) {
        return new SmilodonException(
                ErrorCode.MAX_TIME_EXPIRED,
                "operation exceeded time limit",
                Map.of("maxTimeMS", millisMax),
                conflict);
    }

    private <T> Done<T> runOnce(SyncMode atLeast, Function<Transaction, Attempt<T>> work) {
        try (Transaction transaction = store.begin()) {
            Attempt<T> attempt = work.apply(transaction);
            return new Done<>(attempt.result, attempt.commits ? transaction.commit(atLeast) : 0);
        }
    }

    /**
     * The winner's commit becomes visible with its sync; a loser that spins until then only heats.
     */
    private static void pause(int attempts) {
        long micros = PAUSE_MICROS_FIRST << Math.min(attempts, PAUSE_DOUBLINGS_MAX);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(micros * 1_000));
    }
}
