package io.smilodon.engine.value;

import io.smilodon.engine.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A decimal number of 34 digits, kept as its 128 bits so that every representation survives
 * (trailing zeros, signed zeros, NaN). {@code equals} compares the bits. Source: IEEE 754-2008,
 * decimal128 with binary integer significand.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Decimal128(long high, long low) implements NumberValue {

    public static final Decimal128 NAN = new Decimal128(0x7c00000000000000L, 0);
    public static final Decimal128 POSITIVE_INFINITY = new Decimal128(0x7800000000000000L, 0);
    public static final Decimal128 NEGATIVE_INFINITY = new Decimal128(0xf800000000000000L, 0);

    private static final long SPECIAL_MASK = 0x7c00000000000000L;
    private static final long LARGE_FORM_MASK = 0x6000000000000000L;
    private static final long COEFFICIENT_MASK = 0x1ffffffffffffL;
    private static final int EXPONENT_BIAS = 6176;
    private static final int EXPONENT_MAX = 6111;
    private static final int DIGITS_MAX = 34;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?");
    private static final BigInteger LOW_WORD = BigInteger.ONE.shiftLeft(64);

    /**
     * The nearest decimal128, ties to even.
     *
     * @throws ArithmeticException if the number is too large
     */
    public static Decimal128 of(BigDecimal number) {
        long adjustedExponent = (long) number.precision() - number.scale() - 1;
        if (number.signum() != 0 && adjustedExponent > EXPONENT_MAX + DIGITS_MAX) {
            throw new ArithmeticException("too large for decimal128");
        }
        if (number.signum() == 0) {
            return of(
                    number.unscaledValue(),
                    Math.clamp(-(long) number.scale(), -EXPONENT_BIAS, EXPONENT_MAX));
        }
        if (adjustedExponent < -EXPONENT_BIAS - 1) {
            return of(BigInteger.ZERO, -EXPONENT_BIAS);
        }
        BigDecimal rounded = number.round(new MathContext(DIGITS_MAX, RoundingMode.HALF_EVEN));
        if (-rounded.scale() < -EXPONENT_BIAS) {
            rounded = number.setScale(EXPONENT_BIAS, RoundingMode.HALF_EVEN);
        }
        if (-rounded.scale() > EXPONENT_MAX) {
            rounded = fold(rounded);
        }
        return of(rounded.unscaledValue(), -rounded.scale());
    }

    private static Decimal128 of(BigInteger unscaled, int exponent) {
        BigInteger coefficient = unscaled.abs();
        long sign = unscaled.signum() < 0 ? Long.MIN_VALUE : 0;
        long upper = coefficient.shiftRight(64).longValue();
        long biased = exponent + (long) EXPONENT_BIAS;
        return new Decimal128(sign | biased << 49 | upper, coefficient.longValue());
    }

    private static BigDecimal fold(BigDecimal number) {
        BigDecimal folded = number.setScale(-EXPONENT_MAX);
        if (folded.precision() > DIGITS_MAX) {
            throw new ArithmeticException("too large for decimal128");
        }
        return folded;
    }

    /**
     * Reads a decimal number, {@code NaN} or {@code Infinity}, as Extended JSON writes them.
     *
     * @throws NumberFormatException if the text is anything else or too large
     */
    public static Decimal128 parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> NAN;
            case "infinity", "+infinity", "inf", "+inf" -> POSITIVE_INFINITY;
            case "-infinity", "-inf" -> NEGATIVE_INFINITY;
            default -> parseFinite(text);
        };
    }

    private static Decimal128 parseFinite(String text) {
        if (text.length() > Limits.NUMBER_CHARS_MAX || !NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("not a decimal number");
        }
        try {
            Decimal128 parsed = of(new BigDecimal(text));
            boolean negativeZero = text.startsWith("-") && parsed.isZero();
            return negativeZero ? new Decimal128(parsed.high | Long.MIN_VALUE, parsed.low) : parsed;
        } catch (ArithmeticException e) {
            throw new NumberFormatException(e.getMessage());
        }
    }

    @Override
    public ValueType type() {
        return ValueType.DECIMAL128;
    }

    public boolean isNaN() {
        return (high & SPECIAL_MASK) == NAN.high;
    }

    public boolean isInfinite() {
        return (high & SPECIAL_MASK) == POSITIVE_INFINITY.high;
    }

    public boolean isFinite() {
        return !isNaN() && !isInfinite();
    }

    public boolean isNegative() {
        return high < 0;
    }

    public boolean isZero() {
        return isFinite() && toBigDecimal().signum() == 0;
    }

    /**
     * The exact number; a negative zero loses its sign.
     *
     * @throws ArithmeticException if this is NaN or infinite
     */
    public BigDecimal toBigDecimal() {
        if (!isFinite()) {
            throw new ArithmeticException(this + " is not a number");
        }
        if ((high & LARGE_FORM_MASK) == LARGE_FORM_MASK) {
            return BigDecimal.ZERO; // a significand over 34 digits: not canonical, read as zero
        }
        int exponent = (int) (high >>> 49 & 0x3fff) - EXPONENT_BIAS;
        BigInteger coefficient =
                BigInteger.valueOf(high & COEFFICIENT_MASK).shiftLeft(64).add(unsigned(low));
        return new BigDecimal(isNegative() ? coefficient.negate() : coefficient, -exponent);
    }

    private static BigInteger unsigned(long word) {
        BigInteger signed = BigInteger.valueOf(word);
        return word < 0 ? signed.add(LOW_WORD) : signed;
    }

    @Override
    public double toDouble() {
        if (isNaN()) {
            return Double.NaN;
        }
        if (isInfinite()) {
            return isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double magnitude = toBigDecimal().abs().doubleValue();
        return isNegative() ? -magnitude : magnitude;
    }

    @Override
    public boolean isIntegral() {
        return isFinite() && toBigDecimal().stripTrailingZeros().scale() <= 0;
    }

    @Override
    public long toLong() {
        double nearest = toDouble();
        if (!isFinite() || Math.abs(nearest) >= 0x1p63) {
            return (long) nearest;
        }
        return toBigDecimal().longValue();
    }

    /** The text that Extended JSON uses. */
    @Override
    public String toString() {
        if (isNaN()) {
            return "NaN";
        }
        if (isInfinite()) {
            return isNegative() ? "-Infinity" : "Infinity";
        }
        String text = toBigDecimal().toString();
        return isNegative() && !text.startsWith("-") ? "-" + text : text;
    }
}
