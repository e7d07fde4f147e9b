package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.query.exec.OperationScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets those who write to a capped collection follow one another: two at once would conflict, and
 * one would have done its work in vain. Who has a turn keeps it until its transaction has ended,
 * and waits for no other. What is right does not depend on it. Thread-safe.
 */
final class CappedTurns {

    private final Map<Namespace, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** From now on the writers of this collection take turns. */
    void begin(Namespace capped) {
        locks.computeIfAbsent(capped, name -> new ReentrantLock(true));
    }

    /** The collection of this name is gone. */
    void end(Namespace dropped) {
        locks.remove(dropped);
    }

    /** Whether who writes to this collection has to take a turn first. */
    boolean isDue(Namespace namespace) {
        ReentrantLock lock = locks.get(namespace);
        return lock != null && !lock.isHeldByCurrentThread();
    }

    /** Runs a write, after those that came before it if the collection is known to be capped. */
    <T> T take(Namespace namespace, Supplier<T> write) {
        ReentrantLock lock = locks.get(namespace);
        if (lock == null) {
            return write.get();
        }
        OperationScope.lock(lock);
        try {
            return write.get();
        } finally {
            lock.unlock();
        }
    }
}
