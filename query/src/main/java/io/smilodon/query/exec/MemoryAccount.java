package io.smilodon.query.exec;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;

/**
 * What one stage holds in memory, as a part of what its operation may hold. Closing it gives all
 * back. Not thread-safe.
 */
public final class MemoryAccount implements AutoCloseable {

    private final String stage;
    private final OperationContext operation;
    private long bytes;

    /**
     * An account with nothing on it.
     *
     * @param stage the name of the stage, for the error
     */
    public MemoryAccount(String stage, OperationContext operation) {
        this.stage = stage;
        this.operation = operation;
    }

    /**
     * Accounts for so much more; a negative number gives back.
     *
     * @throws SmilodonException {@code QueryExceededMemoryLimit} if the operation may not hold it
     */
    public void reserve(long more) {
        operation.reserve(stage, more);
        bytes += more;
    }

    /** Accounts for so much more, or does nothing and is false if the operation may not hold it. */
    boolean tryReserve(long more) {
        boolean isThere = operation.tryReserve(more);
        bytes += isThere ? more : 0;
        return isThere;
    }

    /** Accounts for a value. */
    public void reserve(Value value) {
        reserve(MemorySize.of(value));
    }

    public void release(long less) {
        bytes -= less;
        operation.release(less);
    }

    /** What it holds. */
    public long bytes() {
        return bytes;
    }

    /** Gives back everything; the account can be used again. */
    @Override
    public void close() {
        release(bytes);
    }
}
