package io.smilodon.engine.store;

import io.smilodon.engine.compaction.RateLimiter;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Slows writers down before memory or level 0 overflows. Clients wait here before they queue, so
 * the log thread never waits: syncs by interval, checkpoints and closing go on. Past the soft limit
 * all clients together share a rate that falls the nearer the hard limit is; at the hard limit they
 * wait. What passed just before that may exceed the memtable by a transaction a client.
 *
 * <p>It is no use to wait for what keeps failing: then commits are refused if memory is full, and
 * level 0 may grow. Thread-safe.
 */
final class BackPressure {

    /** Memtables that may wait to be flushed while the next one fills. */
    static final int FROZEN_MAX = 2;

    private static final double BYTES_PER_SECOND_MAX = 64 << 20;
    private static final double BYTES_PER_SECOND_MIN = 1 << 20;

    private final Tables tables;
    private final Limits limits;
    private final LongSupplier nanoClock;
    private final RateLimiter limiter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongAdder stalls = new LongAdder();
    private final LongAdder stalledNanos = new LongAdder();
    private volatile Background background = Background.NONE;
    private volatile boolean isClosed;

    /**
     * Where the limits lie.
     *
     * @param memtableBytesMax size of a memtable
     * @param slowCount segments of level 0 at which writers are slowed down
     * @param stopCount segments of level 0 at which they wait
     */
    record Limits(long memtableBytesMax, int slowCount, int stopCount) {}

    /**
     * The state of those whom writers wait for.
     *
     * @param flushFailure why memtables cannot be flushed
     * @param isFlushFailing whether it is no use waiting for a flush
     * @param isMergeFailing whether it is no use waiting for a merge
     * @param stuckCount segments of level 0 that no merge can take away
     */
    record Background(
            java.util.function.Supplier<Optional<SmilodonException>> flushFailure,
            BooleanSupplier isFlushFailing,
            BooleanSupplier isMergeFailing,
            IntSupplier stuckCount) {

        static final Background NONE =
                new Background(Optional::empty, () -> false, () -> false, () -> 0);
    }

    BackPressure(Tables tables, Limits limits, LongSupplier nanoClock) {
        this.tables = tables;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.limiter = new RateLimiter(nanoClock);
    }

    void watch(Background workers) {
        background = workers;
    }

    /** Says that something may have become better, or hopeless. */
    void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        isClosed = true;
        changed();
    }

    /** Whether the active memtable is full and may be put aside. */
    boolean wantsFreeze() {
        return isFull() && tables.current().frozen().size() < FROZEN_MAX;
    }

    private boolean isFull() {
        return tables.active().bytes() >= limits.memtableBytesMax();
    }

    private boolean hasRoom() {
        return !isFull() || tables.current().frozen().size() < FROZEN_MAX;
    }

    /** Why no commit is accepted now, if so. */
    Optional<SmilodonException> refusal() {
        return hasRoom() ? Optional.empty() : background.flushFailure().get();
    }

    /**
     * Waits until a commit may be queued.
     *
     * @param bytes its size
     */
    void admit(long bytes) {
        if (mustWait()) {
            await(this::mustWait, Long.MAX_VALUE);
        }
        double share = pressure();
        if (share > 0) {
            long nanos = limiter.take(bytes, rate(share));
            if (nanos > 0) {
                await(() -> pressure() > 0, nanos);
            }
        }
    }

    void requireOpen() {
        if (isClosed) {
            throw new SmilodonException(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        }
    }

    private boolean mustWait() {
        requireOpen();
        return !hasRoom() && !background.isFlushFailing().getAsBoolean()
                || levelZeroCount() >= limits.stopCount()
                        && !background.isMergeFailing().getAsBoolean();
    }

    private int levelZeroCount() {
        return tables.current().levels().level(0).size() - background.stuckCount().getAsInt();
    }

    /** How far past the soft limits the store is: 0 at them, 1 at the hard ones. */
    double pressure() {
        double share = 0;
        if (!background.isMergeFailing().getAsBoolean()) {
            double past = levelZeroCount() - limits.slowCount() + 1;
            share = past / (limits.stopCount() - limits.slowCount() + 1);
        }
        if (tables.current().frozen().size() >= FROZEN_MAX
                && !background.isFlushFailing().getAsBoolean()) {
            double half = limits.memtableBytesMax() / 2.0;
            share = Math.max(share, (tables.active().bytes() - half) / half);
        }
        return Math.clamp(share, 0, 1);
    }

    static double rate(double pressure) {
        return BYTES_PER_SECOND_MAX * (1 - pressure) + BYTES_PER_SECOND_MIN;
    }

    private void await(BooleanSupplier isNeeded, long nanosMax) {
        long start = nanoClock.getAsLong();
        stalls.increment();
        boolean isInterrupted = false;
        lock.lock();
        try {
            long left = nanosMax;
            while (left > 0 && !isClosed && isNeeded.getAsBoolean()) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException interrupt) {
                    isInterrupted = true; // the commit goes on; the flag is set again
                }
            }
        } finally {
            lock.unlock();
            stalledNanos.add(nanoClock.getAsLong() - start);
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    long stalls() {
        return stalls.sum();
    }

    long stalledNanos() {
        return stalledNanos.sum();
    }
}
