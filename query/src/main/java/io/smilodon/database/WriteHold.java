package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.query.exec.OperationScope;
import java.util.concurrent.CountDownLatch;

/**
 * Whether writing waits, in all databases, as by MongoDB's {@code fsync} with {@code lock}: it is
 * locked as often as it must be unlocked; reading goes on, and so do backups. Who waits ends as his
 * request does; closing the database lets them go on. Thread-safe.
 */
public final class WriteHold {

    private final KeyValueStore store;
    private long count;

    /** For who waits until it is unlocked. */
    private CountDownLatch released = new CountDownLatch(0);

    WriteHold(KeyValueStore store) {
        this.store = store;
    }

    /** How often it is locked; 0 if writing goes on. */
    public synchronized long count() {
        return count;
    }

    /**
     * Locks; what was written before is in files when it returns.
     *
     * @return how often it is locked now
     */
    public synchronized long lock() {
        if (count == 0) {
            CountDownLatch own = new CountDownLatch(1);
            released = own;
            try {
                store.holdCommits(() -> OperationScope.await(own::await));
                store.checkpoint();
            } catch (RuntimeException failure) {
                release();
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
    public synchronized long unlock() {
        if (count == 0) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION, "fsyncUnlock called when not locked");
        }
        count--;
        if (count == 0) {
            release();
        }
        return count;
    }

    /** Lets everybody go on, however often it is locked. */
    synchronized void end() {
        count = 0;
        release();
    }

    private void release() {
        store.releaseCommits();
        released.countDown();
    }
}
