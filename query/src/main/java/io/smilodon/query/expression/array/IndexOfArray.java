package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.OrderedVariadicExpression;
import java.util.List;

/**
 * {@code {$indexOfArray: [<array>, <value>, <start>, <end>]}}: the index of the first element that
 * equals the value, from the start on and before the end; -1 without one. Of null and missing it is
 * null.
 */
record IndexOfArray(List<Expression> operands) implements OrderedVariadicExpression {

    IndexOfArray {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values, ValueOrder order) {
        if (values.get(0).isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(values.get(0), 40090, "$indexOfArray");
        int start = values.size() > 2 ? bound(values.get(2)) : 0;
        int end = values.size() > 3 ? bound(values.get(3)) : Integer.MAX_VALUE;
        List<Value> elements = array.elements();
        for (int index = start; index < Math.min(end, elements.size()); index++) {
            Steps.take();
            if (order.areEqual(elements.get(index), values.get(1))) {
                return Value.of(index);
            }
        }
        return Value.of(-1);
    }

    private static int bound(Value value) {
        int bound = IntOperand.require(value, 40096, 40096, "$indexOfArray");
        if (bound < 0) {
            throw ArrayErrors.wrongType(
                    40097, "The index must not be negative", "$indexOfArray", value);
        }
        return bound;
    }
}
