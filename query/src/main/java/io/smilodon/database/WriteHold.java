package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyValueStore;

/**
 * Whether writing waits, in all databases, as by MongoDB's {@code fsync} with {@code lock}: it is
 * locked as often as it must be unlocked. Thread-safe.
 */
final class WriteHold {

    private final KeyValueStore store;
    private long count;

    WriteHold(KeyValueStore store) {
        this.store = store;
    }

    /** How often it is locked. */
    synchronized long count() {
        return count;
    }

    /**
     * Locks; what was written before is in files when it returns.
     *
     * @return how often it is locked now
     */
    synchronized long lock() {
        if (count == 0) {
            store.holdCommits();
            try {
                store.checkpoint();
            } catch (RuntimeException failure) {
                store.releaseCommits();
                throw failure;
            }
        }
        count++;
        return count;
    }

    /**
     * Unlocks once.
     *
     * @return how often it is still locked
     * @throws SmilodonException {@code IllegalOperation} if it is not locked
     */
    synchronized long unlock() {
        if (count == 0) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION, "fsyncUnlock called when not locked");
        }
        count--;
        if (count == 0) {
            store.releaseCommits();
        }
        return count;
    }

    /** Lets everybody go on, however often it is locked. */
    synchronized void end() {
        count = 0;
        store.releaseCommits();
    }
}
