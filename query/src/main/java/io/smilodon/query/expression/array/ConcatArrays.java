package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$concatArrays: [<array>, …]}}: all elements, in order. With null or missing it is null.
 */
record ConcatArrays(List<Expression> operands) implements VariadicExpression {

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
            all.addAll(ArrayErrors.requireArray(value, 28664, "$concatArrays").elements());
        }
        return ArrayValue.of(all);
    }
}
