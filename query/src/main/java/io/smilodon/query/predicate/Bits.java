package io.smilodon.query.predicate;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Optional;

/**
 * A value seen as bits, the lowest first. A number is a 64-bit integer whose sign goes on for ever;
 * binary data has its first byte lowest, and ends in zeros.
 */
sealed interface Bits {

    boolean isSet(int position);

    /** The bits of an integral number of 64 bits, or of binary data; other values have none. */
    static Optional<Bits> of(Value value) {
        return switch (value) {
            case NumberValue number -> ofNumber(number);
            case BinaryValue binary -> Optional.of(new OfBytes(binary.bytes()));
            default -> Optional.empty();
        };
    }

    private static Optional<Bits> ofNumber(NumberValue number) {
        long whole = number.toLong(); // clamped: compare to find out
        return number.isIntegral()
                        && ValueOrder.ASCENDING.compare(number, new Int64Value(whole)) == 0
                ? Optional.of(new OfNumber(whole))
                : Optional.empty();
    }

    /** The bits of an integer. */
    record OfNumber(long number) implements Bits {

        @Override
        public boolean isSet(int position) {
            return (number >> Math.min(position, Long.SIZE - 1) & 1) != 0;
        }
    }

    /** The bits of binary data. The array is not copied. */
    record OfBytes(byte[] bytes) implements Bits {

        @Override
        public boolean isSet(int position) {
            int index = position / Byte.SIZE;
            return index < bytes.length && (bytes[index] >> position % Byte.SIZE & 1) != 0;
        }
    }
}
