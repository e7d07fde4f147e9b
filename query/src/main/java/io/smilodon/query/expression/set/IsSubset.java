package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import java.util.TreeSet;

/**
 * {@code {$setIsSubset: [<array>, <array>]}}: whether the second has every element of the first.
 */
record IsSubset(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value part, Value whole) {
        TreeSet<Value> wanted = ValueSet.of(part, 17046, "$setIsSubset");
        return Value.of(ValueSet.of(whole, 17042, "$setIsSubset").containsAll(wanted));
    }
}
