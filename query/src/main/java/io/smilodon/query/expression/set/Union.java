package io.smilodon.query.expression.set;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code {$setUnion: [<array>, …]}}: the elements that any array has, once each, in the order of
 * values. With null or missing it is null.
 */
record Union(List<Expression> operands) implements VariadicExpression {

    Union {
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
        TreeSet<Value> set = ValueSet.of(values.get(0), 17043, "$setUnion");
        for (Value value : values.subList(1, values.size())) {
            set.addAll(ValueSet.of(value, 17043, "$setUnion"));
        }
        return ValueSet.array(set);
    }
}
