package io.smilodon.engine.store;

/**
 * An ordered map from byte strings to byte strings (unsigned lexicographic order) with snapshots
 * and transactions. Thread-safe. Nothing above a store may assume more than this contract.
 */
public interface KeyValueStore extends AutoCloseable {

    /** The state after the last visible commit. */
    Snapshot snapshot();

    /** A transaction on the state after the last visible commit. */
    Transaction begin();

    /**
     * Commits a batch without looking at what it overwrites.
     *
     * @return the sequence of the commit
     */
    long write(WriteBatch batch);

    /**
     * Writes what is only in memory to segments, so that the next opening has nothing to replay.
     */
    void checkpoint();

    StoreStatistics statistics();

    @Override
    void close();
}
