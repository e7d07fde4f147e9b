package io.smilodon.query.expression.logic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Operands;
import java.util.List;
import java.util.Map;

/**
 * {@code {$ifNull: [<expression>, …, <replacement>]}}: the first value that is not null, undefined
 * or missing; the last one, whatever it is, if there is no such value.
 */
record IfNull(List<Expression> operands) implements CompoundExpression {

    private static final ExpressionFactory LISTED = Operands.any(IfNull::new);

    IfNull {
        operands = List.copyOf(operands);
    }

    static Expression parse(Value operand, ExpressionScope scope) {
        IfNull expression = (IfNull) LISTED.create(operand, scope);
        if (expression.operands.size() < 2) {
            throw scope.error(
                    ErrorCode.location(1257300),
                    "$ifNull needs at least two arguments",
                    Map.of("actual", expression.operands.size()));
        }
        return expression;
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value value = Missing.INSTANCE;
        for (Expression operand : operands) {
            value = operand.evaluate(context);
            if (!value.isNullish()) {
                return value;
            }
        }
        return value;
    }
}
