package io.smilodon.engine.store;

import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Optional;

/**
 * What a reader sees: one state of the store that never changes under it, plus, inside a
 * transaction, the transaction's own writes.
 */
public interface ReadView {

    /** The last commit that it contains; own writes come on top. */
    long snapshotSequence();

    Optional<VersionedValue> get(byte[] key);

    /**
     * Several keys that are to be got one by one: what leads to them in memory is gone through for
     * all at once.
     *
     * @param keys some tens, not changed afterwards
     */
    default KeyLookups lookups(List<byte[]> keys) {
        return index -> get(keys.get(index));
    }

    /**
     * Whether a key certainly is as it was after an earlier commit, which is sooner told than read.
     *
     * @param sequence the earlier commit
     * @return false if it may have changed since, or if that commit is later than this view
     */
    default boolean isUnchanged(byte[] key, long sequence) {
        return false;
    }

    /**
     * The keys of a range that a transaction has itself written or deleted, ascending; none in a
     * snapshot.
     */
    default List<byte[]> ownWrites(KeyRange range) {
        return List.of();
    }

    /**
     * About how many entries there are in a range; removed keys and old versions count too, and own
     * writes do not. Finding it reads no file, and no more than some ten thousand keys in memory.
     *
     * @return 0 if nothing is known
     */
    default long entryEstimate(KeyRange range) {
        return 0;
    }

    /** A cursor over the range; within a transaction it may be used until the next write. */
    KeyCursor cursor(KeyRange range, Direction direction);
}
