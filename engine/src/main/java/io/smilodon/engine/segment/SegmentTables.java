package io.smilodon.engine.segment;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a segment needs in memory to be read: its index, its filter, and the places of its cached
 * blocks. It counts against the cache's bound like a block, and leaves like one.
 *
 * @param index which block holds a key
 * @param filter says of most absent keys that they are
 * @param blocks cached blocks by number
 */
record SegmentTables(
        BlockIndex index,
        BloomFilter filter,
        AtomicReferenceArray<BlockCache.Cached<Block>> blocks) {

    SegmentTables(BlockIndex index, BloomFilter filter) {
        this(index, filter, new AtomicReferenceArray<>(index.count()));
    }

    /** About how much memory it takes. */
    long bytes() {
        return index.bytes() + filter.bytes() + (long) Long.BYTES * blocks.length();
    }
}
