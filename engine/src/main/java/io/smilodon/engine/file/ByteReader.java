package io.smilodon.engine.file;

import java.util.Arrays;

/**
 * Takes the bytes of a record apart. Every read is checked: running over the end or a malformed
 * number is a {@link MalformedBytesException}, never an allocation. Not thread-safe.
 */
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    public int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    public int u32() {
        need(4);
        int value = 0;
        for (int count = 0; count < 4; count++) {
            value = value << 8 | bytes[position++] & 0xff;
        }
        return value;
    }

    public long u64() {
        return (long) u32() << 32 | u32() & 0xffffffffL;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedBytesException("varint too long");
    }

    /** A number that counts something within these bytes. */
    public int length() {
        long value = varint();
        if (value < 0 || value > end - position) {
            throw new MalformedBytesException("length " + value + " beyond the end");
        }
        return (int) value;
    }

    public byte[] raw(int length) {
        need(length);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return taken;
    }

    public byte[] sized() {
        return raw(length());
    }

    public int position() {
        return position;
    }

    public boolean hasMore() {
        return position < end;
    }

    private void need(int count) {
        if (count < 0 || end - position < count) {
            throw new MalformedBytesException("ends early");
        }
    }
}
