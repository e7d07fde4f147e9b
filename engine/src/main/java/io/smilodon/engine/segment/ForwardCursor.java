package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryPlace;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import io.smilodon.engine.entry.KeyTails;
import java.util.Arrays;
import java.util.Optional;

/** Walks a segment, ascending. Not thread-safe. */
final class ForwardCursor implements EntryCursor {

    /** After so many blocks a walk is taken for a long one. */
    private static final int LONG_WALK = 4;

    private final Segment segment;
    private final EntryScan scan;
    private int number;
    private BlockCursor block;

    /** Whether the block reaches behind the end of the scan. */
    private boolean isLastBlock;

    /**
     * Whether the block's key is known to differ from the end of the scan there, and be smaller.
     */
    private boolean isSmaller;

    private int smallerAt;

    /** Whether the version of the block's key that the scan may see has been handed on. */
    private boolean isHandedOn;

    /** The current key, once somebody has asked for it. */
    private Optional<byte[]> key = Optional.empty();

    /** Blocks walked to their ends. */
    private int walked;

    private boolean isStarted;
    private boolean isEnded;

    /** Once somebody has asked for pages. */
    private Optional<PageRun> pages = Optional.empty();

    ForwardCursor(Segment segment, EntryScan scan) {
        this.segment = segment;
        this.scan = scan;
    }

    @Override
    public boolean advance() {
        if (key.isPresent()) {
            key = Optional.empty();
        }
        try {
            while (!isEnded && step()) {
                if (!isHandedOn && block.sequence() <= scan.sequence()) {
                    isHandedOn = true;
                    isEnded = isLastBlock && isAtEnd();
                    return !isEnded;
                }
            }
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
        isEnded = true;
        return false;
    }

    @Override
    public boolean advance(EntryPlace place) {
        boolean hasMore = advance();
        if (hasMore) {
            block.key(place.key());
            place.set(block.sequence(), block.isRemoval());
        }
        return hasMore;
    }

    @Override
    public boolean fill(KeyTails tails) {
        walked = LONG_WALK; // who asks for many at a time
        while (tails.hasRoom()) {
            if (!advance()) {
                return false;
            }
            if (!isRemoval()) {
                fillPlain(tails);
            }
        }
        return true;
    }

    @Override
    public <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader, boolean isOnFirst) {
        if (pages.isEmpty()) {
            boolean isWhole = isOnFirst || !isStarted;
            pages = Optional.of(new PageRun(segment, scan, reader, isWhole));
        }
        return pages.get().next(reader.type(), () -> EntryCursor.super.page(reader, isOnFirst));
    }

    /** Adds the current key, and others up to where there is more to look at. */
    private void fillPlain(KeyTails tails) {
        try {
            block.fill(tails, scan.sequence(), isLastBlock ? smallerAt + 1 : 1);
        } catch (IndexOutOfBoundsException malformed) {
            throw segment.malformed(number, malformed);
        }
        isSmaller = isLastBlock;
    }

    /** A key that shares with a smaller one what made that smaller need not be compared. */
    private boolean isAtEnd() {
        if (isSmaller) {
            return false;
        }
        byte[] end = scan.to();
        if (block.compareKey(end) >= 0) {
            return true;
        }
        isSmaller = true;
        smallerAt = block.mismatch(end);
        return false;
    }

    private boolean step() {
        boolean hasMore = move();
        isSmaller &= hasMore && block.sharedLength() > smallerAt;
        return hasMore;
    }

    private boolean move() {
        if (!isStarted) {
            isStarted = true;
            number = segment.index().blockFor(scan.from());
            return number < segment.blockCount() && open().seek(scan.from());
        }
        if (block.advance()) {
            isHandedOn &= block.isRepeated();
            return true;
        }
        byte[] last = segment.index().lastKey(number);
        number++;
        skipOlderVersions(last);
        boolean hasMore = number < segment.blockCount() && openNext().advance();
        isHandedOn &= hasMore && block.isKey(last);
        return hasMore;
    }

    /** Passes by the blocks that hold nothing but older versions of a key that was handed on. */
    private void skipOlderVersions(byte[] last) {
        while (isHandedOn
                && number < segment.blockCount()
                && Arrays.equals(segment.index().lastKey(number), last)) {
            number++;
        }
    }

    /** Opens the next block; after some that were walked to their ends, most of it will be read. */
    private BlockCursor openNext() {
        open();
        walked++;
        if (walked >= LONG_WALK) {
            block.approach();
        }
        return block;
    }

    private BlockCursor open() {
        block = new BlockCursor(segment.block(number));
        isLastBlock = scan.isAfter(segment.index().lastKey(number));
        return block;
    }

    @Override
    public byte[] key() {
        if (key.isEmpty()) {
            key = Optional.of(block.copyKey());
        }
        return key.get();
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
