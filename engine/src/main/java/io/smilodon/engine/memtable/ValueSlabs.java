package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Write;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one memtable lie: copied one behind the other into large arrays, because a
 * collector that copies what is alive has less to do with a few of those than with many small ones.
 * Versions of a {@link SortedRun} lie there whole:
 *
 * <pre>
 * version := sequence u64 | keyLength u32 | valueLength u32 (-1: a removal) | key | value
 * place   := number of the array, start in it u32
 * </pre>
 *
 * <p>One thread adds; who has learnt of a commit may read its values.
 */
final class ValueSlabs {

    /** What stands before the key of a whole version. */
    static final int HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** A value larger than this keeps an array of its own. */
    private static final int SHARED_BYTES_MAX = SlabPool.SLAB_BYTES / 16;

    /** What is written over what nobody should look at any more, where assertions are on. */
    private static final byte GONE = (byte) 0xdb;

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_AT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final SlabPool pool;
    private final List<byte[]> slabs = new ArrayList<>();
    private byte[] slab = {};
    private int used;

    ValueSlabs(SlabPool pool) {
        this.pool = pool;
    }

    /** Adds a version with this value. */
    Version version(long sequence, byte[] value, Version older) {
        if (value.length > SHARED_BYTES_MAX) {
            return new Version(sequence, value, 0, value.length, older);
        }
        int start = reserve(value.length);
        System.arraycopy(value, 0, slab, start, value.length);
        return new Version(sequence, slab, start, value.length, older);
    }

    /** Makes room in the last of the arrays. */
    private int reserve(int bytes) {
        if (slab.length - used < bytes) {
            slab = bytes > SlabPool.SLAB_BYTES ? new byte[bytes] : pool.take();
            slabs.add(slab);
            used = 0;
        }
        used += bytes;
        return used - bytes;
    }

    /** Adds a whole version; its place. */
    long place(Write write, long sequence) {
        byte[] key = write.key();
        int valueBytes = write.value().map(value -> value.length).orElse(0);
        int start = reserve(HEADER_BYTES + key.length + valueBytes);
        LONG_AT.set(slab, start, sequence);
        INT_AT.set(slab, start + Long.BYTES, key.length);
        int length = write.value().isPresent() ? valueBytes : -1;
        INT_AT.set(slab, start + Long.BYTES + Integer.BYTES, length);
        System.arraycopy(key, 0, slab, start + HEADER_BYTES, key.length);
        if (valueBytes > 0) {
            int to = start + HEADER_BYTES + key.length;
            System.arraycopy(write.value().get(), 0, slab, to, valueBytes);
        }
        return (long) (slabs.size() - 1) << Integer.SIZE | start;
    }

    /** The arrays by number. */
    byte[][] slabs() {
        return slabs.toArray(new byte[0][]);
    }

    static int slabNumber(long place) {
        return (int) (place >>> Integer.SIZE);
    }

    static int start(long place) {
        return (int) place;
    }

    static long sequence(byte[] slab, int start) {
        return (long) LONG_AT.get(slab, start);
    }

    static int keyLength(byte[] slab, int start) {
        return (int) INT_AT.get(slab, start + Long.BYTES);
    }

    static int valueLength(byte[] slab, int start) {
        return (int) INT_AT.get(slab, start + Long.BYTES + Integer.BYTES);
    }

    /** Lets others use the arrays; nobody may read a value any more. */
    void release() {
        assert spoil();
        slabs.removeIf(large -> large.length > SlabPool.SLAB_BYTES);
        pool.giveBack(slabs);
        slabs.clear();
        slab = new byte[0];
        used = 0;
    }

    private boolean spoil() {
        slabs.forEach(gone -> Arrays.fill(gone, GONE));
        return true;
    }
}
