package io.smilodon.query.expression.array;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$first: <array>}}: the first element, missing if there is none. Of null and missing it is
 * null.
 */
record FirstElement(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return value.isNullish()
                ? NullValue.INSTANCE
                : ArrayErrors.requireArray(value, 28689, "$first").get(0);
    }
}
