package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Summation;
import java.util.List;

/** {@code {$sum: [<value>, …]}}: the sum of the numbers among them, 0 without any. */
record Sum(List<Expression> operands) implements Statistic {

    Sum {
        operands = List.copyOf(operands);
    }

    @Override
    public Value over(List<Value> values) {
        Summation sum = new Summation();
        for (Value value : values) {
            if (value instanceof NumberValue number) {
                sum.add(number);
            }
        }
        return sum.total();
    }
}
