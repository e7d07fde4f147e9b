package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import java.util.Arrays;

/** Walks a segment, ascending. Not thread-safe. */
final class ForwardCursor implements EntryCursor {

    private final Segment segment;
    private final EntryScan scan;
    private int number;
    private BlockCursor block;
    private byte[] key = {};
    private boolean isStarted;
    private boolean isEnded;

    ForwardCursor(Segment segment, EntryScan scan) {
        this.segment = segment;
        this.scan = scan;
    }

    @Override
    public boolean advance() {
        try {
            while (!isEnded && step()) {
                if (block.sequence() <= scan.sequence() && !block.isKey(key)) {
                    key = block.copyKey();
                    isEnded = scan.isAfter(key);
                    return !isEnded;
                }
            }
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
        isEnded = true;
        return false;
    }

    private boolean step() {
        if (!isStarted) {
            isStarted = true;
            number = segment.index().blockFor(scan.from());
            return number < segment.blockCount() && open().seek(scan.from());
        }
        if (block.advance()) {
            return true;
        }
        number++;
        skipOlderVersions();
        return number < segment.blockCount() && open().advance();
    }

    /** Passes by the blocks that hold nothing but older versions of the current key. */
    private void skipOlderVersions() {
        while (number < segment.blockCount()
                && Arrays.equals(segment.index().lastKey(number), key)) {
            number++;
        }
    }

    private BlockCursor open() {
        block = new BlockCursor(segment.block(number));
        return block;
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
