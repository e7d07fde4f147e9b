package io.smilodon.engine.segment;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Blocks of a new segment side by side in one large array: a collector has less to do with that
 * than with many small ones, and when the segment is gone another one's blocks can be put there.
 * They leave the cache together.
 *
 * <p>One thread adds to it; then the cache has it.
 */
final class BlockSlab extends BlockCache.Cached<BlockSlab> {

    /** What a block takes besides its content. */
    private static final int BLOCK_BYTES = 640;

    /** What is written over what nobody should look at any more, where assertions are on. */
    private static final byte GONE = (byte) 0xdb;

    private final byte[] memory;
    private final AtomicReferenceArray<Block> home;
    private final int first;

    /** Behind the number of the last one. */
    private int end;

    private int count;
    private int used;

    /**
     * @param memory where their content is put
     * @param home where they are found by their numbers
     * @param first the number of the first one
     */
    BlockSlab(byte[] memory, AtomicReferenceArray<Block> home, int first) {
        this.memory = memory;
        this.home = home;
        this.first = first;
        this.end = first;
    }

    /** Adds a copy of a block, behind those that are there, if there is room for it. */
    boolean add(int number, Block block) {
        int length = block.length();
        if (memory.length - used < length) {
            return false;
        }
        Block copy = block.copyTo(memory, used);
        copy.keys(); // costs a fraction now that all of the block is at hand
        home.setRelease(number, copy); // whoever has read it meanwhile has another copy
        end = number + 1;
        count++;
        used += length;
        return true;
    }

    byte[] memory() {
        return memory;
    }

    /**
     * Whether at least half of its blocks were used since this was last asked: what then leaves and
     * is missed is read in again, block by block.
     */
    @Override
    boolean takeUse() {
        int usedCount = 0;
        for (int number = first; number < end; number++) {
            Block block = home.getAcquire(number);
            usedCount += isHere(block) && block.takeUse() ? 1 : 0;
        }
        return 2 * usedCount >= count;
    }

    @Override
    void leave() {
        for (int number = first; number < end; number++) {
            Block block = home.getAcquire(number);
            if (isHere(block)) {
                home.compareAndSet(number, block, null);
            }
        }
    }

    private boolean isHere(Block block) {
        return block != null && block.content() == memory;
    }

    boolean spoil() {
        Arrays.fill(memory, GONE);
        return true;
    }

    @Override
    long bytes() {
        return memory.length + (long) BLOCK_BYTES * count;
    }

    @Override
    BlockSlab self() {
        return this;
    }
}
