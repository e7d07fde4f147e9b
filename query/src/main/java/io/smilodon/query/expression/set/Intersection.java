package io.smilodon.query.expression.set;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code {$setIntersection: [<array>, …]}}: the elements that every array has, once each, in the
 * order of values. With null or missing it is null.
 */
record Intersection(List<Expression> operands) implements VariadicExpression {

    Intersection {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        if (values.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        TreeSet<Value> set = ValueSet.of(values.get(0), 17047, "$setIntersection");
        for (Value value : values.subList(1, values.size())) {
            set.retainAll(ValueSet.of(value, 17047, "$setIntersection"));
        }
        return ValueSet.array(set);
    }
}
