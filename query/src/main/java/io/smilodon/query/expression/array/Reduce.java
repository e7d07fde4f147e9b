package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Growth;
import java.util.List;

/**
 * {@code {$reduce: {input: <array>, initialValue: <expression>, in: <expression>}}}: the elements
 * folded into one value by an expression that knows what there is so far as {@code value} and the
 * element as {@code this}. Of null and missing it is null.
 */
record Reduce(Expression input, Expression initial, Expression body) implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(40075), ErrorCode.location(40076))
                    .required("input", ErrorCode.location(40077))
                    .required("initialValue", ErrorCode.location(40078))
                    .required("in", ErrorCode.location(40079));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new Reduce(
                scope.parse("input", parts.get("input")),
                scope.parse("initialValue", parts.get("initialValue")),
                scope.with("this").with("value").parse("in", parts.get("in")));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value list = input.evaluate(context);
        if (list.isNullish()) {
            return NullValue.INSTANCE;
        }
        Value folded = initial.evaluate(context);
        for (Value element : ArrayErrors.requireArray(list, 40080, "$reduce")) {
            Steps.take();
            folded = body.evaluate(context.with("this", element).with("value", folded));
            Growth.under(0).add(folded);
        }
        return folded;
    }

    @Override
    public List<Expression> operands() {
        return List.of(input, initial, body);
    }
}
