package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Summation;
import java.util.List;

/** {@code {$avg: [<value>, …]}}: the mean of the numbers among them, null without any. */
record Average(List<Expression> operands) implements Statistic {

    Average {
        operands = List.copyOf(operands);
    }

    @Override
    public Value over(List<Value> values) {
        Summation sum = new Summation();
        long count = 0;
        for (Value value : values) {
            if (value instanceof NumberValue number) {
                sum.add(number);
                count++;
            }
        }
        return count == 0
                ? NullValue.INSTANCE
                : Division.divide(sum.total(), new Int64Value(count));
    }
}
