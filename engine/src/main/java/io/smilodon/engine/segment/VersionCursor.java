package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks every version of every key of a segment. What is in the cache need not be read from disk,
 * but nothing comes into it by this. Not thread-safe.
 */
final class VersionCursor implements EntryCursor {

    private final Segment segment;
    private final SegmentTables tables;
    private final LongConsumer onRead;
    private int number = -1;
    private BlockCursor block;
    private byte[] key = {};

    VersionCursor(Segment segment, LongConsumer onRead) {
        this.segment = segment;
        this.tables = segment.tables();
        this.onRead = onRead;
    }

    @Override
    public boolean advance() {
        try {
            while (block == null || !block.advance()) {
                number++;
                if (number >= segment.blockCount()) {
                    return false;
                }
                block = new BlockCursor(cached().orElseGet(this::read));
                block.approach(); // all of it will be read
            }
            if (!block.isKey(key)) {
                key = block.copyKey();
            }
            return true;
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
    }

    private Optional<Block> cached() {
        return Optional.ofNullable(tables.blocks().getAcquire(number));
    }

    private Block read() {
        onRead.accept(tables.index().storedLength(number));
        return segment.read(number, tables.index());
    }

    @Override
    public byte[] key() {
        return key;
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
