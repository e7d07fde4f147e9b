package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedVariadicExpression;
import java.util.List;
import java.util.Set;

/**
 * {@code {$setUnion: [<array>, …]}}: the elements that any array has, once each, in the order of
 * values. With null or missing it is null.
 */
record Union(List<Expression> operands) implements OrderedVariadicExpression {

    Union {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values, ValueOrder order) {
        return new ValueSet("$setUnion", 17043, order).combined(values, Set::addAll);
    }
}
