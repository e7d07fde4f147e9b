package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryCursor;
import java.util.function.LongConsumer;

/** Walks every version of every key of a segment, past the cache. Not thread-safe. */
final class VersionCursor implements EntryCursor {

    private final Segment segment;
    private final BlockIndex index;
    private final LongConsumer onRead;
    private int number = -1;
    private BlockCursor block;
    private byte[] key = {};

    VersionCursor(Segment segment, LongConsumer onRead) {
        this.segment = segment;
        this.index = segment.index();
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
                onRead.accept(index.storedLength(number));
                block = new BlockCursor(segment.read(number, index));
            }
            if (!block.isKey(key)) {
                key = block.copyKey();
            }
            return true;
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
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
    public void close() {}
}
