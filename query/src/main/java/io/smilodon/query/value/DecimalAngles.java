package io.smilodon.query.value;

import static io.smilodon.query.value.DecimalConstants.TWO;
import static io.smilodon.query.value.DecimalConstants.WORKING;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions of angles in radians and their inverses for decimal numbers, good for more than the 34
 * digits of a decimal128, for its largest angles too.
 */
public final class DecimalAngles {

    private static final BigDecimal STRAIGHT_ANGLE = BigDecimal.valueOf(180);

    /** Below, a sine, a tangent and their inverses are the number itself in 34 digits. */
    private static final BigDecimal TINY = new BigDecimal("1e-18");

    /** What {@link #powerOfTen} has found; there are some 6,100 exponents. */
    private static final Map<Integer, BigDecimal> POWERS_OF_TEN = new ConcurrentHashMap<>();

    private DecimalAngles() {}

    public static BigDecimal sin(BigDecimal angle) {
        return isTiny(angle) ? angle : reduced(angle, 0);
    }

    public static BigDecimal cos(BigDecimal angle) {
        return reduced(angle, 1);
    }

    public static BigDecimal tan(BigDecimal angle) {
        return isTiny(angle) ? angle : sin(angle).divide(cos(angle), WORKING);
    }

    static boolean isTiny(BigDecimal number) {
        return number.abs().compareTo(TINY) < 0;
    }

    /** The sine of the angle and so many right angles more. */
    private static BigDecimal reduced(BigDecimal angle, int rightAngles) {
        if (angle.scale() < 0) {
            BigDecimal digits = new BigDecimal(angle.unscaledValue());
            return reduced(digits.multiply(powerOfTen(-angle.scale())), rightAngles);
        }
        int whole = Math.max(0, angle.precision() - angle.scale());
        int digits = whole + 2 * WORKING.getPrecision();
        BigDecimal right = DecimalConstants.pi(digits).divide(TWO);
        BigDecimal turns =
                angle.divide(right, new MathContext(digits)).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal rest = angle.subtract(turns.multiply(right)).round(WORKING);
        int quadrant = (turns.toBigInteger().intValue() + rightAngles) & 3;
        BigDecimal sine = (quadrant & 1) == 0 ? series(rest, rest, 2) : cosine(rest);
        return quadrant >= 2 ? sine.negate() : sine;
    }

    /** A power of ten without its full turns: that takes milliseconds, so it is kept. */
    private static BigDecimal powerOfTen(int exponent) {
        return POWERS_OF_TEN.computeIfAbsent(
                exponent,
                missing -> {
                    int digits = missing + 3 * WORKING.getPrecision();
                    BigDecimal turn = DecimalConstants.pi(digits).multiply(TWO);
                    MathContext result = new MathContext(3 * WORKING.getPrecision());
                    return BigDecimal.TEN.pow(missing).remainder(turn).round(result);
                });
    }

    private static BigDecimal cosine(BigDecimal angle) {
        return series(BigDecimal.ONE, angle, 1);
    }

    /** The series of the sine or the cosine from its first term on, of an angle below one. */
    private static BigDecimal series(BigDecimal first, BigDecimal angle, int factor) {
        BigDecimal square = angle.multiply(angle, WORKING).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = first;
        for (int n = factor; DecimalPowers.isSignificant(term, sum); n += 2) {
            sum = sum.add(term, WORKING);
            BigDecimal divisor = BigDecimal.valueOf((long) n * (n + 1));
            term = term.multiply(square, WORKING).divide(divisor, WORKING);
        }
        return sum;
    }

    public static BigDecimal atan(BigDecimal tangent) {
        if (isTiny(tangent)) {
            return tangent;
        }
        if (tangent.abs().compareTo(BigDecimal.ONE) > 0) {
            BigDecimal right = halfPi(tangent.signum());
            return right.subtract(atan(BigDecimal.ONE.divide(tangent, WORKING)), WORKING);
        }
        // From the nearest double on, the rest is so small that few terms of its series do.
        BigDecimal near = new BigDecimal(Math.atan(tangent.doubleValue()));
        BigDecimal known = tan(near);
        BigDecimal rest =
                tangent.subtract(known)
                        .divide(BigDecimal.ONE.add(tangent.multiply(known, WORKING)), WORKING);
        return near.add(smallAtan(rest), WORKING);
    }

    private static BigDecimal smallAtan(BigDecimal x) {
        BigDecimal square = x.multiply(x, WORKING);
        BigDecimal third = square.divide(BigDecimal.valueOf(3), WORKING);
        BigDecimal fifth = square.multiply(square, WORKING).divide(BigDecimal.valueOf(5), WORKING);
        return x.multiply(BigDecimal.ONE.subtract(third).add(fifth), WORKING);
    }

    /** Of a sine from −1 to 1. */
    public static BigDecimal asin(BigDecimal sine) {
        if (isTiny(sine)) {
            return sine;
        }
        BigDecimal cosine =
                BigDecimal.ONE.subtract(sine).multiply(BigDecimal.ONE.add(sine)).sqrt(WORKING);
        return cosine.signum() == 0 ? halfPi(sine.signum()) : atan(sine.divide(cosine, WORKING));
    }

    /** Of a cosine from −1 to 1. */
    public static BigDecimal acos(BigDecimal cosine) {
        BigDecimal below = BigDecimal.ONE.add(cosine, WORKING);
        if (below.signum() == 0) {
            return DecimalConstants.pi();
        }
        BigDecimal square = BigDecimal.ONE.subtract(cosine, WORKING).divide(below, WORKING);
        return square.signum() == 0
                ? BigDecimal.ZERO
                : atan(square.sqrt(WORKING)).multiply(TWO, WORKING);
    }

    /** The angle of the point, from −π to π; not both coordinates are zero. */
    public static BigDecimal atan2(BigDecimal y, BigDecimal x) {
        if (x.signum() == 0) {
            return halfPi(y.signum());
        }
        BigDecimal angle = atan(y.divide(x, WORKING));
        if (x.signum() > 0) {
            return angle;
        }
        BigDecimal straight = DecimalConstants.pi();
        return angle.add(y.signum() < 0 ? straight.negate() : straight, WORKING);
    }

    public static BigDecimal toRadians(BigDecimal degrees) {
        return degrees.multiply(DecimalConstants.pi(), WORKING).divide(STRAIGHT_ANGLE, WORKING);
    }

    public static BigDecimal toDegrees(BigDecimal radians) {
        return radians.multiply(STRAIGHT_ANGLE).divide(DecimalConstants.pi(), WORKING);
    }

    private static BigDecimal halfPi(int sign) {
        BigDecimal right = DecimalConstants.pi().divide(TWO);
        return sign < 0 ? right.negate() : right;
    }
}
