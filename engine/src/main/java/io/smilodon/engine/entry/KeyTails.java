package io.smilodon.engine.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Of keys that follow each other what stands behind a beginning of the same length, one behind the
 * other in memory: for those who read many. Not thread-safe.
 */
public final class KeyTails {

    /** How many there is room for. */
    public static final int COUNT_MAX = 256;

    /** With more there is no room for another. */
    private static final int BYTES_MAX = 1 << 14;

    private static final int BYTES_EACH = 24;

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final int[] ends = new int[COUNT_MAX];
    private byte[] bytes = {};
    private int beginning;
    private int count;
    private int size;

    /**
     * Forgets all.
     *
     * @param length of the beginnings that are left out from now on; all keys have them
     */
    public void begin(int length) {
        beginning = length;
        count = 0;
        size = 0;
    }

    /** Whether another can be added. */
    public boolean hasRoom() {
        return count < COUNT_MAX && size < BYTES_MAX;
    }

    /** Adds that of a key, while there is room. */
    public void add(ByteSpan key) {
        add(key.bytes(), key.start(), key.length());
    }

    /** Eight bytes at a time, if what lies behind the key and behind its place may be touched. */
    public void add(byte[] around, int start, int length) {
        int from = start + beginning;
        int left = length - beginning;
        int copied = left + Long.BYTES - 1 & -Long.BYTES;
        if (size + copied > bytes.length) {
            int more = Math.max(2 * bytes.length, COUNT_MAX * BYTES_EACH);
            bytes = Arrays.copyOf(bytes, Math.max(more, size + copied));
        }
        if (from + copied > around.length) {
            System.arraycopy(around, from, bytes, size, left);
        } else {
            for (int at = 0; at < left; at += Long.BYTES) {
                LONG_AT.set(bytes, size + at, (long) LONG_AT.get(around, from + at));
            }
        }
        size += left;
        ends[count++] = size;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The bytes in which they lie; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The memory that it takes. */
    public long memoryBytes() {
        return bytes.length + (long) Integer.BYTES * COUNT_MAX;
    }

    /** The place of the first byte of one. */
    public int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** The place behind the last byte of one. */
    public int end(int index) {
        return ends[index];
    }
}
