package io.smilodon.engine.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a key as a number, which tells most keys apart without going where the key lies:
 * where the heads of two keys differ, their unsigned order is that of the keys. Stateless.
 */
public final class KeyHead {

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyHead() {}

    /** Eight bytes from there on, as an unsigned number; zeroes behind the end. */
    public static long of(byte[] key, int from) {
        return of(key, from, key.length);
    }

    /** As {@link #of(byte[], int)}, of a key that ends there, among other bytes. */
    public static long of(byte[] bytes, int from, int end) {
        if (end - from >= Long.BYTES) {
            return (long) LONG_AT.get(bytes, from);
        }
        if (end <= from) {
            return 0;
        }
        if (end >= Long.BYTES) { // what is before it is shifted out
            long before = (long) LONG_AT.get(bytes, end - Long.BYTES);
            return before << Byte.SIZE * (from + Long.BYTES - end);
        }
        long head = 0;
        for (int index = from; index < from + Long.BYTES; index++) {
            head = head << Byte.SIZE | (index < end ? bytes[index] & 0xff : 0);
        }
        return head;
    }

    /**
     * The first of ascending heads that is not smaller; their number if there is none. Which half
     * to go on in is computed, not guessed: guesses would be wrong every other time.
     */
    public static int firstNotSmaller(long[] heads, long head) {
        int low = 0;
        for (int length = heads.length; length > 1; ) {
            int half = length >>> 1;
            low += Long.compareUnsigned(heads[low + half - 1], head) < 0 ? half : 0;
            length -= half;
        }
        boolean isBehind = heads.length > 0 && Long.compareUnsigned(heads[low], head) < 0;
        return isBehind ? low + 1 : low;
    }

    /** Writes the eight bytes from there on; there must be room for them. */
    public static void put(long head, byte[] key, int from) {
        LONG_AT.set(key, from, head);
    }
}
