package io.smilodon.query.expression.type;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$isNumber: <value>}}: whether it is a number of any type. */
record IsNumber(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(value instanceof NumberValue);
    }
}
