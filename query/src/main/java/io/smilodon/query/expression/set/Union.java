package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.Set;

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
        return ValueSet.combined(values, Set::addAll, 17043, "$setUnion");
    }
}
