package io.smilodon.query.value;

import static io.smilodon.query.value.DecimalConstants.TWO;
import static io.smilodon.query.value.DecimalConstants.WORKING;

import java.math.BigDecimal;

/**
 * Hyperbolic functions and their inverses for decimal numbers, good for more than the 34 digits of
 * a decimal128.
 */
public final class DecimalHyperbolas {

    /** From here on a hyperbolic tangent is 1 in 34 digits. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(100);

    private DecimalHyperbolas() {}

    public static BigDecimal sinh(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.ONE) < 0) {
            return smallSinh(x);
        }
        BigDecimal power = DecimalPowers.exp(x);
        return power.subtract(BigDecimal.ONE.divide(power, WORKING), WORKING).divide(TWO, WORKING);
    }

    /** The difference of two powers would lose digits here, the series does not. */
    private static BigDecimal smallSinh(BigDecimal x) {
        BigDecimal square = x.multiply(x, WORKING);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = x;
        for (int n = 2; DecimalPowers.isSignificant(term, sum); n += 2) {
            sum = sum.add(term, WORKING);
            BigDecimal divisor = BigDecimal.valueOf((long) n * (n + 1));
            term = term.multiply(square, WORKING).divide(divisor, WORKING);
        }
        return sum;
    }

    public static BigDecimal cosh(BigDecimal x) {
        BigDecimal power = DecimalPowers.exp(x);
        return power.add(BigDecimal.ONE.divide(power, WORKING), WORKING).divide(TWO, WORKING);
    }

    public static BigDecimal tanh(BigDecimal x) {
        return x.abs().compareTo(LARGE) > 0
                ? BigDecimal.valueOf(x.signum())
                : sinh(x).divide(cosh(x), WORKING);
    }

    public static BigDecimal asinh(BigDecimal x) {
        if (DecimalAngles.isTiny(x)) {
            return x;
        }
        BigDecimal size = x.abs();
        BigDecimal root = BigDecimal.ONE.add(x.multiply(x, WORKING), WORKING).sqrt(WORKING);
        BigDecimal area = DecimalPowers.ln(size.add(root, WORKING));
        return x.signum() < 0 ? area.negate() : area;
    }

    /** Of a number from 1 on. */
    public static BigDecimal acosh(BigDecimal x) {
        BigDecimal root =
                x.subtract(BigDecimal.ONE, WORKING)
                        .multiply(x.add(BigDecimal.ONE, WORKING), WORKING)
                        .sqrt(WORKING);
        return DecimalPowers.ln(x.add(root, WORKING));
    }

    /** Of a number between −1 and 1. */
    public static BigDecimal atanh(BigDecimal x) {
        if (DecimalAngles.isTiny(x)) {
            return x;
        }
        BigDecimal ratio = BigDecimal.ONE.add(x).divide(BigDecimal.ONE.subtract(x), WORKING);
        return DecimalPowers.ln(ratio).divide(TWO, WORKING);
    }
}
