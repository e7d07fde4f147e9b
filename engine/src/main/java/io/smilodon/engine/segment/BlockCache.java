package io.smilodon.engine.segment;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the memory that blocks of all segments take, what has been made of many of their keys, and
 * their indexes and filters. Each segment holds its cached blocks in an array by block number, so a
 * hit is one read without a lock; only adding and evicting lock. A hand goes round over what is
 * cached, and has leave what was not used since it last came by (Corbato, "A paging experiment with
 * the Multics system", 1968). Thread-safe.
 */
public final class BlockCache {

    private static final int PAGES_SHARE = 32;

    /**
     * With its head it fills a region of G1's in heaps of up to 2 GiB, which that never copies; in
     * larger ones it is copied like all else, but once, since it is used again.
     */
    private static final int SLAB_BYTES_MAX = (1 << 20) - 64;

    /** How many slabs the cache has room for at least. */
    private static final int SLABS_MIN = 64;

    private final long bytesMax;
    private final int slabBytes;

    /** What is cached, without gaps; null behind that. */
    private Cached<?>[] ring = new Cached<?>[SLABS_MIN];

    private int count;
    private int hand;

    /** Slabs that nobody uses; they are counted as well. */
    private final Deque<byte[]> freeSlabs = new ArrayDeque<>();

    /** Counted without care for other threads, since every read counts: a few may be missed. */
    private long hits;

    private final LongAdder misses = new LongAdder();
    private final AtomicLong readsBefore = new AtomicLong();
    private long bytes;

    public BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
        this.slabBytes = (int) Math.min(bytesMax / SLABS_MIN, SLAB_BYTES_MAX);
    }

    /**
     * What the cache can hold, in an array of its segment: a block, or an index with its filter. It
     * is its own entry, so that the way to it is short.
     */
    abstract static class Cached<T extends Cached<T>> {

        private AtomicReferenceArray<T> home;
        private int slot;

        /** Where it is in the ring; −1 outside. */
        private int place = -1;

        /** Set and cleared without care for other threads: a use may be missed. */
        private boolean isUsed;

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

        /** Whether it was used since this was last asked. */
        boolean takeUse() {
            boolean was = isUsed;
            isUsed = false;
            return was;
        }

        /** Who comes from now on does not find it any more. */
        void leave() {
            home.compareAndSet(slot, self(), null);
        }
    }

    /**
     * Takes what is in no array yet.
     *
     * @return false if something is in its place already, or it is too large
     */
    synchronized <T extends Cached<T>> boolean add(
            AtomicReferenceArray<T> home, int slot, T added) {
        Cached<T> cached = added;
        if (cached.bytes() > bytesMax || home.getAcquire(slot) != null) {
            return false;
        }
        cached.home = home;
        cached.slot = slot;
        home.setRelease(slot, added);
        add(cached);
        return true;
    }

    /** Takes a slab whose blocks are in their array. */
    synchronized void add(BlockSlab slab) {
        add((Cached<?>) slab);
    }

    private void add(Cached<?> added) {
        if (count == ring.length) {
            ring = Arrays.copyOf(ring, 2 * count);
        }
        added.place = count;
        ring[count++] = added;
        bytes += added.bytes();
        while (bytes > bytesMax) {
            evictOne();
        }
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
    synchronized void addIfRoom(AtomicReferenceArray<Block> home, int slot, Block block) {
        if (hasRoom(block.bytes())) {
            add(home, slot, block);
        }
    }

    private long freeBytes() {
        return (long) slabBytes * freeSlabs.size();
    }

    private void evictOne() {
        if (!freeSlabs.isEmpty()) {
            freeSlabs.removeLast();
            bytes -= slabBytes;
            return;
        }
        hand = hand < count ? hand : 0;
        Cached<?> next = ring[hand];
        if (!next.takeUse()) {
            next.leave();
            remove(next);
        }
        hand++;
    }

    /** What came last takes its place in the ring. */
    private boolean remove(Cached<?> cached) {
        int place = cached.place;
        if (place < 0) {
            return false;
        }
        Cached<?> last = ring[--count];
        ring[place] = last;
        last.place = place;
        ring[count] = null;
        cached.place = -1;
        bytes -= cached.bytes();
        return true;
    }

    /**
     * Forgets what there is of a segment that is gone.
     *
     * @param isUnread whether nobody reads in its blocks any more: then the memory of its slabs is
     *     used again
     */
    synchronized void removeAll(SegmentTables gone, boolean isUnread) {
        remove(gone);
        removeAll(gone.blocks());
        removeAll(gone.pages());
        for (BlockSlab slab : gone.slabs()) {
            if (remove(slab) && isUnread) {
                freeSlabs.addLast(slab.memory());
                bytes += slabBytes;
                assert slab.spoil();
            }
        }
    }

    private void removeAll(AtomicReferenceArray<? extends Cached<?>> home) {
        for (int slot = 0; slot < home.length(); slot++) {
            Cached<?> cached = home.getAcquire(slot);
            if (cached != null) {
                remove(cached);
                home.setRelease(slot, null);
            }
        }
    }

    /** How large a slab is. */
    int slabBytes() {
        return slabBytes;
    }

    /** Memory for a slab, if nothing has to leave for it; what is in it is of no meaning. */
    synchronized Optional<byte[]> takeSlab() {
        byte[] free = freeSlabs.pollLast();
        bytes -= free == null ? 0 : slabBytes;
        boolean hasRoom = bytes + slabBytes <= bytesMax;
        return hasRoom && free == null
                ? Optional.of(new byte[slabBytes])
                : Optional.ofNullable(free);
    }

    /** Whether nothing has to leave for so many bytes. */
    synchronized boolean hasRoom(long more) {
        return bytes - freeBytes() + more <= bytesMax;
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

    public CacheStatistics statistics() {
        return new CacheStatistics(hits, misses.sum(), bytes(), bytesMax);
    }

    /** How much memory it takes. */
    synchronized long bytes() {
        return bytes;
    }
}
