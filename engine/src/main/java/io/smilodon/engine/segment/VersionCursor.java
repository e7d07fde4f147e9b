package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.VersionWalk;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks every version of every key of a segment. What is in the cache need not be read from disk,
 * but nothing comes into it by this. Not thread-safe.
 */
final class VersionCursor implements VersionWalk {

    private final Segment segment;
    private final SegmentTables tables;
    private final LongConsumer onRead;
    private int number = -1;
    private BlockCursor block;
    private int common;

    VersionCursor(Segment segment, LongConsumer onRead) {
        this.segment = segment;
        this.tables = segment.tables();
        this.onRead = onRead;
    }

    @Override
    public boolean advance() {
        try {
            common = block == null ? -1 : block.advanceSharing();
            while (common < 0) {
                number++;
                if (number >= segment.blockCount()) {
                    return false;
                }
                open(cached().orElseGet(this::read));
                common = block.advanceSharing();
            }
            return true;
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
    }

    private void open(Block found) {
        block = block == null ? new BlockCursor(found) : new BlockCursor(found, block);
        block.approach(); // all of it will be read
    }

    private Optional<Block> cached() {
        return Optional.ofNullable(tables.blocks().getAcquire(number));
    }

    private Block read() {
        onRead.accept(tables.index().storedLength(number));
        return segment.read(number, tables.index());
    }

    @Override
    public int common() {
        return common;
    }

    @Override
    public byte[] key() {
        return block.copyKey();
    }

    @Override
    public void key(ByteSpan span) {
        block.key(span);
    }

    @Override
    public long sequence() {
        return block.sequence();
    }

    @Override
    public boolean isRemoval() {
        return block.isRemoval();
    }

    @Override
    public byte[] value() {
        return block.copyValue();
    }

    @Override
    public void value(ByteSpan span) {
        block.value(span);
    }

    @Override
    public void close() {}
}
