package io.smilodon.query.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those who work long do so by turns, no more of them at once than there are processors; one
 * fewer while there are others who ask for little, who never wait here. Where nobody has done so
 * lately, turns are short and end with a pause, so that who comes first is soon served too. A turn
 * is lent: it goes to the next when its time is long over, whatever its holder does meanwhile, so
 * that nobody waits for good for somebody who waits for him. Thread-safe.
 */
final class Turns {

    /** That of all databases of the process, as they share its processors. */
    static final Turns OF_PROCESS =
            new Turns(
                    Runtime.getRuntime().availableProcessors(),
                    TimeUnit.MILLISECONDS.toNanos(10),
                    TimeUnit.MILLISECONDS.toNanos(100),
                    TimeUnit.SECONDS.toNanos(1));

    /** How many turns take as long as one where a processor is left free. */
    private static final int SHORT_TURNS = 4;

    /**
     * In it the processor of a virtual thread looks for others. At the end of a turn it would go on
     * with those whom it has woken itself, and never come to a thread that begins.
     */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** How often who waits asks whether to go on waiting. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int countMax;
    private final long turnNanos;
    private final long loanNanos;
    private final long freeNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final List<Turn> lent = new ArrayList<>();

    /** Guarded by the lock; the first is the next. */
    private final Deque<Turn> waiting = new ArrayDeque<>();

    /** When somebody began who asked for little, to a turn's length. */
    private volatile long littleNanos;

    /**
     * @param countMax how many may have one at once
     * @param turnNanos how long everybody works without a turn, and how long a turn is
     * @param loanNanos when a turn goes to the next although its holder has not given it up
     * @param freeNanos how long one is left free after somebody who asked for little
     */
    Turns(int countMax, long turnNanos, long loanNanos, long freeNanos) {
        this.countMax = countMax;
        this.turnNanos = turnNanos;
        this.loanNanos = loanNanos;
        this.freeNanos = freeNanos;
        this.littleNanos = System.nanoTime() - freeNanos - turnNanos;
    }

    /** The turns of a request that has not begun. */
    Turn turn() {
        return new Turn();
    }

    /** Whether a processor is left to those who ask for little. */
    private boolean isOneFree(long now) {
        return countMax > 1 && now - littleNanos < freeNanos;
    }

    private int countNow(long now) {
        return isOneFree(now) ? countMax - 1 : countMax;
    }

    private void wakeNext(long now) {
        if (lent.size() < countNow(now) && !waiting.isEmpty()) {
            LockSupport.unpark(waiting.peek().thread);
        }
    }

    /** The turns of one request, one after the other. Only its thread can take any. */
    final class Turn {

        private volatile Thread thread;

        /** Used by the thread alone, as the next. */
        private long endNanos;

        private boolean isKnown;
        private boolean isLong;

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
            if (!isOneFree(endNanos) && thread.isVirtual()) {
                LockSupport.parkNanos(Turns.this, PAUSE_NANOS);
            }
            giveUp();
            Thread.yield(); // a virtual thread would keep its processor
            await(check);
            long now = System.nanoTime();
            endNanos = now + (isOneFree(now) ? turnNanos : turnNanos / SHORT_TURNS);
        }

        /** Who is interrupted goes on without a turn: it is about to end. */
        private void await(Runnable check) {
            isKnown = true;
            isLong = true;
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
                if (isNext && lent.size() < countNow(now)) {
                    leaveQueue();
                    loanEndNanos = now + loanNanos;
                    lent.add(this);
                    wakeNext(now);
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
                wakeNext(System.nanoTime());
            } finally {
                lock.unlock();
            }
        }

        /** Leaves the turn to others for good; who has had none asked for little. */
        void end() {
            giveUp();
            long begunNanos = endNanos - turnNanos;
            if (!isLong && begunNanos - littleNanos > turnNanos) {
                littleNanos = begunNanos;
            }
        }
    }
}
