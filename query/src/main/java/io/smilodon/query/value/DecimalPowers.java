package io.smilodon.query.value;

import static io.smilodon.query.value.DecimalConstants.LN_10;
import static io.smilodon.query.value.DecimalConstants.TWO;
import static io.smilodon.query.value.DecimalConstants.WORKING;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Powers and logarithms of decimal numbers, good for more than the 34 digits of a decimal128. Of
 * powers beyond its range they only say so: they are above or below all of its numbers.
 */
public final class DecimalPowers {

    /** Powers of e with larger exponents are far beyond the range of a decimal128. */
    private static final BigDecimal EXPONENT_MAX = BigDecimal.valueOf(20_000);

    private static final BigDecimal BEYOND = new BigDecimal(BigInteger.ONE, -9_000);
    private static final BigDecimal BELOW = new BigDecimal(BigInteger.ONE, 9_000);

    /** Halving the exponent so often, and squaring the power again, saves terms of the series. */
    private static final int HALVINGS = 6;

    private static final BigDecimal HALVED = BigDecimal.valueOf(1L << HALVINGS);

    private DecimalPowers() {}

    /** The power of e. */
    public static BigDecimal exp(BigDecimal exponent) {
        if (exponent.abs().compareTo(EXPONENT_MAX) > 0) {
            return exponent.signum() > 0 ? BEYOND : BELOW;
        }
        BigDecimal tens = exponent.divide(LN_10, 0, RoundingMode.HALF_EVEN);
        BigDecimal rest = exponent.subtract(tens.multiply(LN_10));
        BigDecimal power = series(rest.divide(HALVED, WORKING));
        for (int i = 0; i < HALVINGS; i++) {
            power = power.multiply(power, WORKING);
        }
        return power.scaleByPowerOfTen(tens.intValueExact());
    }

    private static BigDecimal series(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = x;
        for (int n = 2; isSignificant(term, sum); n++) {
            sum = sum.add(term, WORKING);
            term = term.multiply(x, WORKING).divide(BigDecimal.valueOf(n), WORKING);
        }
        return sum;
    }

    /** Whether adding the term still changes the sum. */
    static boolean isSignificant(BigDecimal term, BigDecimal sum) {
        return term.signum() != 0
                && (sum.signum() == 0
                        || magnitude(term) >= (long) magnitude(sum) - WORKING.getPrecision() - 2);
    }

    private static int magnitude(BigDecimal number) {
        return number.precision() - number.scale();
    }

    /** The natural logarithm of a positive number. */
    public static BigDecimal ln(BigDecimal number) {
        if (number.compareTo(BigDecimal.ONE) == 0) {
            return BigDecimal.ZERO;
        }
        int tens = magnitude(number);
        BigDecimal fraction = number.scaleByPowerOfTen(-tens);
        if (fraction.doubleValue() < 0.3) {
            tens--;
            fraction = number.scaleByPowerOfTen(-tens);
        }
        // Halley's method: each step has three times the right digits of the last.
        BigDecimal logarithm = new BigDecimal(Math.log(fraction.doubleValue()));
        for (int step = 0; step < 2; step++) {
            BigDecimal power = exp(logarithm);
            BigDecimal error =
                    fraction.subtract(power).divide(fraction.add(power, WORKING), WORKING);
            logarithm = logarithm.add(error.multiply(TWO), WORKING);
        }
        return logarithm.add(LN_10.multiply(BigDecimal.valueOf(tens)), WORKING);
    }

    /** The decimal logarithm of a positive number; exact for powers of ten. */
    public static BigDecimal log10(BigDecimal number) {
        BigDecimal digits = number.stripTrailingZeros();
        return digits.unscaledValue().equals(BigInteger.ONE)
                ? BigDecimal.valueOf(-(long) digits.scale())
                : ln(number).divide(LN_10, WORKING);
    }

    /** The power of a positive base. */
    public static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        return exp(exponent.multiply(ln(base), WORKING));
    }
}
