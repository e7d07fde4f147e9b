package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The private thread that reads all data again from time to time, slowly, and holds samples of
 * indexes against their documents. What it finds stands in the statistics and in the log at once.
 * Thread-safe.
 */
final class Scrubbing implements AutoCloseable {

    private static final long FIRST_MILLIS_MAX = TimeUnit.HOURS.toMillis(1);

    private final KeyValueStore store;
    private final ScrubSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private final Thread thread;
    private final ScrubFindings findings = new ScrubFindings();
    private volatile ScrubStatistics statistics = ScrubStatistics.NONE;
    private boolean isStopping;

    Scrubbing(KeyValueStore store, ScrubSettings settings) {
        this.store = store;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("smilodon-scrub").daemon().unstarted(this::run);
    }

    void start() {
        if (settings.periodMillis() > 0) {
            thread.start();
        }
    }

    ScrubStatistics statistics() {
        return statistics;
    }

    private void run() {
        long wait = Math.min(settings.periodMillis(), FIRST_MILLIS_MAX);
        while (await(TimeUnit.MILLISECONDS.toNanos(wait))) {
            long start = System.nanoTime();
            pass();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            wait = Math.max(1, settings.periodMillis() - took);
        }
    }

    private void pass() {
        note(true, 0, 0);
        Watch watch = new Watch();
        try {
            store.scrub(watch);
            sample(watch);
        } catch (SmilodonException notNow) {
            DatabaseLog.of(Scrubbing.class)
                    .log(System.Logger.Level.WARNING, "Reading all data again failed", notNow);
        } catch (RuntimeException | AssertionError broken) {
            watch.found(Finding.damage("", "cannot be read to the end: " + broken));
        }
        if (await(0)) {
            findings.passEnded();
            ScrubStatistics last = statistics;
            statistics =
                    new ScrubStatistics(
                            false,
                            last.passes() + 1,
                            last.blocks(),
                            last.bytes(),
                            findings.known());
        }
    }

    private void sample(ScrubWatch watch) {
        try (Snapshot snapshot = store.snapshot()) {
            new IndexSampling(snapshot, new Random(), watch).run();
        } catch (SmilodonException damaged) {
            watch.found(Finding.of(damaged, ""));
        }
    }

    /** Only the scrubbing thread changes the figures. */
    private void note(boolean isRunning, long blocks, long bytes) {
        ScrubStatistics last = statistics;
        statistics =
                new ScrubStatistics(
                        isRunning,
                        last.passes(),
                        last.blocks() + blocks,
                        last.bytes() + bytes,
                        findings.known());
    }

    private final class Watch implements ScrubWatch {

        @Override
        public boolean read(long bytes) {
            note(true, 1, bytes);
            double seconds = (double) bytes / settings.bytesPerSecondMax();
            return await((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
        }

        @Override
        public void found(Finding finding) {
            Finding named = named(finding);
            if (findings.add(named)) {
                DatabaseLog.of(Scrubbing.class)
                        .log(System.Logger.Level.ERROR, "Damage was found: {0}", named);
            }
            note(true, 0, 0);
        }
    }

    /** With the collections whose data it is, if the catalog can be read. */
    private Finding named(Finding finding) {
        if (finding.keys().isEmpty()) {
            return finding;
        }
        Finding without = finding.keys(Optional.empty());
        KeyNames names = new KeyNames();
        try (Snapshot snapshot = store.snapshot()) {
            new Catalog().collections(snapshot).forEach(names::add);
        } catch (SmilodonException unreadable) {
            return without.about("catalog");
        }
        return names.named(finding).keys(Optional.empty());
    }

    /** Waits; false if it is time to end. */
    private boolean await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!isStopping && left > 0) {
                left = stopped.awaitNanos(left);
            }
            return !isStopping;
        } catch (InterruptedException foreign) {
            throw new AssertionError("the thread is private", foreign);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isStopping = true;
            stopped.signalAll();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }
}
