package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.value.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/**
 * {@code {$round: [<number>, <place>]}} and {@code {$trunc: [<number>, <place>]}}: the number with
 * so many digits after the point; a negative place counts before it. The type stays, but an int
 * that no longer fits becomes a long.
 *
 * @param left the number
 * @param right the place, −20 to 100
 * @param mode ties to even, or toward zero
 */
record Rounding(Expression left, Expression right, RoundingMode mode) implements BinaryExpression {

    private static final int PLACE_MIN = -20;
    private static final int PLACE_MAX = 100;

    static ExpressionFactory round() {
        return factory(RoundingMode.HALF_EVEN);
    }

    static ExpressionFactory trunc() {
        return factory(RoundingMode.DOWN);
    }

    private static ExpressionFactory factory(RoundingMode mode) {
        Literal units = new Literal(Value.of(0));
        return Operands.range(
                1,
                2,
                operands ->
                        new Rounding(
                                operands.get(0),
                                operands.size() > 1 ? operands.get(1) : units,
                                mode));
    }

    @Override
    public Value apply(Value value, Value place) {
        if (value.isNullish() || place.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(value instanceof NumberValue number)) {
            throw NumericErrors.notNumeric(
                    ErrorCode.location(51081),
                    mode == RoundingMode.DOWN ? "$trunc" : "$round",
                    value);
        }
        return rounded(number, place(place));
    }

    private static int place(Value value) {
        if (!(value instanceof NumberValue number) || !number.isIntegral()) {
            throw NumericErrors.outOfDomain(
                    51082, "precision argument must be a integral value", value);
        }
        long place = number.toLong();
        if (place < PLACE_MIN || place > PLACE_MAX) {
            throw new SmilodonException(
                    ErrorCode.location(51083),
                    "cannot apply rounding with this precision value",
                    Map.of("least", PLACE_MIN, "most", PLACE_MAX, "actual", place));
        }
        return (int) place;
    }

    private NumberValue rounded(NumberValue number, int place) {
        if (!Numbers.isFinite(number)) {
            return number;
        }
        return switch (number) {
            case Decimal128 decimal -> toPlace(decimal, place, mode);
            case DoubleValue real -> new DoubleValue(toPlace(real.value(), place));
            default -> place >= 0 ? number : integral(number, place);
        };
    }

    /** Of the number that the double is in 34 digits, not of the shortest that reads like it. */
    private double toPlace(double number, int place) {
        BigDecimal exact = new BigDecimal(number, MathContext.DECIMAL128);
        double rounded = exact.setScale(place, mode).doubleValue();
        return rounded == 0 && number < 0 ? -0.0 : rounded;
    }

    private NumberValue integral(NumberValue number, int place) {
        BigDecimal rounded = BigDecimal.valueOf(number.toLong()).setScale(place, mode);
        if (rounded.toBigInteger().bitLength() >= Long.SIZE) {
            throw NumericErrors.outOfDomain(
                    51080, "invalid conversion from rounding, the result does not fit", number);
        }
        long whole = rounded.longValue();
        return number instanceof Int32Value ? NumberValue.intOrLong(whole) : new Int64Value(whole);
    }

    /** The decimal at a place; unchanged where it has no more digits than that. */
    static NumberValue toPlace(Decimal128 decimal, int place, RoundingMode mode) {
        if (!decimal.isFinite()) {
            return decimal;
        }
        BigDecimal number = decimal.toBigDecimal();
        if (number.scale() <= place) {
            return decimal;
        }
        return Decimal128.of(number.setScale(place, mode));
    }
}
