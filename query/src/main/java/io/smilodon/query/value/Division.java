package io.smilodon.query.value;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Quotients and remainders of numbers of any two types. */
public final class Division {

    /** Writing out numbers with exponents further apart than this would cost too much. */
    private static final int SCALE_GAP_MAX = 100;

    private Division() {}

    /** The quotient, always a double or a decimal; infinite or NaN where the divisor is zero. */
    public static NumberValue divide(NumberValue left, NumberValue right) {
        return isDecimal(left, right)
                ? Decimals.divide(Decimals.of(left), Decimals.of(right))
                : new DoubleValue(left.toDouble() / right.toDouble());
    }

    /**
     * What is left of a division, with the sign of the dividend, in the wider type of both; a
     * double divisor that is a 32-bit integer counts as one. The divisor must not be zero.
     */
    public static NumberValue remainder(NumberValue left, NumberValue right) {
        if (isDecimal(left, right)) {
            return decimalRemainder(Decimals.of(left), Decimals.of(right));
        }
        if (left instanceof DoubleValue || right instanceof DoubleValue && !isInt(right)) {
            return new DoubleValue(left.toDouble() % right.toDouble());
        }
        long rest = left.toLong() % right.toLong();
        boolean isLong = left instanceof Int64Value || right instanceof Int64Value;
        return isLong ? new Int64Value(rest) : NumberValue.intOrLong(rest);
    }

    private static boolean isInt(NumberValue number) {
        return Numbers.isLong(number) && number.toLong() == (int) number.toLong();
    }

    private static boolean isDecimal(NumberValue left, NumberValue right) {
        return left instanceof Decimal128 || right instanceof Decimal128;
    }

    private static NumberValue decimalRemainder(Decimal128 left, Decimal128 right) {
        if (!left.isFinite() || right.isNaN()) {
            return Decimal128.NAN;
        }
        return right.isInfinite()
                ? left
                : Decimal128.of(remainder(left.toBigDecimal(), right.toBigDecimal()));
    }

    private static BigDecimal remainder(BigDecimal left, BigDecimal right) {
        if (left.abs().compareTo(right.abs()) < 0) {
            return left;
        }
        long gap = (long) right.scale() - left.scale();
        return gap > SCALE_GAP_MAX ? modularRemainder(left, right) : left.remainder(right);
    }

    private static BigDecimal modularRemainder(BigDecimal left, BigDecimal right) {
        BigInteger modulus = right.unscaledValue().abs();
        BigInteger gap = BigInteger.valueOf((long) right.scale() - left.scale());
        BigInteger power = BigInteger.TEN.modPow(gap, modulus);
        BigInteger rest = left.unscaledValue().abs().multiply(power).mod(modulus);
        return new BigDecimal(left.signum() < 0 ? rest.negate() : rest, right.scale());
    }
}
