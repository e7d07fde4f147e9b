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
        long head = 0;
        for (int index = from; index < from + Long.BYTES; index++) {
            head = head << Byte.SIZE | (index < end ? bytes[index] & 0xff : 0);
        }
        return head;
    }

    /** Writes the eight bytes from there on; there must be room for them. */
    public static void put(long head, byte[] key, int from) {
        LONG_AT.set(key, from, head);
    }
}
