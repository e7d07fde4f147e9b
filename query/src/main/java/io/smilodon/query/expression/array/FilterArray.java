package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code {$filter: {input: <array>, as: <name>, cond: <condition>, limit: <count>}}}: the elements
 * for which the condition is true, which knows each as a variable, {@code this} unless it is named.
 * Of null and missing it is null.
 */
record FilterArray(Expression input, String name, Expression condition, Optional<Expression> limit)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(28646), ErrorCode.location(28647))
                    .required("input", ErrorCode.location(28648))
                    .required("cond", ErrorCode.location(28650))
                    .optional("as")
                    .optional("limit");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        String name = ElementVariable.name(parts.get("as"), scope.child("as"));
        Optional<Expression> limit =
                parts.get("limit").isNullish()
                        ? Optional.empty()
                        : Optional.of(scope.parse("limit", parts.get("limit")));
        return new FilterArray(
                scope.parse("input", parts.get("input")),
                name,
                scope.with(name).parse("cond", parts.get("cond")),
                limit);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value list = input.evaluate(context);
        if (list.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(list, 28651, "$filter");
        if (array.isEmpty()) {
            return array;
        }
        int most =
                limit.map(expression -> most(expression.evaluate(context)))
                        .orElse(Integer.MAX_VALUE);
        List<Value> kept = new ArrayList<>();
        for (Value element : array) {
            Steps.take();
            if (Truth.of(condition.evaluate(context.with(name, element)))) {
                kept.add(element);
                if (kept.size() == most) {
                    break;
                }
            }
        }
        return ArrayValue.of(kept);
    }

    private static int most(Value value) {
        if (value.isNullish()) {
            return Integer.MAX_VALUE;
        }
        int most = IntOperand.require(value, 327391, 327391, "$filter");
        if (most <= 0) {
            throw ArrayErrors.wrongType(
                    327392, "The limit must be greater than 0", "$filter", value);
        }
        return most;
    }

    @Override
    public List<Expression> operands() {
        List<Expression> all = new ArrayList<>(List.of(input, condition));
        limit.ifPresent(all::add);
        return all;
    }
}
