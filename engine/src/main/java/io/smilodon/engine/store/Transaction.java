package io.smilodon.engine.store;

import java.util.Optional;

/**
 * A snapshot with buffered writes that commit together or not at all, isolated as its {@link
 * TransactionOptions} ask. Its own reads see its writes. Not thread-safe. Closing an uncommitted
 * transaction abandons it.
 */
public interface Transaction extends ReadView, AutoCloseable {

    /**
     * What the transaction sees now, its own writes included; later writes do not show in it. Lives
     * at most as long as the transaction, and is no more thread-safe than it. Close it: while it is
     * open, the next write copies the list of those before it.
     */
    Snapshot view();

    /**
     * Buffers a write. Key and value are not copied: nobody may change the arrays, not even when
     * they are committed.
     *
     * @throws io.smilodon.engine.error.SmilodonException if key, value or the whole transaction
     *     exceed their limits; {@code WRITE_CONFLICT} if another transaction has changed the key
     *     after the snapshot: the transaction has ended, run it again
     */
    void put(byte[] key, byte[] value);

    /**
     * Buffers a removal; removing an absent key is a write all the same.
     *
     * @throws io.smilodon.engine.error.SmilodonException as {@link #put} does
     */
    void delete(byte[] key);

    /** Makes the commit fail if this key changed after the snapshot. */
    void requireUnchanged(byte[] key);

    /**
     * Gives up every key with this prefix, for ever, in constant time: the caller never reads or
     * writes such keys again, and the space comes back when files are merged.
     */
    void retire(byte[] prefix);

    /**
     * What became of an earlier transaction with the same idempotency key. If it is there when the
     * transaction begins, the work is done: the caller takes it and closes the transaction. It may
     * also be there only after {@link #commit}, if the other was faster. In either case the commit
     * drops this transaction's writes and returns the other's sequence.
     */
    Optional<CommittedOutcome> earlierOutcome();

    /**
     * Keeps bytes with the idempotency key, for whoever comes with the same key later. More than
     * {@link io.smilodon.engine.Limits#IDEMPOTENT_SMALL_RESULT_BYTES_MAX} of them may be gone
     * sooner than the outcome.
     *
     * @param result at most {@link io.smilodon.engine.Limits#IDEMPOTENT_RESULT_BYTES_MAX} bytes
     * @throws IllegalStateException if the transaction has no key
     */
    void keepResult(byte[] result);

    /**
     * Adds opaque bytes for the readers of the change feed; the store itself never looks at them. A
     * transaction that has only notes is a commit all the same.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the transaction becomes too large
     */
    void note(byte[] bytes);

    /** Commits in the store's own {@link SyncMode}. */
    default long commit() {
        return commit(SyncMode.NONE);
    }

    /**
     * Commits. Without writes and notes it only ends the transaction.
     *
     * @param atLeast waits for at least this; asking for less than the store's own mode changes
     *     nothing. {@link SyncMode#SYNC} also makes durable whatever was committed before
     * @return the sequence of the commit
     * @throws io.smilodon.engine.error.SmilodonException {@code WRITE_CONFLICT}: nothing happened,
     *     run the transaction again; {@code COMMIT_UNKNOWN}: it may have happened
     */
    long commit(SyncMode atLeast);

    @Override
    void close();
}
