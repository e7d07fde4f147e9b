package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyCopy;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;

/** A compressed segment that is written entry by entry; every other kind of keys is scanned. */
final class TightSegment {

    private final SegmentWriter writer;
    private final KeyCopy last = new KeyCopy();

    TightSegment(StorageFile file, FileHeader header) {
        this.writer =
                new SegmentWriter(
                        file,
                        header,
                        Packing.TIGHT,
                        new BloomFilter.Builder(10, TightSegment::isScanned));
    }

    private static boolean isScanned(long kind) {
        return Long.bitCount(kind) % 2 == 1;
    }

    /** Adds what stands behind all that was added before. */
    void add(WrittenEntry entry) throws IOException {
        ByteSpan key = new ByteSpan();
        key.set(entry.key());
        int common = last.common(key);
        writer.add(entry, common);
        last.set(key, common);
    }

    SegmentFile finish() throws IOException {
        return writer.finish();
    }
}
