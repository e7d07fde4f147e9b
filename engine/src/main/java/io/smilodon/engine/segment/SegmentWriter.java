package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.KeyCopy;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes a segment from entries in order: keys ascending, versions of a key descending.
 *
 * <pre>
 * segment := {@link FileHeader} | data block* | index block | filter block | {@link SegmentFooter}
 * </pre>
 *
 * Blocks stand as {@link BlockCodec} stores them, data blocks numbered from 0; what is in them is
 * described by {@link BlockBuilder}, {@link BlockIndex} and {@link BloomFilter}. Not thread-safe.
 */
public final class SegmentWriter {

    /** Size at which a data block ends; a large value makes one block larger. */
    static final int BLOCK_BYTES = 16 << 10;

    /** The numbers by which the checksums of the blocks behind the data know them. */
    static final int INDEX_BLOCK = -1;

    static final int FILTER_BLOCK = -2;

    static final int BUFFER_BYTES = 256 << 10;

    private final StorageFile file;
    private final FileHeader header;
    private final Packing packing;
    private final BlockCodec codec;
    private final MessageDigest digest = sha256();
    private final ByteWriter buffer = new ByteWriter(BUFFER_BYTES + 2 * BLOCK_BYTES);
    private final BlockBuilder block = new BlockBuilder();
    private final BlockIndex.Builder index = new BlockIndex.Builder();
    private final ByteSpan key = new ByteSpan();
    private final BloomFilter.Builder filter;
    private long entries;
    private long minSequence = Long.MAX_VALUE;
    private long maxSequence;
    private long flushed;

    /**
     * @param packing how blocks are compressed
     * @param filter gathers the keys
     */
    public SegmentWriter(
            StorageFile file, FileHeader header, Packing packing, BloomFilter.Builder filter) {
        this.file = file;
        this.filter = filter;
        this.packing = packing;
        this.header = header;
        this.codec = new BlockCodec(header);
        byte[] start = header.encode();
        buffer.raw(start);
        digest.update(start);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has it", impossible);
        }
    }

    /**
     * Adds the entry that a cursor is at.
     *
     * @param known with how many bytes its key begins as the last one does, if there is one
     */
    public void add(EntryCursor entry, int known) throws IOException {
        entry.key(key);
        KeyCopy before = block.lastKey();
        int common = entries == 0 ? 0 : known;
        boolean isSame = entries > 0 && isLastKey(key, common);
        if (entries == 0) {
            index.first(key.copy());
        } else if (!isSame && !before.isBefore(key, common)) {
            throw new AssertionError("keys out of order");
        }
        if (!isSame) {
            filter.add(key);
        }
        block.add(entry, key, common);
        entries++;
        long sequence = entry.sequence();
        minSequence = Math.min(minSequence, sequence);
        maxSequence = Math.max(maxSequence, sequence);
        if (block.size() >= BLOCK_BYTES) {
            endBlock();
        }
    }

    /** Whether a key is the last one, with which it begins so far in common. */
    public boolean isLastKey(ByteSpan key, int common) {
        return common == key.length() && common == block.lastKey().length();
    }

    private void endBlock() throws IOException {
        ByteWriter content = block.finish();
        int stored = write(index.count(), content.buffer(), content.size());
        index.add(block.lastKey().toBytes(), stored);
        block.clear();
    }

    private int write(int blockNumber, byte[] content, int length) throws IOException {
        int stored =
                codec.store(
                        blockNumber, new BlockCodec.Content(content, 0, length), packing, buffer);
        digest.update(buffer.buffer(), buffer.size() - Integer.BYTES, Integer.BYTES);
        if (buffer.size() >= BUFFER_BYTES) {
            flush();
        }
        return stored;
    }

    private void flush() throws IOException {
        writeBuffer();
        Failpoint.hit("segment.bufferWritten");
    }

    private void writeBuffer() throws IOException {
        file.writeFully(ByteBuffer.wrap(buffer.buffer(), 0, buffer.size()), flushed);
        flushed += buffer.size();
        buffer.clear();
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    /** The size of the finished blocks. */
    public long bytes() {
        return flushed + buffer.size();
    }

    /** Writes what is left and makes the file durable; its name is not yet. */
    public SegmentFile finish() throws IOException {
        if (!block.isEmpty()) {
            endBlock();
        }
        long indexStart = flushed + buffer.size();
        byte[] indexContent = index.encode();
        int indexLength = write(INDEX_BLOCK, indexContent, indexContent.length);
        long filterStart = flushed + buffer.size();
        byte[] filterContent = filter.build().encode();
        int filterLength = write(FILTER_BLOCK, filterContent, filterContent.length);
        flush();
        byte[] footer =
                new SegmentFooter(
                                entries,
                                minSequence,
                                maxSequence,
                                indexStart,
                                indexLength,
                                filterStart,
                                filterLength,
                                digest.digest())
                        .encode();
        buffer.raw(footer);
        Failpoint.hit("segment.beforeFooter");
        writeBuffer();
        Failpoint.hit("segment.footerWritten");
        file.sync();
        Failpoint.hit("segment.synced");
        return new SegmentFile(
                header.fileNumber(),
                header.salt(),
                flushed,
                Checksum.of(footer),
                minSequence,
                maxSequence);
    }
}
