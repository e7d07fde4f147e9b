package io.smilodon.engine.codec;

import io.smilodon.engine.value.Decimal128;
import java.nio.ByteBuffer;

/** Reads what {@link TypeBitsWriter} wrote, in step with the key's values. Not thread-safe. */
final class TypeBitsReader {

    static final int PLAIN = 0;

    private static final int VARINT_SHIFT_MAX = 28;

    private final byte[] bytes;
    private int position;
    private int gap;
    private int kind;

    TypeBitsReader(byte[] bytes) {
        this.bytes = bytes;
        readEntry();
    }

    /** The kind of the next number, string or symbol. */
    int next() {
        if (kind == PLAIN || gap > 0) {
            gap--;
            return PLAIN;
        }
        int found = kind;
        if (found != TypeBitsWriter.DECIMAL) {
            readEntry();
        }
        return found;
    }

    /** The decimal that belongs to the kind just returned. */
    Decimal128 decimal() {
        if (bytes.length - position < 2 * Long.BYTES) {
            throw Damage.of("type bits", position);
        }
        ByteBuffer words = ByteBuffer.wrap(bytes, position, 2 * Long.BYTES);
        position += 2 * Long.BYTES;
        Decimal128 number = new Decimal128(words.getLong(), words.getLong());
        readEntry();
        return number;
    }

    /** Goes over the next number, string or symbol. */
    void skip() {
        if (next() == TypeBitsWriter.DECIMAL) {
            decimal();
        }
    }

    private void readEntry() {
        if (position == bytes.length) {
            kind = PLAIN;
            return;
        }
        int head = bytes[position++] & 0xFF;
        kind = head & (1 << TypeBitsWriter.KIND_BITS) - 1;
        gap = head >> TypeBitsWriter.KIND_BITS;
        if (kind == PLAIN || kind > TypeBitsWriter.SYMBOL) {
            throw Damage.of("type bits", position);
        }
        if (gap == TypeBitsWriter.GAP_MAX) {
            gap += readVarint();
        }
    }

    private int readVarint() {
        int value = 0;
        for (int shift = 0; shift <= VARINT_SHIFT_MAX && position < bytes.length; shift += 7) {
            byte part = bytes[position++];
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                if (value < 0 || value > Integer.MAX_VALUE - TypeBitsWriter.GAP_MAX) {
                    break;
                }
                return value;
            }
        }
        throw Damage.of("type bits", position);
    }
}
