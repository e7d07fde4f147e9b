package io.smilodon.engine.store;

/**
 * What a store is made of at one moment.
 *
 * @param sequence the last visible commit
 * @param commits commits since opening
 * @param syncs times the log was forced to disk since opening
 * @param logBytes bytes of the log that a recovery would replay
 * @param memtableBytes bytes held in memory and not yet in a segment
 * @param segmentCount live segments
 * @param segmentBytes bytes of the live segments
 */
public record StoreStatistics(
        long sequence,
        long commits,
        long syncs,
        long logBytes,
        long memtableBytes,
        int segmentCount,
        long segmentBytes) {}
