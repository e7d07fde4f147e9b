package io.smilodon.engine.log;

import io.smilodon.engine.error.SmilodonException;
import java.util.concurrent.locks.LockSupport;

/**
 * A batch on its way into the log, and the client that waits for it. The client makes it and waits;
 * whoever commits it, which may be the client itself, finishes it once.
 *
 * @param <W> what is to be applied once the batch is logged
 */
public final class PendingCommit<W> {

    private final W writes;
    private final byte[] payload;
    private final Forcing forcing;
    private final Thread waiter = Thread.currentThread();
    private long sequence;
    private SmilodonException failure;
    private volatile boolean isDone;
    private volatile boolean isParked;

    /**
     * @param payload the batch as {@link BatchCodec} encodes it
     * @param forcing what it asks for; the log may do more
     */
    public PendingCommit(W writes, byte[] payload, Forcing forcing) {
        this.writes = writes;
        this.payload = payload;
        this.forcing = forcing;
    }

    W writes() {
        return writes;
    }

    byte[] payload() {
        return payload;
    }

    Forcing forcing() {
        return forcing;
    }

    long sequence() {
        return sequence;
    }

    void logged(long lastLsn) {
        sequence = lastLsn;
    }

    void complete() {
        isDone = true;
        if (isParked) {
            LockSupport.unpark(waiter);
        }
    }

    void fail(SmilodonException reason) {
        failure = reason;
        complete();
    }

    void failIfWaiting(SmilodonException reason) {
        if (!isDone) {
            fail(reason);
        }
    }

    /** Waits briefly for the outcome, awake; it may not be there yet. */
    void awaitAwake() {
        BriefWait.until(() -> isDone);
    }

    /**
     * Waits for the outcome. An interrupt does not end the wait, since the commit goes on without
     * the client; the flag is set again afterwards.
     *
     * @return the sequence of the commit
     */
    long await() {
        boolean interrupted = false;
        isParked = true;
        while (!isDone) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        return sequence;
    }
}
