package io.smilodon.database;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.query.exec.OperationScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the numbered commands of a session follow one another, as in MongoDB: a client that sends
 * one again may find the first still at work. Thread-safe.
 */
final class SessionTurns {

    /** Of the sessions that somebody is at work in, or waits for. */
    private final Map<BinaryValue, Turn> busy = new ConcurrentHashMap<>();

    private final Runnable check;

    /**
     * Turns.
     *
     * @param check ends by its failure what waits, asked from time to time
     */
    SessionTurns(Runnable check) {
        this.check = check;
    }

    /** The count changes inside of the map's functions only. */
    private static final class Turn {

        private final ReentrantLock lock = new ReentrantLock();
        private int count;

        private Turn joined() {
            count++;
            return this;
        }
    }

    /** Does the work when no other is at work in the session, unless its request ends before. */
    <T> T take(BinaryValue session, Supplier<T> work) {
        Turn turn = busy.compute(session, (id, now) -> (now == null ? new Turn() : now).joined());
        try {
            return after(turn.lock, work);
        } finally {
            busy.computeIfPresent(session, (id, now) -> --now.count == 0 ? null : now);
        }
    }

    private <T> T after(ReentrantLock lock, Supplier<T> work) {
        OperationScope.await(
                (time, unit) -> {
                    check.run();
                    return lock.tryLock(time, unit);
                });
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
