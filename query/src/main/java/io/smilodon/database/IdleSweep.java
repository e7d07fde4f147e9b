package io.smilodon.database;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The private thread that gives up transactions and cursors which their users have forgotten, so
 * that these hold no old state even if nobody else comes. Thread-safe.
 */
final class IdleSweep implements AutoCloseable {

    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("smilodon-idle").daemon().factory());
    private final TransactionRegistry transactions;
    private final CursorRegistry cursors;

    IdleSweep(TransactionRegistry transactions, CursorRegistry cursors) {
        this.transactions = transactions;
        this.cursors = cursors;
    }

    void start() {
        executor.scheduleWithFixedDelay(
                this::sweep, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A failure must not be the end of it. */
    private void sweep() {
        try {
            transactions.closeIdle();
            cursors.closeIdle();
        } catch (RuntimeException failure) {
            DatabaseLog.of(IdleSweep.class)
                    .log(System.Logger.Level.WARNING, "What was idle could not be closed", failure);
        }
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        executor.close();
    }
}
