package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import java.util.List;

/**
 * {@code {$min: [<value>, …]}}: the least value that is neither null nor missing, null without any.
 */
record Minimum(List<Expression> operands) implements Statistic {

    Minimum {
        operands = List.copyOf(operands);
    }

    @Override
    public Value over(List<Value> values) {
        Value best = NullValue.INSTANCE;
        for (Value value : values) {
            boolean isBetter =
                    best == NullValue.INSTANCE || ValueOrder.ASCENDING.compare(value, best) < 0;
            if (!value.isNullish() && isBetter) {
                best = value;
            }
        }
        return best;
    }
}
