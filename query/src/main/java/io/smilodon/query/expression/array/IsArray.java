package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$isArray: [<value>]}}: whether it is an array. */
record IsArray(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(value instanceof ArrayValue);
    }
}
