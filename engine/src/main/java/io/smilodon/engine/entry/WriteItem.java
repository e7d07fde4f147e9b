package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a write stands among others: in a batch of the log, and where a memtable keeps it, see {@link
 * WriteItems}.
 *
 * <pre>
 * item := 1 u8 | keyLength varint | key | valueLength varint | value        (put)
 *       | 2 u8 | keyLength varint | key                                     (removal)
 * </pre>
 *
 * Whoever reads one knows that it is whole. Pure functions.
 */
public final class WriteItem {

    /** What begins an item. */
    public static final int PUT = 1;

    /** What begins the item of a removal. */
    public static final int REMOVAL = 2;

    private WriteItem() {}

    static void append(Write write, ByteWriter target) {
        if (write.value().isPresent()) {
            target.u8(PUT).sized(write.key()).sized(write.value().get());
        } else {
            target.u8(REMOVAL).sized(write.key());
        }
    }

    /** How many bytes the item of a write takes. */
    static long bytes(Write write) {
        return 1 + write.sizedBytes();
    }

    /** The place behind an item. */
    static int end(byte[] bytes, int item) {
        int keyEnd = keyEnd(bytes, item);
        return isRemoval(bytes, item)
                ? keyEnd
                : behindLength(bytes, keyEnd) + length(bytes, keyEnd);
    }

    static boolean isRemoval(byte[] bytes, int item) {
        return bytes[item] == REMOVAL;
    }

    static int keyLength(byte[] bytes, int item) {
        return length(bytes, item + 1);
    }

    static int keyStart(byte[] bytes, int item) {
        return behindLength(bytes, item + 1);
    }

    static int keyEnd(byte[] bytes, int item) {
        return keyStart(bytes, item) + keyLength(bytes, item);
    }

    /** Points a span at the value, which follows a key that ends there. */
    static void value(byte[] bytes, int keyEnd, ByteSpan span) {
        span.set(bytes, behindLength(bytes, keyEnd), length(bytes, keyEnd));
    }

    static Write write(byte[] bytes, int item) {
        byte[] key = Arrays.copyOfRange(bytes, keyStart(bytes, item), keyEnd(bytes, item));
        if (isRemoval(bytes, item)) {
            return new Write(key, Optional.empty());
        }
        ByteSpan value = new ByteSpan();
        value(bytes, keyEnd(bytes, item), value);
        return new Write(key, Optional.of(value.copy()));
    }

    private static int behindLength(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] < 0) {
            end++;
        }
        return end + 1;
    }

    private static int length(byte[] bytes, int at) {
        int next = at;
        int length = bytes[next] & 0x7f;
        for (int shift = 7; bytes[next] < 0; shift += 7) {
            next++;
            length |= (bytes[next] & 0x7f) << shift;
        }
        return length;
    }
}
