package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.DecimalAngles;
import io.smilodon.query.value.Decimals;
import java.math.BigDecimal;

/**
 * {@code {$atan2: [<y>, <x>]}}: the angle of the point, in radians from −π to π; a decimal if one
 * of the coordinates is, else a double. With null or missing it is null.
 */
record ArcTangent2(Expression left, Expression right) implements NumericPair {

    private static final BigDecimal NEARLY_INFINITE = new BigDecimal("1e6144");
    private static final BigDecimal BEHIND = BigDecimal.ONE.negate();

    @Override
    public NumberValue of(NumberValue y, NumberValue x) {
        return y instanceof Decimal128 || x instanceof Decimal128
                ? ofDecimals(Decimals.of(y), Decimals.of(x))
                : new DoubleValue(Math.atan2(y.toDouble(), x.toDouble()));
    }

    private static NumberValue ofDecimals(Decimal128 y, Decimal128 x) {
        if (y.isNaN() || x.isNaN()) {
            return Decimal128.NAN;
        }
        if (y.isZero()) {
            return x.isNegative() ? straightAngle(y.isNegative()) : y;
        }
        return Decimals.rounded(DecimalAngles.atan2(finite(y, x), finite(x, y)));
    }

    private static Decimal128 straightAngle(boolean isNegative) {
        Decimal128 angle = Decimals.rounded(DecimalAngles.atan2(BigDecimal.ZERO, BEHIND));
        return isNegative ? Decimals.negate(angle) : angle;
    }

    /** A coordinate that has the same angle: beside an infinite one, a finite one is nothing. */
    private static BigDecimal finite(Decimal128 coordinate, Decimal128 other) {
        if (coordinate.isFinite()) {
            return other.isFinite() ? coordinate.toBigDecimal() : BigDecimal.ZERO;
        }
        return coordinate.isNegative() ? NEARLY_INFINITE.negate() : NEARLY_INFINITE;
    }

    @Override
    public SmilodonException notNumeric(Value y, Value x) {
        boolean isFirst = !(y instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.location(isFirst ? 51044 : 51045), "$atan2", isFirst ? y : x);
    }
}
