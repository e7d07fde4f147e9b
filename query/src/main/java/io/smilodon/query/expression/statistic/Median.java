package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.UnaryExpression;
import java.util.OptionalDouble;

/**
 * {@code {$median: {input: <array or number>, method: "approximate"}}}: the number in the middle,
 * the lower of two, as a double; null without any number.
 */
record Median(Expression operand) implements UnaryExpression {

    private static final double MIDDLE = 0.5;
    private static final NamedOperands PARTS = PercentileOperand.parts(7436201);

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        PercentileOperand.requireMethod(parts, scope);
        return new Median(scope.parse("input", parts.get("input")));
    }

    @Override
    public Value apply(Value input) {
        OptionalDouble median = PercentileOperand.of(input).at(MIDDLE);
        return median.isPresent() ? new DoubleValue(median.getAsDouble()) : NullValue.INSTANCE;
    }
}
