package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryCursor;
import java.util.Iterator;
import java.util.function.Function;

/** Walks blocks, every version of every key, ascending. Not thread-safe. */
final class RescueCursor implements EntryCursor {

    private final Iterator<BlockPlace> places;
    private final Function<BlockPlace, byte[]> reader;
    private BlockCursor block;
    private byte[] key = {};

    RescueCursor(Iterator<BlockPlace> places, Function<BlockPlace, byte[]> reader) {
        this.places = places;
        this.reader = reader;
    }

    @Override
    public boolean advance() {
        while (block == null || !block.advance()) {
            if (!places.hasNext()) {
                return false;
            }
            block = new BlockCursor(new Block(reader.apply(places.next())));
        }
        key = block.copyKey();
        return true;
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
