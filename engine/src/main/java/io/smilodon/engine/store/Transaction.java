package io.smilodon.engine.store;

/**
 * A snapshot with buffered writes that commit together or not at all (snapshot isolation, first
 * committer wins). Its own reads see its writes. Not thread-safe. Closing an uncommitted
 * transaction abandons it.
 */
public interface Transaction extends ReadView, AutoCloseable {

    /** The last commit that this transaction's snapshot contains. */
    long snapshotSequence();

    /**
     * Buffers a write.
     *
     * @throws io.smilodon.engine.error.SmilodonException if key, value or the whole transaction
     *     exceed their limits
     */
    void put(byte[] key, byte[] value);

    /** Buffers a removal; removing an absent key is a write all the same. */
    void delete(byte[] key);

    /** Makes the commit fail if this key changed after the snapshot. */
    void requireUnchanged(byte[] key);

    /**
     * Gives up every key with this prefix, for ever, in constant time: the caller never reads or
     * writes such keys again, and the space comes back when files are merged.
     */
    void retire(byte[] prefix);

    /**
     * Commits, and waits as long as the store's {@link SyncMode} asks. Without writes it only ends
     * the transaction.
     *
     * @return the sequence of the commit
     * @throws io.smilodon.engine.error.SmilodonException {@code WRITE_CONFLICT}: nothing happened,
     *     run the transaction again; {@code COMMIT_UNKNOWN}: it may have happened
     */
    long commit();

    @Override
    void close();
}
