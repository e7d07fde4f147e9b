package io.smilodon.engine.entry;

import java.util.Arrays;

/**
 * Some bytes where they lie, which is often among others. They are not to be changed; a cursor that
 * moves one on points it somewhere else. Not thread-safe.
 */
public final class ByteSpan {

    private byte[] bytes = {};
    private int start;
    private int length;

    /** Points it at all of these bytes. */
    public void set(byte[] whole) {
        set(whole, 0, whole.length);
    }

    /** Points it at these. */
    public void set(byte[] around, int from, int count) {
        bytes = around;
        start = from;
        length = count;
    }

    /** The bytes in an array of their own. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** One of its bytes. */
    byte at(int index) {
        return bytes[start + index];
    }

    /** How many bytes are the same as those of another, in both from there on. */
    int mismatch(ByteSpan other, int from) {
        int end = start + length;
        int otherEnd = other.start + other.length;
        int mismatch =
                Arrays.mismatch(
                        bytes, start + from, end, other.bytes, other.start + from, otherEnd);
        return mismatch < 0 ? length - from : mismatch;
    }

    /** Eight of its bytes, see {@link KeyHead}. */
    long head(int from) {
        return KeyHead.of(bytes, start + from, start + length);
    }

    /** How its bytes sort against those of another, as unsigned numbers. */
    int compareTo(ByteSpan other) {
        return Arrays.compareUnsigned(
                bytes, start, start + length, other.bytes, other.start, other.start + other.length);
    }

    /** The bytes and what stands around them. */
    public byte[] bytes() {
        return bytes;
    }

    /** The place of the first of them. */
    public int start() {
        return start;
    }

    /** How many they are. */
    public int length() {
        return length;
    }
}
