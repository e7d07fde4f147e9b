package io.smilodon.index;

import io.smilodon.engine.entry.KeyHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** Hashes encoded {@code _id}s, in a way of this process alone. Stateless. */
final class IdHash {

    /** Nobody who chooses ids knows which of them would have one hash. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final long OTHER_SEED = ThreadLocalRandom.current().nextLong();

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private IdHash() {}

    /** Most ids are their first eight bytes and their last, which are multiplied. */
    static int of(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < Long.BYTES || length > 2 * Long.BYTES) {
            return (int) KeyHash.of(bytes, start, length, SEED);
        }
        long left = (long) LONG_AT.get(bytes, start) ^ SEED;
        long right = (long) LONG_AT.get(bytes, end - Long.BYTES) ^ OTHER_SEED;
        long product = left * right ^ Math.multiplyHigh(left, right);
        return (int) (product ^ product >>> Integer.SIZE);
    }
}
