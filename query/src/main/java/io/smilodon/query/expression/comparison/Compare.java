package io.smilodon.query.expression.comparison;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;

/** {@code {$cmp: [<left>, <right>]}}: -1, 0 or 1. */
record Compare(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value one, Value other) {
        return Value.of(Integer.signum(ValueOrder.ASCENDING.compare(one, other)));
    }
}
