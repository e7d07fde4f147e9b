package io.smilodon.query.expression.comparison;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedBinaryExpression;

/** {@code {$cmp: [<left>, <right>]}}: -1, 0 or 1. */
record Compare(Expression left, Expression right) implements OrderedBinaryExpression {

    @Override
    public Value apply(Value one, Value other, ValueOrder order) {
        return Value.of(Integer.signum(order.compare(one, other)));
    }
}
