package io.smilodon.engine.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), the checksum of every format here. Pure functions. */
public final class Checksum {

    private Checksum() {}

    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The checksum of one range of bytes followed by another; both lie in arrays. */
    public static int of(ByteBuffer first, ByteBuffer second) {
        CRC32C crc = new CRC32C();
        update(crc, first);
        update(crc, second);
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, ByteBuffer range) {
        crc.update(range.array(), range.arrayOffset() + range.position(), range.remaining());
    }

    /** The checksum of a sequence of checksums: the previous one continued by the next. */
    public static int chain(int previous, int next) {
        return of(ByteBuffer.allocate(8).putInt(previous).putInt(next).array());
    }
}
