package io.smilodon.query.value;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic of decimal128 numbers: 34 digits, ties to even, infinities and NaN as IEEE 754-2008
 * has them. A result too large is infinite.
 */
public final class Decimals {

    private static final MathContext CONTEXT = MathContext.DECIMAL128;

    /** A double has 15 digits that are sure; MongoDB converts those, trailing zeros included. */
    private static final int DOUBLE_DIGITS = 15;

    private static final MathContext DOUBLE_CONTEXT =
            new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN);

    private Decimals() {}

    /** The number as a decimal; of a double, exactly its 15 leading digits. */
    public static Decimal128 of(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> decimal;
            case DoubleValue floating -> ofDouble(floating.value());
            case Int32Value integer -> Decimal128.of(BigDecimal.valueOf(integer.value()));
            case Int64Value integer -> Decimal128.of(BigDecimal.valueOf(integer.value()));
        };
    }

    /** The number that the double is, to 34 digits. */
    static Decimal128 exact(double number) {
        return Double.isFinite(number) && number != 0
                ? Decimal128.of(new BigDecimal(number, CONTEXT))
                : ofSpecial(number);
    }

    /** Of a double that is zero or not finite. */
    private static Decimal128 ofSpecial(double number) {
        if (Double.isNaN(number)) {
            return Decimal128.NAN;
        }
        return number == 0 ? zero(1 / number < 0, 0) : infinity(number < 0);
    }

    private static Decimal128 ofDouble(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return ofSpecial(number);
        }
        BigDecimal digits = new BigDecimal(number).round(DOUBLE_CONTEXT);
        return Decimal128.of(digits.setScale(digits.scale() + DOUBLE_DIGITS - digits.precision()));
    }

    public static Decimal128 add(Decimal128 left, Decimal128 right) {
        if (!left.isFinite() || !right.isFinite()) {
            return addSpecial(left, right);
        }
        BigDecimal sum = left.toBigDecimal().add(right.toBigDecimal(), CONTEXT);
        boolean negativeZero = left.isNegative() && right.isNegative();
        return sum.signum() == 0 ? zero(negativeZero, sum.scale()) : rounded(sum);
    }

    private static Decimal128 addSpecial(Decimal128 left, Decimal128 right) {
        boolean opposed =
                left.isInfinite() && right.isInfinite() && left.isNegative() != right.isNegative();
        if (left.isNaN() || right.isNaN() || opposed) {
            return Decimal128.NAN;
        }
        return left.isInfinite() ? left : right;
    }

    public static Decimal128 subtract(Decimal128 left, Decimal128 right) {
        return add(left, negate(right));
    }

    public static Decimal128 negate(Decimal128 number) {
        return number.isNaN()
                ? number
                : new Decimal128(number.high() ^ Long.MIN_VALUE, number.low());
    }

    public static Decimal128 multiply(Decimal128 left, Decimal128 right) {
        boolean negative = left.isNegative() != right.isNegative();
        if (!left.isFinite() || !right.isFinite()) {
            boolean undefined = left.isNaN() || right.isNaN() || left.isZero() || right.isZero();
            return undefined ? Decimal128.NAN : infinity(negative);
        }
        BigDecimal product = left.toBigDecimal().multiply(right.toBigDecimal());
        return product.signum() == 0 ? zero(negative, product.scale()) : rounded(product);
    }

    /** The quotient; dividing by zero gives an infinity, or NaN for zero by zero. */
    public static Decimal128 divide(Decimal128 left, Decimal128 right) {
        boolean negative = left.isNegative() != right.isNegative();
        boolean undefined =
                left.isNaN()
                        || right.isNaN()
                        || left.isInfinite() && right.isInfinite()
                        || left.isZero() && right.isZero();
        if (undefined) {
            return Decimal128.NAN;
        }
        if (left.isInfinite() || right.isZero()) {
            return infinity(negative);
        }
        if (right.isInfinite() || left.isZero()) {
            return zero(negative, 0);
        }
        return rounded(left.toBigDecimal().divide(right.toBigDecimal(), CONTEXT));
    }

    /** The nearest decimal; infinite if the number is too large. */
    public static Decimal128 rounded(BigDecimal number) {
        BigDecimal digits = number.round(CONTEXT);
        if (digits.precision() - (long) digits.scale() > 6_145) {
            return infinity(digits.signum() < 0);
        }
        return Decimal128.of(digits);
    }

    private static Decimal128 infinity(boolean negative) {
        return negative ? Decimal128.NEGATIVE_INFINITY : Decimal128.POSITIVE_INFINITY;
    }

    private static Decimal128 zero(boolean negative, int scale) {
        int clamped = Math.max(-6_111, Math.min(6_176, scale));
        Decimal128 zero = Decimal128.of(BigDecimal.ZERO.setScale(clamped));
        return negative ? negate(zero) : zero;
    }
}
