package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyPageReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a segment needs in memory to be read: its index, its filter, and the places of its cached
 * blocks and of pages made of them. It counts against the cache's bound like a block, and leaves
 * like one.
 */
final class SegmentTables extends BlockCache.Cached<SegmentTables> {

    /** In how many places of a table pages may be. */
    private static final int PLACES = 4;

    private final BlockIndex index;
    private final BloomFilter filter;
    private final AtomicReferenceArray<Block> blocks;

    /** A table with as many places as blocks, about. */
    private final AtomicReferenceArray<KeptPages> pages;

    private final long bytes;

    SegmentTables(BlockIndex index, BloomFilter filter) {
        this.index = index;
        this.filter = filter;
        this.blocks = new AtomicReferenceArray<>(index.count());
        this.pages = new AtomicReferenceArray<>(Math.max(PLACES, index.count()));
        long places = (long) blocks.length() + pages.length();
        this.bytes = index.bytes() + filter.bytes() + Long.BYTES * places;
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

    AtomicReferenceArray<KeptPages> pages() {
        return pages;
    }

    /** What is kept of the pages that the reader would make of a range. */
    Optional<KeptPages> pages(EntryScan scan, KeyPageReader<?> reader) {
        int first = firstPlace(scan);
        for (int more = 0; more < PLACES; more++) {
            KeptPages found = pages.getAcquire((first + more) % pages.length());
            if (found != null && found.areOf(scan, reader)) {
                return Optional.of(found.use());
            }
        }
        return Optional.empty();
    }

    /** Keeps pages of a range, if a place for them is free. */
    void keep(EntryScan scan, KeptPages made, BlockCache cache) {
        int first = firstPlace(scan);
        boolean isKept = false;
        for (int more = 0; more < PLACES && !isKept; more++) {
            isKept = cache.add(pages, (first + more) % pages.length(), made);
        }
    }

    private int firstPlace(EntryScan scan) {
        return Math.floorMod(KeptPages.hash(scan), pages.length());
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
