package io.smilodon.query.expression.comparison;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedBinaryExpression;

/**
 * {@code {$eq: [<left>, <right>]}} and the other five: whether two values stand in a relation.
 * Unlike in filters, types are not kept apart and arrays are not looked into.
 */
public record Comparison(Relation relation, Expression left, Expression right)
        implements OrderedBinaryExpression {

    @Override
    public Value apply(Value one, Value other, ValueOrder order) {
        return Value.of(relation.holds(order.compare(one, other)));
    }
}
