package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code {$reverseArray: <array>}}: the elements from the last to the first. Of null and missing it
 * is null.
 */
record ReverseArray(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(value, 34435, "$reverseArray");
        List<Value> elements = new ArrayList<>(array.elements());
        Steps.take(elements.size());
        Collections.reverse(elements);
        return ArrayValue.of(elements);
    }
}
