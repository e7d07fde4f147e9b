package io.smilodon.query.expression.type;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$type: <value>}}: the name of its type, {@code "missing"} for an absent field. */
record TypeName(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(value.type().alias());
    }
}
