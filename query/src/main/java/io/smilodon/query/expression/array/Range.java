package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.VariadicExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code {$range: [<start>, <end>, <step>]}}: the integers from the start on, before the end. */
record Range(List<Expression> operands) implements VariadicExpression {

    /** So many make about the 100 MB that MongoDB allows the result. */
    private static final long ELEMENTS_MAX = 1_000_000;

    Range {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        long start = IntOperand.require(values.get(0), 34443, 34444, "$range");
        long end = IntOperand.require(values.get(1), 34445, 34446, "$range");
        long step =
                values.size() > 2 ? IntOperand.require(values.get(2), 34447, 34448, "$range") : 1;
        if (step == 0) {
            throw ArrayErrors.wrongType(
                    34449, "The step must not be zero", "$range", values.get(2));
        }
        if ((end - start) / step > ELEMENTS_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "$range would exceed the memory limit",
                    Map.of("elementsMax", ELEMENTS_MAX));
        }
        List<Value> numbers = new ArrayList<>();
        for (long next = start; step > 0 ? next < end : next > end; next += step) {
            Steps.take();
            numbers.add(Value.of((int) next));
        }
        return ArrayValue.of(numbers);
    }
}
