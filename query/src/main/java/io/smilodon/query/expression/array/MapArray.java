package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$map: {input: <array>, as: <name>, in: <expression>}}}: the value of the expression for
 * each element, null where it has none. Of null and missing it is null.
 */
record MapArray(Expression input, String name, Expression body) implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(16878), ErrorCode.location(16879))
                    .required("input", ErrorCode.location(16880))
                    .required("in", ErrorCode.location(16882))
                    .optional("as");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        String name = ElementVariable.name(parts.get("as"), scope.child("as"));
        return new MapArray(
                scope.parse("input", parts.get("input")),
                name,
                scope.with(name).parse("in", parts.get("in")));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value list = input.evaluate(context);
        if (list.isNullish()) {
            return NullValue.INSTANCE;
        }
        List<Value> mapped = new ArrayList<>();
        Growth growth = Growth.under(1);
        for (Value element : ArrayErrors.requireArray(list, 16883, "$map")) {
            Steps.take();
            Value value = body.evaluate(context.with(name, element));
            growth.add(value);
            mapped.add(value == Missing.INSTANCE ? NullValue.INSTANCE : value);
        }
        return ArrayValue.of(mapped);
    }

    @Override
    public List<Expression> operands() {
        return List.of(input, body);
    }
}
