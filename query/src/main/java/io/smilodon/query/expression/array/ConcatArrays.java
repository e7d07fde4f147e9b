package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code {$concatArrays: [<array>, …]}}: all elements, in order. With null or missing it is null.
 */
record ConcatArrays(List<Expression> operands) implements VariadicExpression {

    private static final long ELEMENTS_MAX = 4_000_000;

    ConcatArrays {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        List<Value> all = new ArrayList<>();
        for (Value value : values) {
            if (value.isNullish()) {
                return NullValue.INSTANCE;
            }
            List<Value> more = ArrayErrors.requireArray(value, 28664, "$concatArrays").elements();
            requireRoom(all.size() + (long) more.size());
            Steps.take(more.size());
            all.addAll(more);
        }
        return ArrayValue.of(all);
    }

    /** Counts elements, not what is in them, so that arrays can be put together one by one. */
    private static void requireRoom(long elements) {
        if (elements > ELEMENTS_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "$concatArrays would exceed the memory limit",
                    Map.of("elementsMax", ELEMENTS_MAX));
        }
    }
}
