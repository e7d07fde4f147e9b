package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import java.util.Arrays;
import java.util.List;

/**
 * What a kind of reader makes of all keys that a segment has in a range, as their newest versions
 * are. Immutable, but for what the cache knows of it.
 */
final class KeptPages extends BlockCache.Cached<KeptPages> {

    /**
     * What it takes besides its pages and the ends of the range: itself and three arrays' heads.
     */
    private static final int OBJECT_BYTES = 160;

    private final byte[] from;
    private final byte[] to;
    private final Class<? extends KeyPage> type;
    private final int beginning;
    private final List<KeyPage> pages;
    private final long bytes;

    KeptPages(EntryScan scan, KeyPageReader<?> reader, List<KeyPage> pages) {
        this.from = scan.from();
        this.to = scan.to();
        this.type = reader.type();
        this.beginning = reader.beginning();
        this.pages = List.copyOf(pages);
        this.bytes =
                OBJECT_BYTES
                        + from.length
                        + to.length
                        + pages.stream().mapToLong(KeptPages::bytes).sum();
    }

    /** What a page takes, with its place among others. */
    static long bytes(KeyPage page) {
        return page.memoryBytes() + Long.BYTES;
    }

    /** Whether these are the pages that the reader would make of this range. */
    boolean areOf(EntryScan scan, KeyPageReader<?> reader) {
        return Arrays.equals(from, scan.from())
                && Arrays.equals(to, scan.to())
                && type == reader.type()
                && beginning == reader.beginning();
    }

    /** By which pages of a range are looked for. */
    static int hash(EntryScan scan) {
        return (int) KeyHash.of(scan.from(), 0);
    }

    /** In the order of keys. */
    List<KeyPage> pages() {
        return pages;
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    KeptPages self() {
        return this;
    }
}
