package io.smilodon.index.text.lucene;

import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;

/**
 * Keeps one Lucene index in step with its collection, on a thread of its own that nobody
 * interrupts. If the files are missing, damaged, or too far behind, it builds them anew; readers
 * wait meanwhile. Thread-safe.
 */
final class LuceneFollower implements AutoCloseable {

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final FollowedIndex index;
    private final KeyValueStore store;
    private final StorageDirectory directory;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition published = lock.newCondition();

    // What follows is guarded by the lock.
    private long wantedSequence;
    private Optional<Published> newest = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    private volatile boolean isClosed;
    private volatile boolean isDropped;
    private volatile boolean isSuspect;

    /**
     * A searchable state of the index.
     *
     * @param sequence the last commit of the store that it contains
     * @param onDamage is told when the reader cannot be read
     */
    record Published(DirectoryReader reader, long sequence, Runnable onDamage) {}

    LuceneFollower(FollowedIndex index, KeyValueStore store, StorageDirectory directory) {
        this.index = index;
        this.store = store;
        this.directory = directory;
        this.thread =
                Thread.ofPlatform()
                        .name("smilodon-search-" + index.id())
                        .daemon()
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    FollowedIndex index() {
        return index;
    }

    // ---- For readers

    /**
     * A state that contains a commit; the caller gives its reader back with {@code decRef}.
     *
     * @param check throws when the caller has no time left; called every few milliseconds
     */
    Published await(long sequence, Runnable check) throws IOException {
        lock.lock();
        try {
            failure = failure.filter(LuceneErrors::isLasting);
            wantedSequence = Math.max(wantedSequence, sequence);
            while (newest.isEmpty() || newest.get().sequence() < sequence) {
                requireAlive();
                wanted.signal();
                awaitPublished();
                check.run();
            }
            newest.get().reader().incRef();
            return newest.get();
        } finally {
            lock.unlock();
        }
    }

    private void requireAlive() {
        if (isClosed) {
            throw isDropped ? LuceneErrors.dropped(index.id()) : LuceneErrors.closed();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** An interrupt is kept: the caller's check decides what it means. */
    private void awaitPublished() {
        boolean interrupted = Thread.interrupted();
        try {
            published.awaitNanos(PATIENCE_NANOS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- On the thread

    private void run() {
        while (!isClosed) {
            isSuspect = false;
            try (LuceneDirectory files = WrittenIndex.files(directory, index);
                    WrittenIndex written = open(files)) {
                follow(written);
            } catch (Throwable reason) { // an Error too must not leave anybody waiting
                if (LuceneErrors.isLasting(reason)) {
                    discard();
                }
                failed(reason);
            }
        }
    }

    /** The next opening builds the index of the documents as they are then. */
    private void discard() {
        try (LuceneDirectory files = WrittenIndex.files(directory, index)) {
            files.deleteAll();
        } catch (IOException kept) {
            isSuspect = true; // the files are read again, and fail again
        }
    }

    private WrittenIndex open(LuceneDirectory files) throws IOException {
        try {
            Optional<WrittenIndex> existing =
                    WrittenIndex.existing(index, store, files, () -> isClosed);
            if (existing.isPresent()) {
                return existing.get();
            }
        } catch (IOException | RuntimeException damage) {
            if (isShutdown(damage)) {
                throw damage;
            }
        }
        return WrittenIndex.built(index, store, files, () -> isClosed);
    }

    private void follow(WrittenIndex written) throws IOException {
        try {
            while (!isEnded()) {
                boolean hasAll = written.follow(() -> isEnded() || isAwaited(written.applied()));
                publishIfWanted(written);
                if (hasAll) {
                    awaitWork();
                }
            }
            if (!isSuspect) {
                written.commitChanges();
            }
        } finally {
            withdraw();
        }
    }

    private boolean isEnded() {
        return isClosed || isSuspect;
    }

    /** Whether somebody waits for a state that contains no more than this commit. */
    private boolean isAwaited(long sequence) {
        lock.lock();
        try {
            return isWanted() && sequence >= wantedSequence;
        } finally {
            lock.unlock();
        }
    }

    private void publishIfWanted(WrittenIndex written) throws IOException {
        if (!isWanted()) {
            return;
        }
        written.refresh(); // may take long: those who wait look at their time meanwhile
        lock.lock();
        try {
            if (!isSuspect) {
                newest =
                        Optional.of(
                                new Published(written.reader(), written.applied(), this::suspect));
                published.signalAll();
            }
        } finally {
            lock.unlock();
        }
        written.closeOld();
    }

    private boolean isWanted() {
        lock.lock();
        try {
            return newest.isEmpty() || newest.get().sequence() < wantedSequence;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there has been a state to search, and still is. */
    boolean isSearchable() {
        lock.lock();
        try {
            return newest.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Why it cannot be searched, and will not be as long as it is defined so. */
    Optional<RuntimeException> lastingFailure() {
        lock.lock();
        try {
            return failure.filter(LuceneErrors::isLasting);
        } finally {
            lock.unlock();
        }
    }

    private void awaitWork() {
        lock.lock();
        try {
            if (!isEnded() && !isWanted()) {
                wanted.awaitNanos(IDLE_NANOS);
            }
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody gets the reader any more; the next opening gives a new one. */
    private void withdraw() {
        lock.lock();
        try {
            newest = Optional.empty();
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Opens the files again, which reads them all, and builds them anew if they are damaged. */
    private void suspect() {
        lock.lock();
        try {
            isSuspect = true;
            newest = Optional.empty();
            wanted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells those who wait; tries again when somebody asks again, where that may be of use. */
    private void failed(Throwable reason) {
        lock.lock();
        try {
            isClosed |= isShutdown(reason);
            failure =
                    Optional.of(
                            reason instanceof SmilodonException known
                                    ? known
                                    : LuceneErrors.unreadable(reason));
            published.signalAll();
            while (!isClosed && failure.isPresent()) {
                wanted.awaitNanos(IDLE_NANOS);
            }
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isShutdown(Throwable reason) {
        return reason instanceof SmilodonException known
                && known.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS);
    }

    /** Ends it for good; those who wait for it are told. */
    void drop() {
        isDropped = true;
        close();
    }

    /** Keeps what was written, and waits for the thread's end; an interrupt is kept until then. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            wanted.signalAll();
            published.signalAll();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }
}
