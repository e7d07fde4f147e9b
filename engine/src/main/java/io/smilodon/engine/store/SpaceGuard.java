package io.smilodon.engine.store;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.StorageDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Watches for a full disk. When a write finds it full, the reserve is given up, and whatever would
 * add data is refused; removals, flushing and compaction may use what the reserve has freed. A
 * private thread tries again and again whether there is space for the reserve and some more, so
 * that the store does not waver at the edge; then writing goes on. Thread-safe.
 */
final class SpaceGuard {

    /** Less data than this needs no reserve. */
    private static final long RESERVE_BYTES_MIN = 1 << 20;

    /** What must be free besides the reserve before writing goes on. */
    private static final long MARGIN_BYTES = 2 << 20;

    private final SpaceReserve reserve;
    private final SpaceSettings settings;
    private final boolean isLimited;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private LongSupplier dataBytes = () -> 0;
    private volatile Optional<IOException> cause = Optional.empty();
    private volatile Optional<Instant> since = Optional.empty();
    private volatile boolean isFull;
    private long reserved;
    private boolean isProbed;
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
     * @param data how large the segments are
     */
    void start(LongSupplier data) {
        dataBytes = data;
        if (isLimited) {
            thread.start();
        }
    }

    /** Says that the segments have changed. */
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
        lock.lock();
        try {
            cause = Optional.of(failure);
            since = since.or(() -> Optional.of(Instant.now()));
            isProbed = false;
            giveUpReserve(failure);
            isFull = true;
            changed.signalAll();
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
     * Why a commit is refused, if so. The first one after the disk was found full looks for itself
     * whether that is over.
     *
     * @param isGrowing whether it adds data
     */
    Optional<SmilodonException> refusal(boolean isGrowing) {
        if (!isFull || !isGrowing) {
            return Optional.empty();
        }
        lock.lock();
        try {
            if (!isProbed) {
                probe();
            }
            return refusal();
        } finally {
            lock.unlock();
        }
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

    /** Bytes that are held back for bad times. */
    long reservedBytes() {
        lock.lock();
        try {
            return reserved;
        } finally {
            lock.unlock();
        }
    }

    private void probe() {
        isProbed = true;
        long target = target();
        try {
            if (reserve.usableBytes() < target + MARGIN_BYTES) {
                return; // trying would take the room away from removals
            }
            reserve.take(target, MARGIN_BYTES);
            reserved = target;
            cause = Optional.empty();
            since = Optional.empty();
            isFull = false;
        } catch (IOException stillFull) {
            cause.ifPresent(failure -> keep(failure, stillFull));
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
        lock.lock();
        try {
            reserved = found();
            while (!isStopping) {
                isWoken = false;
                if (isFull) {
                    probe();
                } else {
                    grow();
                }
                await();
            }
        } catch (InterruptedException foreign) {
            throw new AssertionError("the thread is private", foreign);
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

    private void await() throws InterruptedException {
        if (isFull) {
            changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(settings.probeMillis()));
            return;
        }
        while (!isStopping && !isWoken && !isFull) {
            changed.await();
        }
    }

    /** Keeps the reserve as large as the data, in large steps. */
    private void grow() {
        long target = target();
        boolean isWorthwhile = target >= 2 * reserved || target == settings.reserveBytes();
        if (target <= reserved || !isWorthwhile) {
            return;
        }
        try {
            reserve.take(target, 0);
            reserved = target;
        } catch (IOException tooLittle) {
            reserved = 0; // writing goes on as long as it can; the next flush tries again
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
        PrivateThread.join(thread);
    }
}
