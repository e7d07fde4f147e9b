package io.smilodon.engine.compaction;

import io.smilodon.engine.BackOff;
import io.smilodon.engine.Progress;
import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The private thread that compacts. It delays nobody: flushing has its own thread, and closing
 * abandons a merge. After a failure it tries again later, ever more rarely. Thread-safe.
 */
public final class CompactionThread {

    /**
     * After so long without a new segment it is quiet: then there is time for what nobody waits
     * for. So often is also looked whether the history horizon has passed what can go then.
     */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Compactor compactor;
    private final CompactionTarget target;
    private final Poison poison;
    private final Runnable onProgress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private volatile Levels known = Levels.EMPTY;
    private boolean isWoken;
    private boolean isAsked;
    private volatile boolean hasEnded;
    private long retryNanos;
    private boolean isIdle = true;
    private volatile boolean isRunning;
    private volatile long failures;
    private volatile long failuresInRow;

    /**
     * @param onProgress called after each step, and after each failure
     */
    public CompactionThread(
            Manifest manifest, SegmentStore store, Host host, CompactionRules rules) {
        this.compactor = new Compactor(manifest, store, host.target(), rules);
        this.target = host.target();
        this.poison = host.poison();
        this.onProgress = host.onProgress();
        this.thread = Thread.ofPlatform().name("smilodon-compaction").daemon().unstarted(this::run);
    }

    /**
     * Whom compaction works for.
     *
     * @param target has the segments
     * @param poison stops all writing
     * @param onProgress called after each step, and after each failure
     */
    public record Host(CompactionTarget target, Poison poison, Runnable onProgress) {}

    public void start() {
        poison.onTrip(this::wake);
        thread.start();
    }

    /** Says that there may be work. */
    public void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The same if there are other segments than when this was last said. */
    public void wakeIfChanged() {
        Levels levels = target.levels();
        if (levels != known) {
            known = levels;
            wake();
        }
    }

    /** Whether merging seems hopeless, so that it is no use waiting for it. */
    public boolean isFailing() {
        return failuresInRow >= 3 || poison.isTripped() || hasEnded;
    }

    /** Segments of level 0 for which it is no use waiting, because of damaged ones. */
    public int stuckCount() {
        return compactor.stuckCount();
    }

    /** Asks for an attempt now, whatever failed before. */
    private void ask() {
        lock.lock();
        try {
            isAsked = true;
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is to be done, or until a step fails. */
    public void awaitIdle() {
        ask();
        lock.lock();
        try {
            long failuresBefore = failures;
            while ((isWoken || !isIdle || compactor.isDue())
                    && failures == failuresBefore
                    && !hasEnded
                    && !poison.isTripped()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Merges everything down to one level, and waits for it.
     *
     * @return false if a step failed, which is tried again in the background, or if this is stopped
     */
    public boolean compactAll(Progress progress) {
        long failuresBefore = failures;
        compactor.requestAll();
        ask();
        while (compactor.isAllWanted() && canGoOn(failuresBefore)) {
            compactor.tellAll(progress);
            awaitProgress(failuresBefore);
        }
        compactor.tellAll(progress);
        return !compactor.isAllWanted();
    }

    private boolean canGoOn(long failuresBefore) {
        return failures == failuresBefore && !hasEnded && !poison.isTripped();
    }

    /** Waits a little, whatever interrupts. */
    private void awaitProgress(long failuresBefore) {
        boolean isInterrupted = Thread.interrupted();
        lock.lock();
        try {
            if (compactor.isAllWanted() && canGoOn(failuresBefore)) {
                changed.awaitNanos(PROGRESS_NANOS);
            }
        } catch (InterruptedException interrupt) {
            isInterrupted = true;
        } finally {
            lock.unlock();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread; a merge that is under way is abandoned. */
    public void stop() {
        compactor.throttle().stop(thread);
        wake();
        ThreadEnd.await(thread);
    }

    public CompactionStatistics statistics() {
        return compactor.statistics(failures, failuresInRow, isRunning);
    }

    private void run() {
        try {
            while (awaitWork()) {
                work();
            }
        } catch (RuntimeException | Error broken) {
            poison.trip(broken); // better to stop than to be wrong
            throw broken;
        } finally {
            hasEnded = true; // the thread is still alive when it wakes those who wait
            wake();
            onProgress.run();
        }
    }

    private void work() {
        isRunning = true;
        try {
            while (!poison.isTripped() && !compactor.throttle().isStopped() && compactor.step()) {
                failuresInRow = 0;
                onProgress.run();
            }
            failuresInRow = 0;
        } catch (AbandonedException closing) {
            return; // what it had made is deleted already
        } catch (IOException | RuntimeException problem) {
            failures = failures + 1;
            failuresInRow = failuresInRow + 1;
            retryNanos = System.nanoTime() + BackOff.nanosAfter(failuresInRow);
            onProgress.run();
        } finally {
            isRunning = false;
        }
    }

    /** Waits for work; false when it is time to end. */
    private boolean awaitWork() {
        begin(true);
        while (isQuiet()) {
            compactor.reclaim(); // not under the lock: who holds the manifest may want that
            compactor.gather();
            wakeIfMayBeDue();
        }
        begin(false);
        return !compactor.throttle().isStopped();
    }

    private void begin(boolean idleness) {
        lock.lock();
        try {
            isIdle = idleness;
            isWoken &= idleness;
            isAsked &= idleness;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work; true if there is none, and nothing has happened for a while. */
    private boolean isQuiet() {
        lock.lock();
        try {
            if (failuresInRow > 0) {
                awaitRetry();
                return false;
            }
            if (!compactor.throttle().isStopped() && !hasWork()) {
                awaitNanos(Math.min(nanosToQuiet(), compactor.damaged().nanosToNext()));
            }
            return !compactor.throttle().isStopped() && !isWoken && !hasWork();
        } finally {
            lock.unlock();
        }
    }

    private void wakeIfMayBeDue() {
        lock.lock();
        try {
            isWoken |= compactor.mayBeDue();
        } finally {
            lock.unlock();
        }
    }

    private long nanosToQuiet() {
        return compactor.awaitsQuiet() ? QUIET_NANOS : Long.MAX_VALUE;
    }

    /** Whatever wakes it meanwhile, the next attempt comes in its time, unless it is asked for. */
    private void awaitRetry() {
        long left = retryNanos - System.nanoTime();
        while (left > 0 && !isAsked && !compactor.throttle().isStopped() && !poison.isTripped()) {
            awaitNanos(left);
            left = retryNanos - System.nanoTime();
        }
    }

    private boolean hasWork() {
        return !poison.isTripped() && (isWoken || compactor.isDue());
    }

    private void awaitNanos(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException foreign) {
            throw new AssertionError("the compaction thread is private", foreign);
        }
    }
}
