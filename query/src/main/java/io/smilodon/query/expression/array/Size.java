package io.smilodon.query.expression.array;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$size: <array>}}: how many elements the array has. */
record Size(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(ArrayErrors.requireArray(value, 17124, "$size").size());
    }
}
