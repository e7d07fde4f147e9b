package io.smilodon.engine.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the memory that blocks of all segments take, what has been made of many of their keys, and
 * their indexes and filters; what {@link AskedKeys} take counts, too, and does not leave by itself.
 * Each segment holds its cached blocks in an array by block number, so a hit is one read without a
 * lock; only adding and evicting lock. What is cached leaves in the order in which it came, with a
 * second chance for what was used since. Thread-safe.
 */
public final class BlockCache {

    private static final int PAGES_SHARE = 32;
    private static final int RESERVED_SHARE = 8;

    private final long bytesMax;
    private final Deque<Cached<?>> ring = new ArrayDeque<>();

    /** Counted without care for other threads, since every read counts: a few may be missed. */
    private long hits;

    private final LongAdder misses = new LongAdder();
    private final AtomicLong readsBefore = new AtomicLong();
    private long bytes;

    /** What of this is not of cached blocks. */
    private volatile long reserved;

    public BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * What the cache can hold, in an array of its segment: a block, or an index with its filter. It
     * is its own entry, so that the way to it is short.
     */
    abstract static class Cached<T extends Cached<T>> {

        private AtomicReferenceArray<T> home;
        private int slot;
        private volatile boolean isUsed;

        /** About how much memory it takes, always the same. */
        abstract long bytes();

        abstract T self();

        /** Counts as a use. */
        final T use() {
            if (!isUsed) {
                isUsed = true;
            }
            return self();
        }

        private void leave() {
            home.compareAndSet(slot, self(), null);
        }
    }

    /**
     * Takes what is in no array yet.
     *
     * @return false if something is in its place already, or it is too large
     */
    <T extends Cached<T>> boolean add(AtomicReferenceArray<T> home, int slot, T added) {
        Cached<T> cached = added;
        cached.home = home;
        cached.slot = slot;
        if (cached.bytes() > bytesMax - reserved || !home.compareAndSet(slot, null, added)) {
            return false;
        }
        synchronized (this) {
            ring.addLast(cached);
            bytes += cached.bytes();
            makeRoom();
        }
        return true;
    }

    /**
     * Whether blocks were read since this was last asked. If not, data is only being loaded, and
     * what is new need not be kept at hand.
     */
    boolean isInUse() {
        long before = readsBefore.getAndSet(reads());
        return before != readsBefore.get();
    }

    /** Adds a block only if nothing has to leave for it. */
    void addIfRoom(AtomicReferenceArray<Block> home, int slot, Block block) {
        if (bytes() + block.bytes() <= bytesMax) {
            add(home, slot, block);
        }
    }

    private void makeRoom() {
        while (bytes > bytesMax) {
            evictOne();
        }
    }

    private void evictOne() {
        Cached<?> oldest = ring.pollFirst();
        if (oldest.isUsed) {
            oldest.isUsed = false;
            ring.addLast(oldest);
        } else {
            oldest.leave();
            bytes -= oldest.bytes();
        }
    }

    /**
     * Takes room for what does not leave by itself.
     *
     * @return false if that would be more than a part of all there is
     */
    synchronized boolean reserve(AskedKeys keys) {
        if (reserved + keys.bytes() > bytesMax / RESERVED_SHARE) {
            return false;
        }
        reserved += keys.bytes();
        bytes += keys.bytes();
        makeRoom();
        return true;
    }

    /** Gives back what was reserved. */
    synchronized void giveBack(AskedKeys keys) {
        reserved -= keys.bytes();
        bytes -= keys.bytes();
    }

    /** Forgets what is in these arrays, of a segment that is gone. */
    synchronized void removeAll(AtomicReferenceArray<?>... homes) {
        ring.removeIf(
                cached -> {
                    boolean isGone = isAmong(cached.home, homes);
                    bytes -= isGone ? cached.bytes() : 0;
                    return isGone;
                });
    }

    /** Told without a look at any of them: all that is cached is asked. */
    private static boolean isAmong(AtomicReferenceArray<?> home, AtomicReferenceArray<?>... homes) {
        boolean isAmong = false;
        for (AtomicReferenceArray<?> one : homes) {
            isAmong |= home == one;
        }
        return isAmong;
    }

    /** How much the pages of one range may take of it: not all that others use. */
    long pagesBytesMax() {
        return bytesMax / PAGES_SHARE;
    }

    /** How many blocks have been asked for, about. */
    public long reads() {
        return hits + misses.sum();
    }

    void hit() {
        hits++;
    }

    void miss() {
        misses.increment();
    }

    /** Whether nothing has to leave for so many bytes. */
    boolean hasRoom(long more) {
        return bytes() + more <= bytesMax;
    }

    public CacheStatistics statistics() {
        return new CacheStatistics(hits, misses.sum(), bytes(), bytesMax);
    }

    synchronized long bytes() {
        return bytes;
    }
}
