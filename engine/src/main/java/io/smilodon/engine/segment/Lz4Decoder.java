package io.smilodon.engine.segment;

import io.smilodon.engine.file.MalformedBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Expands a block of LZ4 (Yann Collet, "LZ4 Block Format Description",
 * lz4/doc/lz4_Block_format.md).
 *
 * <pre>
 * block    := sequence* lastSequence
 * sequence := token u8 | more* | literals u8[…] | offset u16 | more*        (little-endian)
 * last     := token u8 | more* | literals u8[…]
 * token    := literals u4 | match length - 4 u4; 15 goes on with bytes that add up, until one is
 *             less than 255
 * </pre>
 *
 * A match repeats what stands {@code offset} bytes before, and may reach into itself. In Java, so
 * that opening a database need not unpack and load a native library. Not thread-safe.
 */
final class Lz4Decoder {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MATCH_MIN = 4;
    private static final int NIBBLE_MAX = 15;
    private static final int WORD = Long.BYTES;

    private final byte[] packed;
    private final int packedEnd;
    private final byte[] plain;
    private int from;
    private int to;

    private Lz4Decoder(byte[] packed, int start, int end, byte[] plain) {
        this.packed = packed;
        this.packedEnd = end;
        this.plain = plain;
        this.from = start;
    }

    /**
     * Fills an array with what a block expands to.
     *
     * @throws MalformedBytesException if that is not exactly as long, or no block
     */
    static void expand(byte[] packed, int start, int end, byte[] plain) {
        try {
            new Lz4Decoder(packed, start, end, plain).run();
        } catch (IndexOutOfBoundsException outside) {
            throw new MalformedBytesException("LZ4: " + outside.getMessage());
        }
    }

    private void run() {
        while (true) {
            int token = packed[from++] & 0xFF;
            copyLiterals(length(token >>> 4));
            if (from >= packedEnd) {
                requireWhole();
                return;
            }
            int offset = (packed[from] & 0xFF) | (packed[from + 1] & 0xFF) << 8;
            from += Short.BYTES;
            int match = length(token & NIBBLE_MAX) + MATCH_MIN;
            if (offset == 0 || match < MATCH_MIN) {
                throw new MalformedBytesException("LZ4: a match of nothing");
            }
            repeat(offset, match);
        }
    }

    private void requireWhole() {
        if (from != packedEnd || to != plain.length) {
            throw new MalformedBytesException("LZ4: " + to + " bytes, not " + plain.length);
        }
    }

    private int length(int nibble) {
        int length = nibble;
        if (nibble == NIBBLE_MAX) {
            int more;
            do {
                more = packed[from++] & 0xFF;
                length += more;
            } while (more == 0xFF);
            if (length < 0) {
                throw new MalformedBytesException("LZ4: an endless length");
            }
        }
        return length;
    }

    /** Short runs go by words, of which the last may write what is overwritten next. */
    private void copyLiterals(int length) {
        if (length <= 2 * WORD && from + 2 * WORD <= packedEnd && to + 2 * WORD <= plain.length) {
            LONGS.set(plain, to, (long) LONGS.get(packed, from));
            LONGS.set(plain, to + WORD, (long) LONGS.get(packed, from + WORD));
        } else {
            System.arraycopy(packed, from, plain, to, length);
        }
        from += length;
        to += length;
    }

    private void repeat(int offset, int length) {
        int source = to - offset;
        int end = to + length;
        if (offset >= WORD && end <= plain.length - WORD) {
            for (int at = to; at < end; at += WORD, source += WORD) {
                LONGS.set(plain, at, (long) LONGS.get(plain, source));
            }
        } else if (offset >= length) {
            System.arraycopy(plain, source, plain, to, length);
        } else {
            for (int at = to; at < end; at++, source++) {
                plain[at] = plain[source];
            }
        }
        to = end;
    }
}
