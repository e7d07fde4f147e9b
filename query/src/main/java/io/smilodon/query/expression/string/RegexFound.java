package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import java.util.List;

/**
 * {@code {$regexMatch: {input: <string>, regex: <pattern>, options: <string>}}}: whether the
 * pattern is found. With null or missing it is false.
 */
record RegexFound(RegexOperand operand) implements CompoundExpression {

    static Expression parse(Value operand, ExpressionScope scope) {
        return new RegexFound(RegexOperand.parse(operand, scope));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        return Value.of(
                operand.search(context)
                        .map(search -> search.matcher().isFoundIn(search.text()))
                        .orElse(false));
    }

    @Override
    public List<Expression> operands() {
        return operand.expressions();
    }
}
