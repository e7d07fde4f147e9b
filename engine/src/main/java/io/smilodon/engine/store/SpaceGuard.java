package io.smilodon.engine.store;

import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.StorageDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Watches for a full disk. When a write finds it full, the reserve is given up, and whatever would
 * add data is refused; removals, flushing and compaction may use what the reserve has freed. A
 * private thread tries again and again whether there is space for the reserve and some more; then
 * writing goes on. After a disk that is full again soon, twice as much must be free the next time,
 * or twice the time must pass, so that the store does not sway at the edge.
 *
 * <p>Thread-safe. Only the private thread writes the reserve, and holds no lock meanwhile: whoever
 * finds the disk full, such as the log thread, never waits for that.
 */
final class SpaceGuard {

    /** Less data than this needs no reserve. */
    private static final long RESERVE_BYTES_MIN = 1 << 20;

    /** What must be free besides the reserve before writing goes on, the first time. */
    static final long MARGIN_BYTES = 2 << 20;

    private static final int DOUBLINGS_MAX = 12;
    private static final long HELD_OFF_MILLIS_MAX = TimeUnit.MINUTES.toMillis(1);

    /** Who finds the disk full later than this after it had space has not swayed. */
    private static final long STEADY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SpaceReserve reserve;
    private final SpaceSettings settings;
    private final boolean isLimited;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private LongSupplier dataBytes = () -> 0;
    private volatile Runnable onFull = () -> {};
    private volatile Optional<IOException> cause = Optional.empty();
    private volatile Optional<Instant> since = Optional.empty();
    private volatile boolean isFull;

    /** How often the disk was found full. */
    private volatile long exhaustions;

    private volatile long reserved;
    private volatile int relapses;
    private volatile long fullNanos;
    private long writableNanos = System.nanoTime() - STEADY_NANOS;
    private boolean isWriting;
    private boolean isWoken;
    private boolean isStopping;

    /**
     * @param directory as it is, not one that reports to this
     */
    SpaceGuard(StorageDirectory directory, SpaceSettings settings) {
        this.reserve = new SpaceReserve(directory);
        this.settings = settings;
        this.isLimited = directory.isSpaceLimited();
        this.thread = Thread.ofPlatform().name("smilodon-space").daemon().unstarted(this::run);
    }

    /**
     * Begins to watch.
     *
     * @param data how much the reserve has to be in proportion to
     */
    void start(LongSupplier data) {
        dataBytes = data;
        if (isLimited) {
            if (isFull) {
                probe(); // opening has found it so; it may be over
            }
            thread.start();
        }
    }

    /** Names who is to make room when the disk becomes full; called on any thread, unlocked. */
    void onFull(Runnable listener) {
        onFull = listener;
    }

    /** Says that there may be more data, or less. */
    void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that a write found the disk full. */
    void exhausted(IOException failure) {
        if (becomesFull(failure)) {
            onFull.run(); // only then: who makes room may find the disk full, too
        }
    }

    /** True if it was not yet full. */
    private boolean becomesFull(IOException failure) {
        lock.lock();
        try {
            boolean isNew = !isFull;
            cause = Optional.of(failure);
            since = since.or(() -> Optional.of(Instant.now()));
            exhaustions = exhaustions + 1;
            if (!isFull && System.nanoTime() - writableNanos < STEADY_NANOS) {
                relapses = Math.min(relapses + 1, DOUBLINGS_MAX);
            }
            fullNanos = isFull ? fullNanos : System.nanoTime();
            isFull = true;
            if (!isWriting) {
                giveUpReserve(failure); // else who writes it gives it up at once
            }
            changed.signalAll();
            return isNew;
        } finally {
            lock.unlock();
        }
    }

    private void giveUpReserve(IOException failure) {
        try {
            reserve.release();
            reserved = 0;
        } catch (IOException stays) {
            failure.addSuppressed(stays); // it is tried again with the next probe
        }
    }

    /**
     * Why a commit is refused, if so.
     *
     * @param isGrowing whether it adds data
     */
    Optional<SmilodonException> refusal(BooleanSupplier isGrowing) {
        return isFull && isGrowing.getAsBoolean() ? refusal() : Optional.empty();
    }

    /** Why data may not be added, if so. */
    Optional<SmilodonException> refusal() {
        return cause.map(
                failure ->
                        DiskFailure.error("The database is read-only: the disk is full", failure));
    }

    /** Read-only, if the disk is full. */
    Optional<StoreState> readOnlyState() {
        return refusal().map(full -> StoreState.readOnly(full, since));
    }

    boolean isFull() {
        return isFull;
    }

    /** What must be free besides the reserve; what the system says is tried only up to a point. */
    private long margin() {
        long millis = Math.min(settings.probeMillis() << relapses, HELD_OFF_MILLIS_MAX);
        long past = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fullNanos);
        return past < millis ? MARGIN_BYTES << relapses : MARGIN_BYTES;
    }

    /** On the private thread, which holds no lock. */
    private void probe() {
        long seen = exhaustions;
        long target = target();
        try {
            if (reserve.usableBytes() < target + margin()) {
                return; // trying would take the room away from removals
            }
            write(target, MARGIN_BYTES, seen);
            recovered(target, seen);
        } catch (IOException stillFull) {
            cause.ifPresent(failure -> keep(failure, stillFull));
        }
    }

    private void recovered(long target, long seen) {
        lock.lock();
        try {
            if (exhaustions == seen) {
                reserved = target;
                cause = Optional.empty();
                since = Optional.empty();
                isFull = false;
                writableNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the reserve; gives it up if the disk is found full meanwhile. */
    private void write(long kept, long more, long seen) throws IOException {
        writing(true);
        try {
            reserve.take(kept, more, () -> exhaustions != seen);
        } finally {
            writing(false);
        }
        if (exhaustions != seen) {
            reserve.release();
        }
    }

    private void writing(boolean isBegun) {
        lock.lock();
        try {
            isWriting = isBegun;
        } finally {
            lock.unlock();
        }
    }

    private static void keep(IOException failure, IOException later) {
        if (failure.getSuppressed().length == 0) {
            failure.addSuppressed(later);
        }
    }

    private long target() {
        long bytes = Math.min(settings.reserveBytes(), dataBytes.getAsLong());
        return bytes < RESERVE_BYTES_MIN ? 0 : bytes;
    }

    private void run() {
        reserved = found();
        while (isGoingOn()) {
            if (isFull) {
                probe();
            } else {
                grow();
            }
            await();
        }
    }

    private boolean isGoingOn() {
        lock.lock();
        try {
            isWoken = false;
            if (relapses > 0 && !isFull && System.nanoTime() - writableNanos >= STEADY_NANOS) {
                relapses = 0;
            }
            return !isStopping;
        } finally {
            lock.unlock();
        }
    }

    private long found() {
        try {
            return reserve.bytes();
        } catch (IOException unreadable) {
            return 0; // then it is made anew
        }
    }

    private void await() {
        lock.lock();
        try {
            if (isFull && !isStopping) {
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(settings.probeMillis()));
            }
            while (!isStopping && !isWoken && !isFull) {
                changed.await();
            }
        } catch (InterruptedException foreign) {
            throw new AssertionError("the thread is private", foreign);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the reserve as large as the data, in large steps. */
    private void grow() {
        long seen = exhaustions;
        long target = target();
        boolean isWorthwhile = target >= 2 * reserved || target == settings.reserveBytes();
        if (target <= reserved || !isWorthwhile) {
            return;
        }
        try {
            write(target, 0, seen);
            grown(target, seen);
        } catch (IOException tooLittle) {
            reserved = 0; // writing goes on as long as it can; the next flush tries again
        }
    }

    private void grown(long target, long seen) {
        lock.lock();
        try {
            reserved = exhaustions == seen ? target : 0;
        } finally {
            lock.unlock();
        }
    }

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
}
