package io.smilodon.query.expression.logic;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.value.Truth;
import java.util.List;

/** {@code {$and: [<expression>, …]}}: whether all are true; stops at the first that is not. */
record AllOf(List<Expression> operands) implements CompoundExpression {

    AllOf {
        operands = List.copyOf(operands);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        for (Expression operand : operands) {
            if (!Truth.of(operand.evaluate(context))) {
                return Value.of(false);
            }
        }
        return Value.of(true);
    }

    @Override
    public FieldRanges ranges(EvaluationContext context) {
        return FieldRanges.ofAll(
                operands.stream().map(operand -> operand.ranges(context)).toList());
    }
}
