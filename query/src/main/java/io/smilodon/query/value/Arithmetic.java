package io.smilodon.query.value;

import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Sums, differences and products of numbers of any two types. The result has the wider type of the
 * two (int32, int64, double, decimal128, in this order); an int32 that overflows becomes an int64.
 * What happens when an int64 overflows is the caller's choice: expressions go on with a double,
 * updates ({@code exact} methods) refuse.
 */
public final class Arithmetic {

    private Arithmetic() {}

    /** The sum; a double where an int64 overflows. */
    public static NumberValue add(NumberValue left, NumberValue right) {
        return addExact(left, right)
                .orElseGet(() -> new DoubleValue(left.toDouble() + right.toDouble()));
    }

    /** The difference; a double where an int64 overflows. */
    public static NumberValue subtract(NumberValue left, NumberValue right) {
        return subtractExact(left, right)
                .orElseGet(() -> new DoubleValue(left.toDouble() - right.toDouble()));
    }

    /** The product; a double where an int64 overflows. */
    public static NumberValue multiply(NumberValue left, NumberValue right) {
        return multiplyExact(left, right)
                .orElseGet(() -> new DoubleValue(left.toDouble() * right.toDouble()));
    }

    /** The sum; empty where an int64 overflows. */
    public static Optional<NumberValue> addExact(NumberValue left, NumberValue right) {
        return switch (wider(left, right)) {
            case DECIMAL -> Optional.of(Decimals.add(Decimals.of(left), Decimals.of(right)));
            case DOUBLE -> Optional.of(new DoubleValue(left.toDouble() + right.toDouble()));
            case INT64 -> {
                long sum = left.toLong() + right.toLong();
                boolean overflows = ((left.toLong() ^ sum) & (right.toLong() ^ sum)) < 0;
                yield overflows ? Optional.empty() : Optional.of(new Int64Value(sum));
            }
            case INT32 -> Optional.of(NumberValue.intOrLong(left.toLong() + right.toLong()));
        };
    }

    /** The difference; empty where an int64 overflows. */
    public static Optional<NumberValue> subtractExact(NumberValue left, NumberValue right) {
        return switch (wider(left, right)) {
            case DECIMAL -> Optional.of(Decimals.subtract(Decimals.of(left), Decimals.of(right)));
            case DOUBLE -> Optional.of(new DoubleValue(left.toDouble() - right.toDouble()));
            case INT64 -> {
                long difference = left.toLong() - right.toLong();
                boolean overflows =
                        ((left.toLong() ^ right.toLong()) & (left.toLong() ^ difference)) < 0;
                yield overflows ? Optional.empty() : Optional.of(new Int64Value(difference));
            }
            case INT32 -> Optional.of(NumberValue.intOrLong(left.toLong() - right.toLong()));
        };
    }

    /** The product; empty where an int64 overflows. */
    public static Optional<NumberValue> multiplyExact(NumberValue left, NumberValue right) {
        return switch (wider(left, right)) {
            case DECIMAL -> Optional.of(Decimals.multiply(Decimals.of(left), Decimals.of(right)));
            case DOUBLE -> Optional.of(new DoubleValue(left.toDouble() * right.toDouble()));
            case INT64 -> {
                long product = left.toLong() * right.toLong();
                long carry = Math.multiplyHigh(left.toLong(), right.toLong());
                boolean overflows = carry != product >> 63;
                yield overflows ? Optional.empty() : Optional.of(new Int64Value(product));
            }
            case INT32 -> Optional.of(NumberValue.intOrLong(left.toLong() * right.toLong()));
        };
    }

    /** An int64 as an int32 if it fits; other numbers as they are. */
    public static NumberValue narrowed(NumberValue number) {
        return number instanceof Int64Value integer
                ? NumberValue.intOrLong(integer.value())
                : number;
    }

    /** The number as an int64 if it fits, else the nearest double. */
    static NumberValue longOrDouble(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? new Int64Value(number.longValue())
                : new DoubleValue(number.doubleValue());
    }

    private static NumericWidth wider(NumberValue left, NumberValue right) {
        NumericWidth one = NumericWidth.of(left);
        NumericWidth other = NumericWidth.of(right);
        return one.compareTo(other) >= 0 ? one : other;
    }
}
