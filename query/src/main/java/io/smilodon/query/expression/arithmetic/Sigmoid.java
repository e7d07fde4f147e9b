package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.DecimalPowers;
import io.smilodon.query.value.Decimals;

/**
 * {@code {$sigmoid: <number>}}: 1 / (1 + e⁻ˣ), from 0 to 1; a decimal for a decimal and else a
 * double. Of null and missing it is null. The operand is one expression, never a list.
 */
record Sigmoid(Expression operand) implements UnaryExpression {

    private static final Decimal128 ONE = Decimals.of(new Int32Value(1));
    private static final DecimalExtension POWER =
            new DecimalExtension(Math::exp, DecimalPowers::exp);

    static Expression parse(Value operand, ExpressionScope scope) {
        return new Sigmoid(scope.parse(operand));
    }

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        return switch (value) {
            case Decimal128 decimal ->
                    Decimals.divide(ONE, Decimals.add(ONE, POWER.of(Decimals.negate(decimal))));
            case NumberValue number -> new DoubleValue(1 / (1 + Math.exp(-number.toDouble())));
            default -> throw NumericErrors.notNumeric(ErrorCode.TYPE_MISMATCH, "$sigmoid", value);
        };
    }
}
