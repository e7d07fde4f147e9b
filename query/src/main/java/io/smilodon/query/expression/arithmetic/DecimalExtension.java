package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.query.value.Decimals;
import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A function of finite decimals carried over to all of them: what it is for infinities, and whether
 * a zero keeps its sign, is as for doubles; of NaN it is NaN.
 */
record DecimalExtension(DoubleUnaryOperator inDoubles, UnaryOperator<BigDecimal> inDecimals) {

    /** So large that a function with a limit has reached it, in 34 digits. */
    private static final BigDecimal NEARLY_INFINITE = new BigDecimal("1e6144");

    Decimal128 of(Decimal128 number) {
        if (number.isNaN()) {
            return number;
        }
        double nearest = inDoubles.applyAsDouble(number.toDouble());
        if (number.isInfinite()) {
            return Double.isInfinite(nearest) ? infinity(nearest) : limit(number);
        }
        if (number.isZero() && nearest == 0) {
            return number;
        }
        boolean isPole = Double.isInfinite(nearest) && isUnit(number);
        return isPole ? infinity(nearest) : finite(number.toBigDecimal());
    }

    private Decimal128 limit(Decimal128 infinite) {
        return finite(infinite.isNegative() ? NEARLY_INFINITE.negate() : NEARLY_INFINITE);
    }

    private Decimal128 finite(BigDecimal number) {
        return Decimals.rounded(inDecimals.apply(number));
    }

    /** The one place besides infinity where a function here goes to infinity. */
    private static boolean isUnit(Decimal128 number) {
        return number.toBigDecimal().abs().compareTo(BigDecimal.ONE) == 0;
    }

    private static Decimal128 infinity(double sign) {
        return sign < 0 ? Decimal128.NEGATIVE_INFINITY : Decimal128.POSITIVE_INFINITY;
    }
}
