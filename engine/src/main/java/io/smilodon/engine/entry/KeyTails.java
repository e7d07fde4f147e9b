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

    /** Of a tail that is put together from the one before it. */
    private static final int SHORT_BYTES = 4 * Long.BYTES;

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] ends = new int[COUNT_MAX];
    private byte[] bytes = {};
    private int beginning;
    private int count;
    private int size;

    /** The first bytes of the last tail, the first one lowest; behind its end there is anything. */
    private long first;

    private long second;
    private long third;
    private long fourth;

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

    /** The same of a key among other bytes. */
    public void add(byte[] around, int start, int length) {
        int left = length - beginning;
        makeRoom(left + SHORT_BYTES);
        System.arraycopy(around, start + beginning, bytes, size, left);
        first = (long) LONG_AT.get(bytes, size);
        second = (long) LONG_AT.get(bytes, size + Long.BYTES);
        third = (long) LONG_AT.get(bytes, size + 2 * Long.BYTES);
        fourth = (long) LONG_AT.get(bytes, size + 3 * Long.BYTES);
        size += left;
        ends[count++] = size;
    }

    private void makeRoom(int more) {
        if (size + more > bytes.length) {
            int twice = Math.max(2 * bytes.length, COUNT_MAX * BYTES_EACH);
            bytes = Arrays.copyOf(bytes, Math.max(twice, size + more));
        }
    }

    /**
     * Adds that of a key that begins like the last one added and goes on with some bytes, if it is
     * short. It is put together without reading what was just written, which the processor would
     * wait for.
     *
     * @param shared how much of it is that of the last one
     * @param around the bytes among which the rest is; seven behind it may be touched
     * @param length of the rest, 1 or more
     * @return false if it is not so short, and nothing has been added
     */
    public boolean addAlike(int shared, byte[] around, int from, int length) {
        int kept = shared - beginning;
        int left = kept + length;
        if (kept < 0 || length > Long.BYTES || left > SHORT_BYTES) {
            return false;
        }
        makeRoom(SHORT_BYTES);
        append(kept, (long) LONG_AT.get(around, from));
        LONG_AT.set(bytes, size, first);
        LONG_AT.set(bytes, size + Long.BYTES, second);
        LONG_AT.set(bytes, size + 2 * Long.BYTES, third);
        LONG_AT.set(bytes, size + 3 * Long.BYTES, fourth);
        size += left;
        ends[count++] = size;
        return true;
    }

    /** Puts eight bytes behind so many of the last tail's, as far as there is room. */
    private void append(int kept, long rest) {
        int bit = Byte.SIZE * kept; // shifts take the lowest six bits of it
        long mask = (1L << bit) - 1;
        long low = rest << bit;
        long high = rest >>> 1 >>> ~bit;
        switch (kept >>> 3) {
            case 0 -> {
                first = first & mask | low;
                second = high;
            }
            case 1 -> {
                second = second & mask | low;
                third = high;
            }
            case 2 -> {
                third = third & mask | low;
                fourth = high;
            }
            default -> fourth = fourth & mask | low;
        }
    }

    /** Where the key of the last one ends. */
    public int lastEnd() {
        return beginning + ends[count - 1] - start(count - 1);
    }

    /** Copies the last one to where it belongs in its key. */
    public void copyLast(byte[] key) {
        int start = start(count - 1);
        System.arraycopy(bytes, start, key, beginning, size - start);
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
