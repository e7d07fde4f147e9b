package io.smilodon.engine.segment;

import io.smilodon.engine.error.SmilodonException;
import java.util.Optional;

/**
 * Reads the blocks of a new segment one after the other, and keeps copies of them in memory, as far
 * as there is room. Not thread-safe.
 */
final class NewBlocks {

    /** What is larger than this part of a slab lies alone. */
    private static final int LARGE_SHARE = 4;

    private final Segment segment;
    private final BlockSource.Walk walk;
    private final SegmentTables tables;
    private final BlockCache cache;

    /** The one that is being filled. */
    private Optional<BlockSlab> slab = Optional.empty();

    NewBlocks(Segment segment, BlockSource.Walk walk) {
        this.segment = segment;
        this.walk = walk;
        this.tables = segment.tables();
        this.cache = segment.cache();
    }

    /**
     * Checks all of them.
     *
     * @throws SmilodonException if one is damaged
     */
    void verify() {
        boolean isInUse = cache.isInUse();
        for (int number = 0; number < segment.blockCount(); number++) {
            Block block = block(number);
            segment.check(number, block);
            if (isInUse) {
                keep(number, block);
            }
        }
        end();
    }

    /** Keeps those that are not in memory yet, up to one that is damaged: who reads it is told. */
    static void fill(Segment segment, BlockSource.Walk walk) {
        try {
            new NewBlocks(segment, walk).fill();
        } catch (SmilodonException damaged) {
            return;
        }
    }

    private void fill() {
        if (!cache.isInUse()) {
            return;
        }
        try {
            for (int number = 0; number < segment.blockCount(); number++) {
                boolean hasRoom = slab.isPresent() || cache.hasRoom(SegmentWriter.BLOCK_BYTES);
                if (hasRoom && tables.blocks().getAcquire(number) == null) {
                    keep(number, block(number));
                }
            }
        } finally {
            end();
        }
    }

    private Block block(int number) {
        BlockIndex index = tables.index();
        return walk.block(number, index.start(number), index.storedLength(number));
    }

    private void keep(int number, Block block) {
        boolean isLarge = block.length() > cache.slabBytes() / LARGE_SHARE;
        if (!isLarge && addToSlab(number, block)) {
            return;
        }
        if (cache.hasRoom(block.length())) {
            Block copy = block.copyTo(new byte[block.length()], 0);
            copy.keys();
            cache.addIfRoom(tables.blocks(), number, copy);
        }
    }

    private boolean addToSlab(int number, Block block) {
        if (slab.isPresent() && slab.get().add(number, block)) {
            return true;
        }
        end();
        slab = isWorthASlab(number) ? newSlab(number) : Optional.empty();
        return slab.isPresent() && slab.get().add(number, block);
    }

    /** Whether as many blocks follow as fill one. */
    private boolean isWorthASlab(int number) {
        long left = (long) SegmentWriter.BLOCK_BYTES * (segment.blockCount() - number);
        return left >= cache.slabBytes();
    }

    private Optional<BlockSlab> newSlab(int first) {
        return cache.takeSlab().map(memory -> new BlockSlab(memory, tables.blocks(), first));
    }

    private void end() {
        slab.ifPresent(tables::add);
        slab.ifPresent(cache::add);
        slab = Optional.empty();
    }
}
