package io.smilodon.engine.codec;

import io.smilodon.engine.value.Decimal128;

/**
 * Notes what a key does not say of its values. The numbers, strings and symbols of a key are
 * counted in the order in which they are encoded; each that differs from what its bytes denote by
 * themselves has an entry.
 *
 * <pre>
 * typeBits := entry*
 * entry    := gap u5 | kind u3, (varint if gap is 31), (high u64 | low u64 if kind is DECIMAL)
 * </pre>
 *
 * The gap is the count of values without entry before this one; from 31 on, the rest follows, low
 * seven bits first. Bytes alone denote: an int32 where the number fits, else an int64 where it
 * fits, else a double where it is one, else a decimal128 of least digits; a string.
 *
 * <p>Not thread-safe.
 */
final class TypeBitsWriter {

    static final int INT64 = 1;
    static final int DOUBLE = 2;
    static final int NEGATIVE_ZERO = 3;
    static final int DECIMAL = 4;
    static final int SYMBOL = 5;

    static final int KIND_BITS = 3;
    static final int GAP_MAX = 31;

    private static final byte[] NOTHING = {};

    private ByteSink entries;
    private int gap;

    /** The next value is what its bytes denote. */
    void plain() {
        gap++;
    }

    /** The next value is of this kind. */
    void kind(int kind) {
        if (entries == null) {
            entries = new ByteSink(16);
        }
        entries.putByte(Math.min(gap, GAP_MAX) << KIND_BITS | kind);
        if (gap >= GAP_MAX) {
            putVarint(gap - GAP_MAX);
        }
        gap = 0;
    }

    void decimal(Decimal128 number) {
        kind(DECIMAL);
        entries.putLong(number.high());
        entries.putLong(number.low());
    }

    private void putVarint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            entries.putByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        entries.putByte(rest);
    }

    void clear() {
        entries = null;
        gap = 0;
    }

    byte[] toBytes() {
        return entries == null ? NOTHING : entries.toBytes();
    }
}
