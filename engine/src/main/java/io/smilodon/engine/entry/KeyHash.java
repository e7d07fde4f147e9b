package io.smilodon.engine.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes keys, eight bytes at a time with a strong last mix. With seed 0 it is part of the format
 * of segments; a table in memory takes a seed that nobody knows who chooses keys. Stateless.
 */
public final class KeyHash {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SECRET = ThreadLocalRandom.current().nextLong();

    private KeyHash() {}

    /** The hash of a key for what is in memory only: another one in each process. */
    public static long inMemory(byte[] key) {
        return of(key, 0, key.length, SECRET);
    }

    /** As {@link #inMemory(byte[])}, of a key among other bytes. */
    public static long inMemory(byte[] bytes, int from, int length) {
        return of(bytes, from, length, SECRET);
    }

    public static long of(byte[] key, long seed) {
        return of(key, 0, key.length, seed);
    }

    /** Hashes so many bytes from there on. */
    public static long of(byte[] bytes, int from, int length, long seed) {
        long hash = length * MULTIPLIER ^ seed;
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mixed(hash, (long) LONG_AT.get(bytes, at));
        }
        hash = mixed(hash, last(bytes, from, at, end));
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    /** The bytes that are left, fewer than eight, the last one highest. */
    private static long last(byte[] bytes, int from, int at, int end) {
        if (at == end) {
            return 0;
        }
        if (end - from >= Long.BYTES) {
            long behind = (long) LONG_AT.get(bytes, end - Long.BYTES);
            return behind >>> Byte.SIZE * (Long.BYTES - (end - at));
        }
        long last = 0;
        for (int index = end - 1; index >= at; index--) {
            last = last << 8 | bytes[index] & 0xff;
        }
        return last;
    }

    private static long mixed(long hash, long word) {
        long next = (hash ^ word) * 0xff51afd7ed558ccdL;
        return next ^ next >>> 29;
    }
}
