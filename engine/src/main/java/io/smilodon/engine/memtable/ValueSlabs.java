package io.smilodon.engine.memtable;

/**
 * Where the values of one memtable lie: copied one behind the other into large arrays, because a
 * collector that copies what is alive has less to do with a few of those than with many small ones.
 *
 * <p>One thread adds; who has learnt of a commit may read its values.
 */
final class ValueSlabs {

    private static final int SLAB_BYTES = 256 << 10;

    /** A value larger than this keeps an array of its own. */
    private static final int SHARED_BYTES_MAX = SLAB_BYTES / 16;

    private byte[] slab = {};
    private int used;

    /** Adds a version with this value. */
    Version version(long sequence, byte[] value, Version older) {
        if (value.length > SHARED_BYTES_MAX) {
            return new Version(sequence, value, 0, value.length, older);
        }
        if (slab.length - used < value.length) {
            slab = new byte[SLAB_BYTES];
            used = 0;
        }
        System.arraycopy(value, 0, slab, used, value.length);
        used += value.length;
        return new Version(sequence, slab, used - value.length, value.length, older);
    }
}
