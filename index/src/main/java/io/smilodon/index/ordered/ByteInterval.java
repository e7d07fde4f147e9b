package io.smilodon.index.ordered;

import io.smilodon.engine.value.Direction;
import io.smilodon.index.key.Interval;
import java.util.Arrays;

/**
 * An interval of one part of a key, in the order of bytes: a descending part has its ends swapped.
 *
 * @param from the encoded value at the lower end
 * @param to the encoded value at the upper end
 */
record ByteInterval(byte[] from, boolean isFromIncluded, byte[] to, boolean isToIncluded) {

    static ByteInterval of(Interval interval, Direction direction) {
        byte[] low = FieldCodec.encode(interval.low(), direction);
        byte[] high = FieldCodec.encode(interval.high(), direction);
        return direction == Direction.FORWARD
                ? new ByteInterval(low, interval.lowIncluded(), high, interval.highIncluded())
                : new ByteInterval(high, interval.highIncluded(), low, interval.lowIncluded());
    }

    boolean isPoint() {
        return isFromIncluded && isToIncluded && Arrays.equals(from, to);
    }

    /** Whether the whole interval lies below the field. */
    boolean isBelow(Field field) {
        int order = field.compareTo(to);
        return order > 0 || (order == 0 && !isToIncluded && !field.isPartial);
    }

    /** Whether the whole interval lies above the field. */
    boolean isAbove(Field field) {
        int order = field.compareTo(from);
        return order < 0 || (order == 0 && !isFromIncluded && !field.isPartial);
    }

    /**
     * The bytes of one field inside an entry's key.
     *
     * @param isPartial whether the key was cut inside the field; then it counts as equal to every
     *     value that starts with its bytes
     */
    record Field(byte[] key, int start, int end, boolean isPartial) {

        int compareTo(byte[] encoded) {
            int length = isPartial ? Math.min(encoded.length, end - start) : encoded.length;
            return Arrays.compareUnsigned(key, start, end, encoded, 0, length);
        }
    }
}
