package io.smilodon.engine.segment;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.MalformedBytesException;

/**
 * The last {@value #BYTES} bytes of a segment.
 *
 * <pre>
 * footer := entries u64 | minSequence u64 | maxSequence u64
 *         | indexStart u64 | indexLength u32 | filterStart u64 | filterLength u32
 *         | digest u8[32] (SHA-256 of header and checksums of blocks) | crc u32
 * </pre>
 *
 * @param digest not copied: nobody may change it
 */
record SegmentFooter(
        long entries,
        long minSequence,
        long maxSequence,
        long indexStart,
        int indexLength,
        long filterStart,
        int filterLength,
        byte[] digest) {

    static final int BYTES = 84;
    static final int DIGEST_BYTES = 32;

    byte[] encode() {
        ByteWriter writer = new ByteWriter(BYTES);
        writer.u64(entries).u64(minSequence).u64(maxSequence);
        writer.u64(indexStart).u32(indexLength).u64(filterStart).u32(filterLength);
        writer.raw(digest).u32(Checksum.of(writer.buffer(), 0, writer.size()));
        return writer.toBytes();
    }

    static SegmentFooter decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        SegmentFooter footer =
                new SegmentFooter(
                        reader.u64(),
                        reader.u64(),
                        reader.u64(),
                        reader.u64(),
                        reader.u32(),
                        reader.u64(),
                        reader.u32(),
                        reader.raw(DIGEST_BYTES));
        if (reader.u32() != Checksum.of(bytes, 0, BYTES - Integer.BYTES)) {
            throw new MalformedBytesException("a footer whose checksum is wrong");
        }
        return footer;
    }
}
