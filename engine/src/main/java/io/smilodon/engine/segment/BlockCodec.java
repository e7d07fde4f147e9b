package io.smilodon.engine.segment;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.MalformedBytesException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * How a block stands in its file.
 *
 * <pre>
 * stored := compression u8 (0 none, 1 LZ4) | contentLength u32 | bytes u8[…] | crc u32
 * crc    := CRC-32C of databaseId u64 | fileNumber u64 | salt u64 | blockNumber u32, then all above
 * </pre>
 *
 * The checksum starts with where the block belongs, so that a block in the wrong place is seen.
 * Thread-safe.
 */
final class BlockCodec {

    /** Bytes that a stored block has besides its content. */
    static final int OVERHEAD_BYTES = 9;

    private static final int NONE = 0;
    private static final int LZ4 = 1;
    private static final int LZ4_RATIO_MAX = 255;

    /** So many blocks are expanded before the native library is worth its loading. */
    private static final int EXPANDED_IN_JAVA = 128;

    private static final AtomicInteger EXPANDED = new AtomicInteger();

    private final FileHeader file;

    /**
     * The native library: thrice as fast as {@link Lz4Decoder}, but it is unpacked and loaded
     * first, in the time of a thousand blocks, which a short-lived program never reads.
     */
    private static final class Native {

        static final LZ4SafeDecompressor DECOMPRESSOR =
                LZ4Factory.fastestInstance().safeDecompressor();
    }

    BlockCodec(FileHeader file) {
        this.file = file;
    }

    /**
     * Writes the stored form; compressed if that is wanted and saves an eighth.
     *
     * @return its length
     */
    int store(int blockNumber, Content content, Packing packing, ByteWriter target) {
        int length = content.end() - content.start();
        int start = target.size();
        target.u8(NONE).u32(length);
        int packedLength = Lz4Encoder.pack(content, packing, target);
        if (packedLength < length - length / 8) {
            target.buffer()[start] = LZ4;
            target.wrote(packedLength);
        } else {
            target.raw(content.bytes(), content.start(), length);
        }
        target.u32(checksum(blockNumber, target.buffer(), start, target.size() - start));
        return target.size() - start;
    }

    /**
     * Where the content of a block lies, or what is stored of it.
     *
     * @param bytes nobody may change them meanwhile
     * @param start of it in them
     * @param end of it in them
     */
    record Content(byte[] bytes, int start, int end) {

        /** The content in an array of its own. */
        byte[] alone() {
            boolean isAlone = start == 0 && end == bytes.length;
            return isAlone ? bytes : Arrays.copyOfRange(bytes, start, end);
        }
    }

    /**
     * The content of a stored block, in an array of its own.
     *
     * @throws MalformedBytesException if it is damaged or belongs elsewhere
     */
    byte[] load(int blockNumber, byte[] stored) {
        return open(blockNumber, stored).alone();
    }

    /**
     * The content of a stored block: where it stands, unless it is compressed.
     *
     * @throws MalformedBytesException if it is damaged or belongs elsewhere
     */
    Content open(int blockNumber, byte[] stored) {
        return open(blockNumber, new Content(stored, 0, stored.length), byte[]::new);
    }

    /**
     * The same of what is stored somewhere.
     *
     * @param room gives at least so many bytes, to which the content is expanded
     */
    Content open(int blockNumber, Content stored, IntFunction<byte[]> room) {
        byte[] from = stored.bytes();
        int start = stored.start();
        int end = stored.end() - Integer.BYTES;
        if (end - start < OVERHEAD_BYTES - Integer.BYTES
                || new ByteReader(from, end, Integer.BYTES).u32()
                        != checksum(blockNumber, from, start, end - start)) {
            throw new MalformedBytesException("a block whose checksum is wrong");
        }
        ByteReader reader = new ByteReader(from, start, end - start);
        int compression = reader.u8();
        int length = reader.u32();
        int bytes = end - reader.position();
        return switch (compression) {
            case NONE -> {
                if (length != bytes) {
                    throw new MalformedBytesException("a block of " + bytes + ", not " + length);
                }
                yield new Content(from, reader.position(), end);
            }
            case LZ4 -> {
                Content packed = new Content(from, reader.position(), end);
                yield new Content(unpacked(packed, length, room), 0, length);
            }
            default -> throw new MalformedBytesException("compression " + compression);
        };
    }

    private static byte[] unpacked(Content packed, int length, IntFunction<byte[]> room) {
        int bytes = packed.end() - packed.start();
        if (length < 0 || length > (long) LZ4_RATIO_MAX * bytes) {
            throw new MalformedBytesException("a block of " + length + " from " + bytes);
        }
        if (EXPANDED.get() < EXPANDED_IN_JAVA) {
            EXPANDED.incrementAndGet();
            byte[] content = new byte[length];
            Lz4Decoder.expand(packed.bytes(), packed.start(), packed.end(), content);
            return content;
        }
        byte[] content = room.apply(length);
        try {
            int expanded =
                    Native.DECOMPRESSOR.decompress(
                            packed.bytes(), packed.start(), bytes, content, 0, length);
            if (expanded == length) {
                return content;
            }
        } catch (LZ4Exception malformed) {
            throw new MalformedBytesException("LZ4: " + malformed.getMessage());
        }
        throw new MalformedBytesException("a block shorter than " + length);
    }

    /** How long the block is that begins these bytes, if there is one of this number. */
    OptionalInt storedLength(int blockNumber, byte[] bytes) {
        CRC32C crc = startChecksum(blockNumber);
        for (int end = 0; end + Integer.BYTES <= bytes.length; end++) {
            if (end >= OVERHEAD_BYTES - Integer.BYTES
                    && new ByteReader(bytes, end, 4).u32() == (int) crc.getValue()) {
                return OptionalInt.of(end + Integer.BYTES);
            }
            crc.update(bytes[end]);
        }
        return OptionalInt.empty();
    }

    private int checksum(int blockNumber, byte[] bytes, int start, int length) {
        CRC32C crc = startChecksum(blockNumber);
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    private CRC32C startChecksum(int blockNumber) {
        ByteBuffer place = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES);
        place.putLong(file.databaseId()).putLong(file.fileNumber()).putLong(file.salt());
        place.putInt(blockNumber);
        CRC32C crc = new CRC32C();
        crc.update(place.array(), 0, place.position());
        return crc;
    }
}
