package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$last: <array>}}: the last element, missing if there is none. Of null and missing it is
 * null.
 */
record LastElement(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(value, 28689, "$last");
        return array.get(array.size() - 1);
    }
}
