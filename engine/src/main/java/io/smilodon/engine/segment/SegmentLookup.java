package io.smilodon.engine.segment;

import io.smilodon.engine.entry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of several keys that are looked for in segments. A lookup goes from object to object, and
 * waits for memory at each; so all of them go one step before any goes the next, and wait at the
 * same time. Those go no further whose segment's filter says that it does not have the key. Blocks
 * that are not in memory are read when their key is asked for. Not thread-safe.
 */
public final class SegmentLookup {

    private static final int LINE_BYTES = 64;

    /** Of an entry; what is behind them comes by itself. */
    private static final int LINES = 12;

    private final Segment segment;
    private final byte[] key;
    private final long hash;
    private final SegmentTables tables;
    private final int number;

    /** What the filter says, once it has been asked. */
    private boolean mayBeThere = true;

    private Block block;
    private BlockKeys keys;
    private int place;
    private int end;

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
        List<SegmentLookup> cached = new ArrayList<>(lookups.size());
        for (SegmentLookup lookup : lookups) {
            if (lookup.hasBlock()) {
                lookup.read += lookup.block.start();
                cached.add(lookup);
            }
        }
        for (SegmentLookup lookup : cached) {
            lookup.keys = lookup.block.knownKeys();
        }
        for (SegmentLookup lookup : cached) {
            lookup.read += lookup.keys == null ? 0 : lookup.keys.touch();
        }
        for (SegmentLookup lookup : cached) {
            lookup.findEntry();
        }
        for (SegmentLookup lookup : cached) {
            lookup.touchEntry();
        }
    }

    private boolean isBehindAll() {
        return number == segment.blockCount();
    }

    /** Asks the filter: whether there is a block in memory that may have the key. */
    private boolean hasBlock() {
        mayBeThere = !isBehindAll() && tables.filter().mightContain(key, hash);
        block = mayBeThere ? block : null;
        return block != null;
    }

    private void findEntry() {
        if (keys != null) {
            int index = keys.indexFor(key);
            place = keys.place(index);
            end = keys.place(index + 1);
        }
    }

    /** Always as many lines: how many there are would be guessed, and often wrong. */
    private void touchEntry() {
        byte[] content = block.content();
        int last = Math.max(end - 1, 0);
        int sum = 0;
        for (int line = 0; line < LINES; line++) {
            sum += content[Math.min(place + line * LINE_BYTES, last)];
        }
        read += sum;
        block = null; // it may leave the cache
        keys = null;
    }

    /** The newest version of the key up to this sequence. */
    public Optional<Entry> find(long sequence) {
        return mayBeThere ? segment.find(key, sequence, tables, number) : Optional.empty();
    }
}
