package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedVariadicExpression;
import java.util.List;

/**
 * {@code {$min: [<value>, …]}}: the least value that is neither null nor missing, null without any.
 */
record Minimum(List<Expression> operands) implements OrderedVariadicExpression {

    Minimum {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values, ValueOrder order) {
        return values.size() == 1 && values.get(0) instanceof ArrayValue array
                ? best(array.elements(), order)
                : best(values, order);
    }

    private static Value best(List<Value> values, ValueOrder order) {
        Value best = NullValue.INSTANCE;
        for (Value value : values) {
            Steps.take();
            boolean isBetter = best == NullValue.INSTANCE || order.compare(value, best) < 0;
            if (!value.isNullish() && isBetter) {
                best = value;
            }
        }
        return best;
    }
}
