package io.smilodon.engine.log;

import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the commits of all clients into the log, in groups: whatever queued while the last group
 * was synced shares the next sync. Groups are written by one private thread, which also begins new
 * files. A commit by itself is written, and synced where it asks for that, by its own client if
 * nobody else is writing: waking another thread costs more than most commits. Thread-safe.
 *
 * @param <W> what a commit writes
 */
public final class CommitQueue<W> {

    /** Bytes after which a group is written even if more commits wait. */
    private static final long GROUP_BYTES_MAX = 1 << 20;

    private static final int LUCK_MAX = 64;

    /** Whoever holds it may use the committer; taken before {@link #lock}. */
    private final ReentrantLock turn = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<PendingCommit<W>> queue = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> freezes = new ArrayList<>();
    private final GroupCommitter<W> committer;
    private final Thread thread;
    private final AtomicBoolean isClientAwake = new AtomicBoolean();
    private volatile boolean stopping;

    /** Whether commits wait before they queue; written under the lock. */
    private volatile boolean isHeld;

    /** How they wait; written before that. */
    private volatile Runnable waiting = Thread::yield;

    /** Whether there is something to take; read without the lock while waiting briefly. */
    private volatile boolean hasWork;

    /**
     * Whether syncs are being shared: a group waits for its turn, or the last one had several
     * commits. Then one that needs a sync does not go ahead of the others with one of its own.
     */
    private volatile boolean isShared;

    /** The time until which the thread sleeps if nobody wakes it. */
    private volatile long wakeNanos;

    /** How well it paid to wait awake lately; owned by the thread. */
    private int luck;

    public CommitQueue(GroupCommitter<W> committer) {
        this.committer = committer;
        this.thread = Thread.ofPlatform().name("smilodon-log").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Commits.
     *
     * @return the sequence of the commit
     * @throws SmilodonException if it is refused, or if its outcome is unknown
     */
    public long commit(PendingCommit<W> commit) {
        boolean isSynced = committer.syncsAlways() || commit.forcing() == Forcing.NOW;
        if (isSynced && isShared || !commitAtOnce(commit)) {
            enqueue(commit);
            if (!isSynced) {
                awaitAwake(commit);
            }
        }
        return commit.await();
    }

    /** Commits on the client's own thread, unless others come first or a new file is due. */
    private boolean commitAtOnce(PendingCommit<W> commit) {
        StackRoom.require();
        if (hasWork || !turn.tryLock()) {
            return false;
        }
        boolean isThreadLate = false;
        try {
            if (hasWork || stopping || isHeld || committer.wantsThread()) {
                return false;
            }
            List<PendingCommit<W>> group = List.of(commit);
            attempt(() -> committer.commit(group), group, List.of());
            isThreadLate =
                    committer.wantsNewFile() || committer.nextTickAfterWriting() - wakeNanos < 0;
        } finally {
            turn.unlock();
        }
        if (isThreadLate) {
            wake();
        }
        return true;
    }

    private void wake() {
        lock.lock();
        try {
            announce();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(PendingCommit<W> commit) {
        while (!isEnqueued(commit)) {
            waiting.run();
        }
    }

    /** Queues a commit, unless commits are held. */
    private boolean isEnqueued(PendingCommit<W> commit) {
        lock.lock();
        try {
            requireOpen();
            if (isHeld) {
                return false;
            }
            queue.add(commit);
            announce();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A commit that is not synced is done sooner than a thread is woken. One client at a time waits
     * that way: more would only keep the processors from the one that writes.
     */
    private void awaitAwake(PendingCommit<W> commit) {
        if (isClientAwake.compareAndSet(false, true)) {
            try {
                commit.awaitAwake();
            } finally {
                isClientAwake.set(false);
            }
        }
    }

    /**
     * Makes commits wait until {@link #release}. Those that came before are in the log, and synced,
     * when it returns.
     *
     * @param waiting what those do that come meanwhile, each on its own thread, again and again
     *     until they may go on; what it throws gives the commit up
     * @throws SmilodonException if they cannot be; then commits do not wait
     */
    public void hold(Runnable waiting) {
        lock.lock();
        try {
            this.waiting = waiting;
            isHeld = true;
        } finally {
            lock.unlock();
        }
        try {
            turn.lock(); // who commits on a thread of its own has finished, or sees the hold
            turn.unlock();
            do {
                freeze();
            } while (isQueued());
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private boolean isQueued() {
        lock.lock();
        try {
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets commits in again. */
    public void release() {
        lock.lock();
        try {
            isHeld = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a new memtable and a new log file, and waits until they are there.
     *
     * @throws SmilodonException if that is not possible
     */
    public void freeze() {
        try {
            requestFreeze().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof SmilodonException reason) {
                throw reason;
            }
            throw failure;
        }
    }

    private CompletableFuture<Void> requestFreeze() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            requireOpen();
            freezes.add(done);
            announce();
        } finally {
            lock.unlock();
        }
        return done;
    }

    private void announce() {
        hasWork = true;
        arrived.signal();
    }

    private void requireOpen() {
        if (stopping) {
            throw new SmilodonException(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        }
    }

    /** Finishes what is queued, then ends the thread. */
    public void stop() {
        lock.lock();
        try {
            stopping = true;
            announce();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }

    private void run() {
        List<PendingCommit<W>> group = new ArrayList<>();
        List<CompletableFuture<Void>> wanted = new ArrayList<>();
        while (take(group, wanted)) {
            inTurn(() -> attempt(() -> work(group, wanted), group, wanted));
            isShared = group.size() > 1;
            group.clear();
            wanted.clear();
        }
        inTurn(committer::finish);
    }

    private void inTurn(Runnable work) {
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    private void work(List<PendingCommit<W>> group, List<CompletableFuture<Void>> wanted) {
        if (committer.wantsNewFile()) { // a client's own commit has filled it
            committer.freezeIfWanted(List.of());
        }
        if (!group.isEmpty()) {
            committer.commit(group);
        }
        committer.tick(group.isEmpty());
        committer.freezeIfWanted(wanted);
    }

    private void attempt(
            Runnable work, List<PendingCommit<W>> group, List<CompletableFuture<Void>> wanted) {
        try {
            work.run();
        } catch (RuntimeException | Error broken) {
            // Better to stop than to be wrong: nobody may be left waiting, nobody may write again.
            SmilodonException answer = committer.stopWriting(broken);
            group.forEach(commit -> commit.failIfWaiting(answer));
            wanted.forEach(future -> future.completeExceptionally(answer));
        }
    }

    /**
     * Waits for the next commit without giving up the processor, since waking a thread costs more
     * than most commits; as long as that mostly pays, and not at all on a single processor.
     */
    private void awaitAwake() {
        if (luck < 0 || !BriefWait.PAYS) {
            luck++;
            return;
        }
        boolean came = BriefWait.until(() -> hasWork);
        luck = came ? Math.min(luck + 1, LUCK_MAX) : Math.max(luck - LUCK_MAX / 2, -LUCK_MAX);
    }

    private long nanosToNextTick() {
        turn.lock();
        try {
            long next = committer.nextTick();
            wakeNanos = next;
            return next - committer.nanos();
        } finally {
            turn.unlock();
        }
    }

    /** Waits for work or for the time of the next tick; false when all is done. */
    private boolean take(List<PendingCommit<W>> group, List<CompletableFuture<Void>> wanted) {
        awaitAwake();
        long sleep = nanosToNextTick();
        lock.lock();
        try {
            if (!hasWork) {
                arrived.awaitNanos(sleep);
            }
            long bytes = 0;
            while (!queue.isEmpty() && bytes < GROUP_BYTES_MAX) {
                PendingCommit<W> next = queue.poll();
                bytes += next.payload().length;
                group.add(next);
            }
            isShared |= !group.isEmpty();
            wanted.addAll(freezes);
            freezes.clear();
            hasWork = !queue.isEmpty() || stopping;
            return !stopping || !group.isEmpty() || !wanted.isEmpty();
        } catch (InterruptedException foreign) {
            throw new AssertionError("the log thread is private", foreign);
        } finally {
            lock.unlock();
        }
    }
}
