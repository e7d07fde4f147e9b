package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;

/**
 * {@code {$expMovingAvg: {input, N}}}, {@code {$expMovingAvg: {input, alpha}}}: a mean in which
 * older numbers count less and less. What is no number changes nothing.
 *
 * @param argument the input
 * @param weight how much the newest number counts
 * @param rest how much all others count: 1 less the weight
 */
record MovingAverage(Expression argument, NumberValue weight, NumberValue rest)
        implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        return new Average(rows);
    }

    private final class Average implements RowResults {

        private final WindowRows rows;
        private Value average = NullValue.INSTANCE;

        Average(WindowRows rows) {
            this.rows = rows;
        }

        @Override
        public Value at(int row) {
            if (rows.values().get(row) instanceof NumberValue number) {
                average =
                        average instanceof NumberValue before
                                ? Arithmetic.add(
                                        Arithmetic.multiply(number, weight),
                                        Arithmetic.multiply(before, rest))
                                : number;
            }
            return average;
        }
    }
}
