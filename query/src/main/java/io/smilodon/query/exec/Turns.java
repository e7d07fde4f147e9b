package io.smilodon.query.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those who work long do so by turns, fewer of them at once than there are processors: one is
 * left for those who ask for little, who never wait here. A turn is lent: it goes to the next when
 * its time is long over, whatever its holder does meanwhile, so that nobody waits for good for
 * somebody who waits for him. Thread-safe.
 */
final class Turns {

    /** That of all databases of the process, as they share its processors. */
    static final Turns OF_PROCESS =
            new Turns(
                    Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                    TimeUnit.MILLISECONDS.toNanos(10),
                    TimeUnit.MILLISECONDS.toNanos(100));

    /** How often who waits asks whether to go on waiting. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int countMax;
    private final long turnNanos;
    private final long loanNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final List<Turn> lent = new ArrayList<>();

    /** Guarded by the lock; the first is the next. */
    private final Deque<Turn> waiting = new ArrayDeque<>();

    /**
     * @param countMax how many may have one at once
     * @param turnNanos how long everybody works without a turn, and how long a turn is
     * @param loanNanos when a turn goes to the next although its holder has not given it up
     */
    Turns(int countMax, long turnNanos, long loanNanos) {
        this.countMax = countMax;
        this.turnNanos = turnNanos;
        this.loanNanos = loanNanos;
    }

    /** The turns of a request that has not begun. */
    Turn turn() {
        return new Turn();
    }

    private void wakeNext() {
        if (lent.size() < countMax && !waiting.isEmpty()) {
            LockSupport.unpark(waiting.peek().thread);
        }
    }

    /** The turns of one request, one after the other. Only its thread can take any. */
    final class Turn {

        private volatile Thread thread;

        /** Used by the thread alone, as the next. */
        private long endNanos;

        private boolean isKnown;

        /** Guarded by the lock, as the next. */
        private long loanEndNanos;

        private boolean isWaiting;

        private Turn() {}

        /** From now on this thread works for the request, for a while without a turn. */
        void begin() {
            thread = Thread.currentThread();
            endNanos = System.nanoTime() + turnNanos;
        }

        /**
         * Waits for another turn if this one is over; does nothing on other threads.
         *
         * @param check throws if the request must end
         */
        void pass(Runnable check) {
            if (Thread.currentThread() != thread || System.nanoTime() - endNanos < 0) {
                return;
            }
            giveUp();
            Thread.yield(); // a virtual thread would keep its processor
            await(check);
            endNanos = System.nanoTime() + turnNanos;
        }

        /** Who is interrupted goes on without a turn: it is about to end. */
        private void await(Runnable check) {
            isKnown = true;
            boolean isMine = isTaken();
            try {
                while (!isMine && !Thread.currentThread().isInterrupted()) {
                    check.run();
                    LockSupport.parkNanos(Turns.this, CHECK_NANOS);
                    isMine = isTaken();
                }
            } finally {
                if (!isMine) {
                    giveUp();
                }
            }
        }

        /** Takes a turn if there is one and nobody came earlier, else queues up. */
        private boolean isTaken() {
            lock.lock();
            try {
                long now = System.nanoTime();
                lent.removeIf(turn -> now - turn.loanEndNanos > 0);
                boolean isNext = waiting.isEmpty() || waiting.peek() == this;
                if (isNext && lent.size() < countMax) {
                    leaveQueue();
                    loanEndNanos = now + loanNanos;
                    lent.add(this);
                    wakeNext();
                    return true;
                }
                if (!isWaiting) {
                    isWaiting = true;
                    waiting.add(this);
                }
                return false;
            } finally {
                lock.unlock();
            }
        }

        private void leaveQueue() {
            if (isWaiting) {
                isWaiting = false;
                waiting.remove(this);
            }
        }

        /** Leaves the turn to others, at the end and before waiting for what they do. */
        void giveUp() {
            if (!isKnown) {
                return;
            }
            isKnown = false;
            lock.lock();
            try {
                lent.remove(this);
                leaveQueue();
                wakeNext();
            } finally {
                lock.unlock();
            }
        }
    }
}
