package io.smilodon.engine.segment;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks into one segment, block by block. Not thread-safe. */
public final class SegmentProbe {

    private final SegmentFile file;
    private final FileHeader header;
    private final List<Long> starts = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> hashes = new ArrayList<>();

    public SegmentProbe(StorageDirectory directory, SegmentFile file, FileHeader header)
            throws IOException {
        this.file = file;
        this.header = header;
        Segment segment = open(directory);
        for (int number = 0; number < segment.index().count(); number++) {
            starts.add(segment.index().start(number));
            lengths.add(segment.index().storedLength(number));
            hashes.add(hash(segment, number));
        }
        segment.close();
    }

    private Segment open(StorageDirectory directory) throws IOException {
        SegmentContext context = new SegmentContext(header, new BlockCache(0), segment -> {});
        return Segment.open(file, directory.open(file.name()), context);
    }

    private static int hash(Segment segment, int number) {
        BlockCursor cursor = new BlockCursor(segment.read(number));
        int hash = 1;
        while (cursor.advance()) {
            Entry entry = cursor.entry();
            hash = 31 * hash + Long.hashCode(entry.sequence());
            hash = 31 * hash + entry.value().map(Arrays::hashCode).orElse(0);
        }
        return hash;
    }

    public int blocks() {
        return starts.size();
    }

    public long start(int block) {
        return starts.get(block);
    }

    public int length(int block) {
        return lengths.get(block);
    }

    /** The block with a byte; −1 if the byte is not in a data block. */
    public int blockAt(long position) {
        int block = starts.size() - 1;
        while (block >= 0 && starts.get(block) > position) {
            block--;
        }
        return block >= 0 && position < starts.get(block) + lengths.get(block) ? block : -1;
    }

    /**
     * Opens the segment and reads one block, or none where it is negative.
     *
     * @return the error that this met
     * @throws AssertionError if it met none
     */
    public SmilodonException requireDetected(StorageDirectory directory, int block)
            throws IOException {
        try {
            Segment segment = open(directory);
            if (block >= 0) {
                segment.read(block);
            }
        } catch (SmilodonException detected) {
            return detected;
        }
        throw new AssertionError("not detected, block " + block);
    }

    /** Requires that a block that is not damaged is read as it was. */
    public void requireGood(StorageDirectory directory, int block) throws IOException {
        if (hash(open(directory), block) != hashes.get(block)) {
            throw new AssertionError("another block " + block);
        }
    }
}
