package io.smilodon.engine.file;

import java.util.Arrays;

/** Builds the bytes of a record; numbers big-endian, varints LEB128. Not thread-safe. */
public final class ByteWriter {

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public ByteWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public ByteWriter u32(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public ByteWriter u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    public ByteWriter varint(long value) {
        if (value >>> 7 == 0) { // as most are
            return u8((int) value);
        }
        room(varintBytes(value));
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public ByteWriter raw(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    public ByteWriter raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** How many bytes {@link #varint} writes. */
    public static int varintBytes(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /** Bytes with their length in front. */
    public ByteWriter sized(byte[] source) {
        return varint(source.length).raw(source);
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /**
     * What has been written, uncopied: valid up to {@link #size} until the next write. Behind it is
     * the room that {@link #reserve} made.
     */
    public byte[] buffer() {
        return bytes;
    }

    /** What has been written; of an exact capacity the array itself: write no more then. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Makes room for bytes that are written straight into the {@link #buffer}. */
    public ByteWriter reserve(int more) {
        room(more);
        return this;
    }

    /** Takes bytes into the account that stand in the buffer behind {@link #size}. */
    public ByteWriter wrote(int count) {
        size += count;
        return this;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
