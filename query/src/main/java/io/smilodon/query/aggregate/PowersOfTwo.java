package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.value.Decimals;

/** The powers of two, also of negative exponents. */
record PowersOfTwo() implements Granularity {

    @Override
    public NumberValue above(NumberValue number) {
        double real = number.toDouble();
        return isRound(real) ? number : like(number, 2 * floor(real));
    }

    @Override
    public NumberValue below(NumberValue number) {
        double real = number.toDouble();
        if (isRound(real)) {
            return number;
        }
        double floor = floor(real);
        return like(number, floor == real ? floor / 2 : floor);
    }

    private static boolean isRound(double number) {
        return number == 0 || Double.isInfinite(number);
    }

    /** The greatest power of two that is not above the number; the least normal one at least. */
    private static double floor(double number) {
        return Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(number)));
    }

    private static NumberValue like(NumberValue number, double power) {
        DoubleValue result = new DoubleValue(power);
        return number instanceof Decimal128 ? Decimals.of(result) : result;
    }
}
