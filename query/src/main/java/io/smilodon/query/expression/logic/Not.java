package io.smilodon.query.expression.logic;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.Truth;

/** {@code {$not: [<expression>]}}: whether it is false. */
record Not(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(!Truth.of(value));
    }
}
