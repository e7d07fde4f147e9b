package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.value.Deviation;
import java.util.List;
import java.util.function.Function;

/**
 * {@code {$stdDevPop: [<value>, …]}} and {@code {$stdDevSamp: [<value>, …]}}: the standard
 * deviation of the numbers among them, as a double; null for too few.
 *
 * @param kind of the population or of a sample
 */
record StandardDeviation(List<Expression> operands, Function<Deviation, Value> kind)
        implements Statistic {

    StandardDeviation {
        operands = List.copyOf(operands);
    }

    static ExpressionFactory factory(Function<Deviation, Value> kind) {
        return Operands.any(operands -> new StandardDeviation(operands, kind));
    }

    @Override
    public Value over(List<Value> values) {
        Deviation deviation = new Deviation();
        values.forEach(deviation::add);
        return kind.apply(deviation);
    }
}
