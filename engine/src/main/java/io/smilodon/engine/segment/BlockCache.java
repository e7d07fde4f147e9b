package io.smilodon.engine.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the memory that blocks of all segments take. Each segment holds its cached blocks in an
 * array by block number, so a hit is one read without a lock; only adding and evicting lock. Blocks
 * leave in the order in which they came, with a second chance for those used since. Thread-safe.
 */
public final class BlockCache {

    private final long bytesMax;
    private final Deque<Cached> ring = new ArrayDeque<>();

    /** Counted without care for other threads, since every read counts: a few may be missed. */
    private long hits;

    private final LongAdder misses = new LongAdder();
    private long bytes;

    public BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** A block in its segment's array. */
    static final class Cached {

        private final Block block;
        private final AtomicReferenceArray<Cached> home;
        private final int slot;
        private volatile boolean isUsed;

        private Cached(Block block, AtomicReferenceArray<Cached> home, int slot) {
            this.block = block;
            this.home = home;
            this.slot = slot;
        }

        Block use() {
            if (!isUsed) {
                isUsed = true;
            }
            return block;
        }

        private int bytes() {
            return block.content().length + 64;
        }
    }

    void add(AtomicReferenceArray<Cached> home, int slot, Block block) {
        Cached cached = new Cached(block, home, slot);
        if (cached.bytes() > bytesMax || !home.compareAndSet(slot, null, cached)) {
            return;
        }
        synchronized (this) {
            ring.addLast(cached);
            bytes += cached.bytes();
            while (bytes > bytesMax) {
                evictOne();
            }
        }
    }

    private void evictOne() {
        Cached oldest = ring.pollFirst();
        if (oldest.isUsed) {
            oldest.isUsed = false;
            ring.addLast(oldest);
        } else {
            oldest.home.compareAndSet(oldest.slot, oldest, null);
            bytes -= oldest.bytes();
        }
    }

    /** Forgets the blocks of a segment that is gone. */
    synchronized void removeAll(AtomicReferenceArray<Cached> home) {
        ring.removeIf(
                cached -> {
                    boolean isGone = cached.home == home;
                    bytes -= isGone ? cached.bytes() : 0;
                    return isGone;
                });
    }

    void hit() {
        hits++;
    }

    void miss() {
        misses.increment();
    }

    public CacheStatistics statistics() {
        return new CacheStatistics(hits, misses.sum(), bytes(), bytesMax);
    }

    synchronized long bytes() {
        return bytes;
    }
}
