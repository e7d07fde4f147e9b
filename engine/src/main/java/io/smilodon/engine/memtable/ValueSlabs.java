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
        if (slab.length - used < value.length) {
            slab = pool.take();
            slabs.add(slab);
            used = 0;
        }
        System.arraycopy(value, 0, slab, used, value.length);
        used += value.length;
        return new Version(sequence, slab, used - value.length, value.length, older);
    }

    /** Lets others use the arrays; nobody may read a value any more. */
    void release() {
        assert spoil();
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
