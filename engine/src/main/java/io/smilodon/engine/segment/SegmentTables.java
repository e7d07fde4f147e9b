package io.smilodon.engine.segment;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a segment needs in memory to be read: its index, its filter, and the places of its cached
 * blocks. It counts against the cache's bound like a block, and leaves like one.
 */
final class SegmentTables extends BlockCache.Cached<SegmentTables> {

    private final BlockIndex index;
    private final BloomFilter filter;
    private final AtomicReferenceArray<Block> blocks;
    private final long bytes;

    SegmentTables(BlockIndex index, BloomFilter filter) {
        this.index = index;
        this.filter = filter;
        this.blocks = new AtomicReferenceArray<>(index.count());
        this.bytes = index.bytes() + filter.bytes() + (long) Long.BYTES * index.count();
    }

    /** Which block holds a key. */
    BlockIndex index() {
        return index;
    }

    /** Says of most absent keys that they are. */
    BloomFilter filter() {
        return filter;
    }

    /** Cached blocks by number. */
    AtomicReferenceArray<Block> blocks() {
        return blocks;
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    SegmentTables self() {
        return this;
    }
}
