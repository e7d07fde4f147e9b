package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/**
 * {@code {$slice: [<array>, <start>, <count>]}}: so many elements from there on, a negative start
 * counts from the end; with the count alone the first ones, or the last ones if it is negative.
 * With null or missing it is null.
 */
record SliceArray(List<Expression> operands) implements VariadicExpression {

    SliceArray {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(values.get(0), 28724, "$slice");
        long start = IntOperand.require(values.get(1), 28725, 28726, "$slice");
        if (values.size() == 2) {
            return start < 0 ? part(array, start, -start) : part(array, 0, start);
        }
        long count = IntOperand.require(values.get(2), 28727, 28728, "$slice");
        if (count <= 0) {
            throw ArrayErrors.wrongType(
                    28729, "The third argument must be positive", "$slice", values.get(2));
        }
        return part(array, start, count);
    }

    private static Value part(ArrayValue array, long start, long count) {
        List<Value> elements = array.elements();
        int size = elements.size();
        Steps.take(size);
        long from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
        return ArrayValue.of(elements.subList((int) from, (int) Math.min(from + count, size)));
    }
}
