package io.smilodon.engine.memtable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The large arrays in which memtables keep their values, used again and again: a collector copies
 * an array that lives as long as a memtable does about twice before it leaves it alone, and these
 * only once. Thread-safe.
 */
public final class SlabPool {

    static final int SLAB_BYTES = 256 << 10;

    private final int freeMax;
    private final Deque<byte[]> free = new ArrayDeque<>();

    /**
     * @param bytesMax how much it keeps at most while nobody uses it
     */
    public SlabPool(long bytesMax) {
        this.freeMax = (int) Math.min(bytesMax / SLAB_BYTES, Integer.MAX_VALUE);
    }

    /** One that nobody else uses; what is in it is of no meaning. */
    synchronized byte[] take() {
        byte[] slab = free.pollLast();
        return slab == null ? new byte[SLAB_BYTES] : slab;
    }

    /** Takes back those that nobody will look at any more. */
    synchronized void giveBack(List<byte[]> slabs) {
        for (byte[] slab : slabs) {
            if (free.size() < freeMax) {
                free.addLast(slab);
            }
        }
    }
}
