package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedVariadicExpression;
import java.util.List;
import java.util.Set;

/**
 * {@code {$setIntersection: [<array>, …]}}: the elements that every array has, once each, in the
 * order of values. With null or missing it is null.
 */
record Intersection(List<Expression> operands) implements OrderedVariadicExpression {

    Intersection {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values, ValueOrder order) {
        return new ValueSet("$setIntersection", 17047, order).combined(values, Set::retainAll);
    }
}
