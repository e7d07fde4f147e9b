package io.smilodon.engine.memtable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one memtable lie: copied one behind the other into large arrays, because a
 * collector that copies what is alive has less to do with a few of those than with many small ones.
 *
 * <p>One thread adds; who has learnt of a commit may read its values.
 */
final class ValueSlabs {

    /** A value larger than this keeps an array of its own. */
    private static final int SHARED_BYTES_MAX = SlabPool.SLAB_BYTES / 16;

    /** What is written over what nobody should look at any more, where assertions are on. */
    private static final byte GONE = (byte) 0xdb;

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
