package io.smilodon.engine.store;

import java.util.List;

/** The state of the store after one commit; it never changes. Thread-safe. Close it. */
public interface Snapshot extends ReadView, AutoCloseable {

    /** The last commit that this snapshot contains. */
    long sequence();

    @Override
    default long snapshotSequence() {
        return sequence();
    }

    /**
     * Keys that cut a range into parts of about the same number of bytes: where to look for a
     * sample of it. Finding them reads no file.
     *
     * @param count how many there should be, about
     * @return ascending; they may have been removed; none if the range is empty or nothing is known
     */
    default List<byte[]> places(KeyRange range, int count) {
        return List.of();
    }

    @Override
    void close();
}
