package io.smilodon.engine.codec;

import io.smilodon.engine.value.Direction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers above zero as they stand in a key, read where they lie, for those who read many; the
 * format is in {@link KeyCodec}. Stateless.
 */
public final class PositiveNumber {

    /** What such a number takes if it is a double. */
    public static final int EXACT_BYTES = 2 + Double.BYTES;

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private PositiveNumber() {}

    /** The number that starts at an offset, rounded down to a double; NaN for anything else. */
    public static double floor(byte[] key, int offset, Direction direction) {
        long inverted = direction == Direction.BACKWARD ? -1 : 0;
        return offset + 1 + Double.BYTES <= key.length
                        && (byte) (key[offset] ^ inverted) == KeyFormat.POSITIVE
                ? Double.longBitsToDouble((long) LONG_AT.get(key, offset + 1) ^ inverted)
                : Double.NaN;
    }

    /**
     * The number that starts at an offset, of an ascending part, if it takes {@link #EXACT_BYTES},
     * which must be there; NaN for anything else.
     */
    public static double exact(byte[] key, int offset) {
        return key[offset + EXACT_BYTES - 1] == KeyFormat.EXACT
                ? floor(key, offset, Direction.FORWARD)
                : Double.NaN;
    }
}
