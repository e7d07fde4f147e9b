package io.smilodon.query.expression.set;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code {$setDifference: [<array>, <array>]}}: each element of the first that the second lacks,
 * once, in the order of the first. With null or missing it is null.
 */
record Difference(Expression left, Expression right) implements BinaryExpression {

    private static final String NAME = "$setDifference";

    @Override
    public Value apply(Value from, Value what) {
        if (from.isNullish() || what.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue elements = ValueSet.require(from, 17048, NAME);
        TreeSet<Value> seen = ValueSet.of(what, 17049, NAME);
        List<Value> rest = new ArrayList<>();
        for (Value element : elements) {
            if (seen.add(element)) {
                rest.add(element);
            }
        }
        return ArrayValue.of(rest);
    }
}
