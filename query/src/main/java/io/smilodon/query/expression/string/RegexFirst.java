package io.smilodon.query.expression.string;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import java.util.List;
import java.util.Optional;

/**
 * {@code {$regexFind: {input: <string>, regex: <pattern>, options: <string>}}}: the first match as
 * a document, null without one and with null or missing.
 */
record RegexFirst(RegexOperand operand) implements CompoundExpression {

    static Expression parse(Value operand, ExpressionScope scope) {
        return new RegexFirst(RegexOperand.parse(operand, scope));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Optional<Value> first =
                operand.search(context).flatMap(search -> new RegexMatches(search).next());
        return first.orElse(NullValue.INSTANCE);
    }

    @Override
    public List<Expression> operands() {
        return operand.expressions();
    }
}
