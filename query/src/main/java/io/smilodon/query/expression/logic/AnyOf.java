package io.smilodon.query.expression.logic;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.value.Truth;
import java.util.List;

/** {@code {$or: [<expression>, …]}}: whether one is true; stops at the first. */
record AnyOf(List<Expression> operands) implements CompoundExpression {

    AnyOf {
        operands = List.copyOf(operands);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        for (Expression operand : operands) {
            if (Truth.of(operand.evaluate(context))) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }

    @Override
    public FieldRanges ranges(EvaluationContext context) {
        return FieldRanges.ofAny(
                operands.stream().map(operand -> operand.ranges(context)).toList());
    }
}
