package io.smilodon.query.expression.set;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedBinaryExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code {$setDifference: [<array>, <array>]}}: each element of the first that the second lacks,
 * once, in the order of the first. With null or missing it is null.
 */
record Difference(Expression left, Expression right) implements OrderedBinaryExpression {

    private static final String NAME = "$setDifference";

    @Override
    public Value apply(Value from, Value what, ValueOrder order) {
        if (from.isNullish() || what.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue elements = ValueSet.require(from, 17048, NAME);
        TreeSet<Value> seen = new ValueSet(NAME, 17049, order).of(what);
        List<Value> rest = new ArrayList<>();
        for (Value element : elements) {
            if (seen.add(element)) {
                rest.add(element);
            }
        }
        return ArrayValue.of(rest);
    }
}
