package io.smilodon.query.value;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NumberValue;

/** Questions about a number of any type. */
public final class Numbers {

    private Numbers() {}

    public static boolean isZero(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> decimal.isZero();
            case DoubleValue real -> real.value() == 0;
            default -> number.toLong() == 0;
        };
    }

    /** Whether the number is below zero; NaN and a negative zero are not. */
    public static boolean isNegative(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal ->
                    decimal.isNegative() && !decimal.isNaN() && !decimal.isZero();
            case DoubleValue real -> real.value() < 0;
            default -> number.toLong() < 0;
        };
    }

    /** Whether the number is neither NaN nor infinite. */
    public static boolean isFinite(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> decimal.isFinite();
            case DoubleValue real -> Double.isFinite(real.value());
            default -> true;
        };
    }

    public static boolean isNaN(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> decimal.isNaN();
            case DoubleValue real -> Double.isNaN(real.value());
            default -> false;
        };
    }

    /** Whether the number is an integer of 64 bits, of whatever type. */
    public static boolean isLong(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal ->
                    decimal.isIntegral() && decimal.toBigDecimal().toBigInteger().bitLength() < 64;
            case DoubleValue real ->
                    real.isIntegral() && real.value() >= -0x1p63 && real.value() < 0x1p63;
            default -> true;
        };
    }

    /** The number with the other sign; an integer that does not fit is made wider. */
    public static NumberValue negated(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> Decimals.negate(decimal);
            case DoubleValue real -> new DoubleValue(-real.value());
            default -> Arithmetic.subtract(new Int32Value(0), number);
        };
    }
}
