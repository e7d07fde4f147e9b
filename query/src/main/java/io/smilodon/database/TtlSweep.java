package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The private thread that removes documents that have expired, see {@link Expiry}. The indexes have
 * turns of limited size, until a whole round finds nothing left. Thread-safe.
 */
final class TtlSweep implements AutoCloseable {

    private final Instance instance;
    private final TtlSettings settings;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("smilodon-ttl").daemon().factory());
    private volatile TtlStatistics statistics = TtlStatistics.NONE;
    private volatile boolean isEnabled;
    private volatile long periodMillis;

    /** The passes to come. Only the private thread sets it. */
    private Optional<Future<?>> passes = Optional.empty();

    private volatile boolean isStopping;

    TtlSweep(Instance instance, TtlSettings settings) {
        this.instance = instance;
        this.settings = settings;
        this.isEnabled = settings.periodMillis() > 0;
        this.periodMillis =
                isEnabled ? settings.periodMillis() : TtlSettings.DEFAULTS.periodMillis();
    }

    void start() {
        executor.execute(this::schedule);
    }

    private void schedule() {
        passes.ifPresent(before -> before.cancel(false));
        long period = periodMillis;
        passes =
                Optional.of(
                        executor.scheduleWithFixedDelay(
                                this::run, period, period, TimeUnit.MILLISECONDS));
    }

    /** Whether documents are removed from time to time. */
    boolean isEnabled() {
        return isEnabled;
    }

    /** Says whether documents are removed from time to time. */
    void enable(boolean isWanted) {
        isEnabled = isWanted;
    }

    /** From the end of one pass to the beginning of the next. */
    int periodSeconds() {
        return (int) Math.max(1, TimeUnit.MILLISECONDS.toSeconds(periodMillis));
    }

    /** Begins the next pass so many seconds from now, and others as long after each. */
    void repeatEvery(int seconds) {
        periodMillis = TimeUnit.SECONDS.toMillis(seconds);
        executor.execute(this::schedule);
    }

    TtlStatistics statistics() {
        return statistics;
    }

    /** A failure must not be the end of it. */
    private void run() {
        try {
            if (isEnabled) {
                sweep();
            }
        } catch (RuntimeException failure) {
            DatabaseLog.of(TtlSweep.class)
                    .log(
                            System.Logger.Level.WARNING,
                            "Expired documents were not removed",
                            failure);
        }
    }

    /**
     * One pass: removes every document that has expired by now.
     *
     * @return how many
     */
    synchronized long sweep() {
        long now = instance.options().clock().millis();
        long deleted = 0;
        List<Expiry> waiting = indexes(now);
        while (!waiting.isEmpty() && !isStopping) {
            List<Expiry> unfinished = new ArrayList<>();
            for (Expiry expiry : waiting) {
                Expiry.Turn turn = turn(expiry);
                deleted += turn.deletedCount();
                statistics = statistics.afterTurn(turn.deletedCount());
                if (turn.isUnfinished()) {
                    unfinished.add(expiry);
                }
            }
            waiting = unfinished;
        }
        statistics = statistics.afterPass();
        return deleted;
    }

    private List<Expiry> indexes(long now) {
        List<Expiry> indexes = new ArrayList<>();
        try (Snapshot snapshot = instance.snapshot()) {
            for (CollectionEntry collection : instance.catalog().collections(snapshot)) {
                for (IndexEntry index : collection.indexes()) {
                    if (Expiry.isTtl(index)) {
                        indexes.add(new Expiry(instance, collection, index, now));
                    }
                }
            }
        }
        return indexes;
    }

    /** What fails in one collection is tried again in the next pass, after the others. */
    private Expiry.Turn turn(Expiry expiry) {
        if (isStopping) {
            return new Expiry.Turn(0, false);
        }
        try {
            return expiry.run(settings);
        } catch (SmilodonException failure) {
            if (failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)) {
                throw failure;
            }
            DatabaseLog.of(TtlSweep.class)
                    .log(
                            System.Logger.Level.WARNING,
                            "Expired documents of " + expiry.collection().namespace() + " remain",
                            failure);
            return new Expiry.Turn(0, false);
        }
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        isStopping = true;
        executor.close();
    }
}
