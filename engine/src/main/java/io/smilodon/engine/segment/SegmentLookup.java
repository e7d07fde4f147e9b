package io.smilodon.engine.segment;

import io.smilodon.engine.entry.Entry;
import java.util.List;
import java.util.Optional;

/**
 * One of several keys that are looked for in segments. A lookup goes from object to object, and
 * waits for memory at each; so all of them go one step before any goes the next, and wait at the
 * same time. Blocks that are not in memory are read when their key is asked for. Not thread-safe.
 */
public final class SegmentLookup {

    private static final int LINE_BYTES = 64;

    /** Of an entry; what is behind them comes by itself. */
    private static final int LINES_MAX = 12;

    private final Segment segment;
    private final byte[] key;
    private final long hash;
    private final SegmentTables tables;
    private final int number;
    private Block block;
    private BlockKeys keys;

    /** Kept only because what nobody uses would not be read. */
    private int read;

    /**
     * @param hash {@link BloomFilter#hash} of the key
     */
    public SegmentLookup(Segment segment, byte[] key, long hash) {
        this.segment = segment;
        this.key = key;
        this.hash = hash;
        this.tables = segment.tables();
        this.number = tables.index().blockFor(key);
    }

    /** Brings what they are about to read near the processor, as far as it is in memory. */
    public static void approach(List<SegmentLookup> lookups) {
        for (SegmentLookup lookup : lookups) {
            lookup.read = lookup.tables.filter().touch(lookup.hash);
            lookup.block = lookup.isBehindAll() ? null : lookup.tables.blocks().get(lookup.number);
        }
        for (SegmentLookup lookup : lookups) {
            lookup.read += lookup.block == null ? 0 : lookup.block.start();
        }
        for (SegmentLookup lookup : lookups) {
            lookup.keys = lookup.block == null ? null : lookup.block.knownKeys();
        }
        for (SegmentLookup lookup : lookups) {
            lookup.read += lookup.keys == null ? 0 : lookup.keys.touch();
        }
        for (SegmentLookup lookup : lookups) {
            lookup.touchEntry();
        }
    }

    private boolean isBehindAll() {
        return number == segment.blockCount();
    }

    private void touchEntry() {
        if (keys != null) {
            int index = keys.indexFor(key);
            int from = keys.place(index);
            int end = Math.min(keys.place(index + 1), from + LINES_MAX * LINE_BYTES);
            byte[] content = block.content();
            for (int place = from; place < end; place += LINE_BYTES) {
                read += content[place];
            }
        }
        block = null; // it may leave the cache
        keys = null;
    }

    /** The newest version of the key up to this sequence. */
    public Optional<Entry> find(long sequence) {
        return !isBehindAll() && tables.filter().mightContain(hash)
                ? segment.find(key, sequence, tables, number)
                : Optional.empty();
    }
}
