package io.smilodon.query.exec;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What ends the waiting of a request that is cancelled. Thread-safe. */
final class Waker {

    private static final Runnable NOBODY = () -> {};

    /** Held by who calls, so that nobody is woken when the waiting is over. */
    private final Lock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private Runnable waker = NOBODY;

    /** Whom to wake from now on. */
    void become(Runnable next) {
        lock.lock();
        try {
            waker = next;
        } finally {
            lock.unlock();
        }
    }

    /** The waiting is over. */
    void becomeNobody() {
        become(NOBODY);
    }

    /** Wakes who waits now, after something has been done that is to be seen then. */
    void wakeAfter(Runnable cause) {
        lock.lock();
        try {
            cause.run();
            waker.run();
        } finally {
            lock.unlock();
        }
    }
}
