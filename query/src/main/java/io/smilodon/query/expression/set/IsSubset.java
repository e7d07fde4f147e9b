package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedBinaryExpression;
import java.util.TreeSet;

/**
 * {@code {$setIsSubset: [<array>, <array>]}}: whether the second has every element of the first.
 */
record IsSubset(Expression left, Expression right) implements OrderedBinaryExpression {

    private static final String NAME = "$setIsSubset";

    @Override
    public Value apply(Value part, Value whole, ValueOrder order) {
        TreeSet<Value> wanted = new ValueSet(NAME, 17046, order).of(part);
        return Value.of(new ValueSet(NAME, 17042, order).of(whole).containsAll(wanted));
    }
}
