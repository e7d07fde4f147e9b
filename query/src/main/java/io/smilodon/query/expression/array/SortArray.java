package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.sort.ElementOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code {$sortArray: {input: <array>, sortBy: <order>}}}: the elements in order, whole ones by 1
 * or -1, or by their fields; equal ones stay as they were. Of null and missing it is null.
 */
record SortArray(Expression operand, ElementOrder sortBy) implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(2942500), ErrorCode.location(2942501))
                    .required("input", ErrorCode.location(2942502))
                    .required("sortBy", ErrorCode.location(2942503));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        ElementOrder order = order(parts.get("sortBy"), scope.child("sortBy"));
        return new SortArray(scope.parse("input", parts.get("input")), order);
    }

    private static ElementOrder order(Value sortBy, ExpressionScope scope) {
        if (!(sortBy instanceof Document) && !(sortBy instanceof NumberValue)) {
            throw scope.error(
                    ErrorCode.location(2942507),
                    "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to"
                            + " sort embedded fields",
                    Map.of("actual", sortBy.type().alias()));
        }
        try {
            return sortBy instanceof Document fields
                    ? ElementOrder.byFields(fields)
                    : ElementOrder.byValue(sortBy);
        } catch (SmilodonException e) {
            int code = sortBy instanceof Document ? 2942505 : 2942506;
            throw scope.error(ErrorCode.location(code), e.template(), e.details());
        }
    }

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value value = operand.evaluate(context);
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        List<Value> elements =
                new ArrayList<>(ArrayErrors.requireArray(value, 2942504, "$sortArray").elements());
        elements.sort(Steps.counted(sortBy.under(context.order())));
        return ArrayValue.of(elements);
    }
}
