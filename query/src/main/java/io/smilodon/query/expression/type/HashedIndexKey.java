package io.smilodon.query.expression.type;

import io.smilodon.engine.value.Value;
import io.smilodon.index.key.HashedKey;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$toHashedIndexKey: <value>}}: its key in a hashed index, a long; never null. */
record HashedIndexKey(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(HashedKey.of(value));
    }
}
