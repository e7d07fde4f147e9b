package io.smilodon.query.expression.statistic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Percentiles;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code {$percentile: {input: <array or number>, p: [<part>, …], method: "approximate"}}}: for
 * each part from 0 to 1 the number that is at that place, as a double; nulls without any number.
 * The parts may be computed, but not from the document.
 *
 * @param left the input
 * @param right the parts
 */
record PercentileList(Expression left, Expression right) implements BinaryExpression {

    private static final NamedOperands PARTS =
            PercentileOperand.parts(7436200).required("p", ErrorCode.location(40414));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        PercentileOperand.requireMethod(parts, scope);
        return new PercentileList(
                scope.parse("input", parts.get("input")), PercentileOperand.list(parts, scope));
    }

    @Override
    public Value apply(Value input, Value list) {
        List<Double> parts = PercentileOperand.requireParts(list);
        Percentiles percentiles = PercentileOperand.of(input);
        return ArrayValue.of(parts.stream().map(part -> value(percentiles.at(part))).toList());
    }

    private static Value value(OptionalDouble number) {
        return number.isPresent() ? new DoubleValue(number.getAsDouble()) : NullValue.INSTANCE;
    }
}
