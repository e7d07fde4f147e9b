package io.smilodon.engine.store;

import io.smilodon.engine.BackOff;
import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The private thread that flushes memtables, deletes files and ends snapshots that are too old.
 * After a failure it tries again later, ever more rarely; after three the store takes no more than
 * there is room for until it succeeds. Thread-safe.
 */
final class Maintenance {

    private static final int FAILURES_MAX = 3;

    /** How often is looked for snapshots that are too old. */
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tables tables;
    private final TableFlusher flusher;
    private final Poison poison;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Segment> unused = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private Optional<Exception> flushFailure = Optional.empty();
    private volatile Optional<Instant> failingSince = Optional.empty();
    private volatile long failedFlushes;
    private volatile int failures;
    private volatile boolean isRunning;
    private boolean isAsked;
    private boolean isRoomWanted;
    private volatile long retryNanos;
    private boolean isStopping;
    private volatile boolean hasEnded;
    private Runnable onProgress = () -> {};

    Maintenance(Tables tables, TableFlusher flusher, Poison poison) {
        this.tables = tables;
        this.flusher = flusher;
        this.poison = poison;
        this.thread = Thread.ofPlatform().name("smilodon-flush").daemon().unstarted(this::run);
    }

    /** Names what is to be called after each attempt; to be called before {@link #start}. */
    void onProgress(Runnable listener) {
        onProgress = listener;
    }

    void start() {
        poison.onTrip(this::wake); // who waits for a flush then waits in vain
        thread.start();
    }

    /** Says that there is work. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for an attempt to flush now, whatever failed before.
     *
     * @param failedBefore failures before that was wanted: one since then was an attempt, too
     */
    void ask(long failedBefore) {
        lock.lock();
        try {
            isAsked |= failures > 0 && failedFlushes == failedBefore;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks to give up now what can be: the disk is full. */
    void makeRoom() {
        lock.lock();
        try {
            isRoomWanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a segment that nobody uses any more. */
    void unused(Segment segment) {
        unused.add(segment);
        wake();
    }

    /** Whether it is no use waiting for a memtable to be flushed. */
    boolean isFailing() {
        return failures >= FAILURES_MAX || poison.isTripped() || hasEnded;
    }

    /** How often flushing a memtable failed so far. */
    long failedFlushes() {
        return failedFlushes;
    }

    /**
     * Waits until all memtables put aside so far are in segments.
     *
     * @param failedBefore failures of which it is known that another attempt came after them
     * @throws SmilodonException if an attempt after those failed
     */
    void awaitFlushed(long failedBefore) {
        long known = failedBefore;
        while (!hasFlushed(known)) {
            known = failedFlushes; // that failure is over: a later attempt has got further
        }
    }

    private boolean hasFlushed(long failedBefore) {
        awaitUntil(
                () ->
                        tables.current().frozen().isEmpty()
                                || failedFlushes > failedBefore
                                || poison.isTripped()
                                || hasEnded);
        lock.lock();
        try {
            if (tables.current().frozen().isEmpty()) {
                return true;
            }
            Optional<SmilodonException> reason =
                    flushFailure.map(Maintenance::notFlushed).or(poison::refusal);
            if (reason.isPresent()) {
                throw reason.get();
            }
            if (hasEnded) {
                throw new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void awaitUntil(BooleanSupplier condition) {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why memory cannot be written to disk, after several attempts. */
    Optional<SmilodonException> failure() {
        lock.lock();
        try {
            return failures >= FAILURES_MAX
                    ? flushFailure.map(Maintenance::notFlushed)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Since when every attempt has failed. */
    Optional<Instant> failingSince() {
        return failingSince;
    }

    FlushStatistics statistics(BackPressure pressure) {
        return new FlushStatistics(
                flusher.flushes(),
                flusher.bytes(),
                failedFlushes,
                isRunning,
                tables.current().frozen().size(),
                pressure.stalls(),
                pressure.stalledNanos());
    }

    private static SmilodonException notFlushed(Exception cause) {
        return DiskFailure.error(
                "The database is read-only: memory could not be written to disk", cause);
    }

    /** Does what is left, once, and ends the thread. */
    void stop() {
        lock.lock();
        try {
            isStopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }

    private void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = awaitWork();
                work(isFlushDue());
            }
        } catch (RuntimeException | Error broken) {
            poison.trip(broken); // better to stop than to be wrong
            throw broken;
        } finally {
            hasEnded = true; // the thread is still alive when it wakes those who wait
            wake(); // nobody may be left waiting
            onProgress.run();
        }
    }

    /** Whatever wakes it meanwhile, the next attempt comes in its time, unless it is asked for. */
    private boolean isFlushDue() {
        lock.lock();
        try {
            boolean isDue = failures == 0 || isAsked || isStopping || retryLeft() <= 0;
            isAsked = false;
            isRoomWanted = false;
            return isDue;
        } finally {
            lock.unlock();
        }
    }

    private long retryLeft() {
        return retryNanos - System.nanoTime();
    }

    private void work(boolean isFlushDue) {
        isRunning = true;
        try {
            flush(isFlushDue);
            dropLogs();
        } catch (IOException | RuntimeException problem) {
            dropLogsAfter(problem);
            Failpoint.pass("flush.beforeFailure");
            failed(problem);
            Failpoint.pass("flush.failed");
        } finally {
            isRunning = false;
        }
        closeUnused();
        announce();
    }

    private void flush(boolean isDue) throws IOException {
        closeUnused();
        Failpoint.pass("flush.beforeWork");
        tables.expireSnapshots();
        Failpoint.pass("flush.snapshotsExpired");
        while (isDue && !poison.isTripped() && flusher.flush()) {
            Failpoint.pass("flush.done");
            closeUnused();
            Failpoint.pass("flush.unusedClosed");
            succeeded();
        }
    }

    /** It may be the very logs that leave no room for a flush. */
    private void dropLogsAfter(Exception problem) {
        try {
            dropLogs();
        } catch (RuntimeException another) {
            problem.addSuppressed(another);
        }
    }

    /** What cannot be given up now is tried again with the next tick. */
    private void dropLogs() {
        try {
            if (!poison.isTripped()) {
                flusher.dropLogs();
            }
        } catch (IOException later) {
            return;
        }
    }

    private void closeUnused() {
        Segment segment = unused.poll();
        while (segment != null) {
            flusher.close(segment);
            segment = unused.poll();
        }
        flusher.deleteObsolete();
    }

    private void succeeded() {
        lock.lock();
        try {
            flushFailure = Optional.empty();
            failingSince = Optional.empty();
            failures = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onProgress.run();
    }

    private void failed(Exception problem) {
        lock.lock();
        try {
            flushFailure = Optional.of(problem);
            failingSince = failingSince.or(() -> Optional.of(Instant.now()));
            failedFlushes = failedFlushes + 1;
            failures = failures + 1;
            retryNanos = System.nanoTime() + BackOff.nanosAfter(failures);
        } finally {
            lock.unlock();
        }
    }

    private void announce() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onProgress.run();
    }

    private boolean hasWork() {
        return !poison.isTripped()
                && (isAsked || isRoomWanted || failures == 0 && flusher.hasWork());
    }

    /** Waits for work; false when it is time to end. */
    private boolean awaitWork() {
        lock.lock();
        try {
            boolean isTick = false;
            while (!isStopping && unused.isEmpty() && !isTick && !hasWork()) {
                boolean isRetried = failures > 0 && !poison.isTripped();
                long wait = isRetried ? Math.min(retryLeft(), TICK_NANOS) : TICK_NANOS;
                isTick = wait <= 0 || changed.awaitNanos(wait) <= 0;
            }
            return !isStopping;
        } catch (InterruptedException foreign) {
            throw new AssertionError("the maintenance thread is private", foreign);
        } finally {
            lock.unlock();
        }
    }
}
