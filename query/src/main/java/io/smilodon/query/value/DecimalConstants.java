package io.smilodon.query.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Numbers that the functions of decimals are made with, in as many digits as they need. */
final class DecimalConstants {

    /** 34 digits of a result, and others that may be lost on the way. */
    static final MathContext WORKING = new MathContext(60);

    static final BigDecimal TWO = BigDecimal.valueOf(2);
    static final BigDecimal LN_10 = ln10();

    private static final int GUARD_DIGITS = 10;
    private static final int SMALL_DIGITS = 200;
    private static final BigDecimal SMALL_PI = computePi(SMALL_DIGITS);

    private DecimalConstants() {}

    /** Enough digits to reduce the largest decimal; made when first needed. */
    private static final class LargePi {
        static final int DIGITS = 6_400;
        static final BigDecimal VALUE = computePi(DIGITS);
    }

    /**
     * Pi with at least so many digits after the point.
     *
     * @param digits up to 6,400
     */
    static BigDecimal pi(int digits) {
        return digits <= SMALL_DIGITS ? SMALL_PI : LargePi.VALUE;
    }

    static BigDecimal pi() {
        return SMALL_PI;
    }

    /** By Machin's formula: 16 arctan 1/5 − 4 arctan 1/239. */
    private static BigDecimal computePi(int digits) {
        int scale = digits + GUARD_DIGITS;
        BigInteger one = BigInteger.TEN.pow(scale);
        BigInteger fifth = oddSeries(one, 5, true).multiply(BigInteger.valueOf(16));
        BigInteger other = oddSeries(one, 239, true).multiply(BigInteger.valueOf(4));
        return new BigDecimal(fifth.subtract(other), scale);
    }

    /** 3 ln 2 + ln 5/4, each as twice the area tangent of a fraction. */
    private static BigDecimal ln10() {
        int scale = WORKING.getPrecision() + GUARD_DIGITS;
        BigInteger one = BigInteger.TEN.pow(scale);
        BigInteger third = oddSeries(one, 3, false).multiply(BigInteger.valueOf(6));
        BigInteger ninth = oddSeries(one, 9, false).multiply(BigInteger.TWO);
        return new BigDecimal(third.add(ninth), scale);
    }

    /** The sum of 1/x + 1/3x³ + 1/5x⁵ …, or with signs that alternate, times one. */
    private static BigInteger oddSeries(BigInteger one, int x, boolean alternates) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger power = one.divide(BigInteger.valueOf(x));
        BigInteger sum = BigInteger.ZERO;
        for (int n = 1; power.signum() != 0; n += 2) {
            BigInteger term = power.divide(BigInteger.valueOf(n));
            boolean isTaken = alternates && n % 4 == 3;
            sum = isTaken ? sum.subtract(term) : sum.add(term);
            power = power.divide(square);
        }
        return sum;
    }
}
