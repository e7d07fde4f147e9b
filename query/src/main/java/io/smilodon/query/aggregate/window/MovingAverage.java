package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Decimals;
import java.util.Optional;

/**
 * {@code {$expMovingAvg: {input, N}}}, {@code {$expMovingAvg: {input, alpha}}}: a mean in which
 * older numbers count less and less, computed in decimals; a double unless there is a decimal among
 * the numbers. What is no number changes nothing.
 *
 * @param argument the input
 * @param weight how much the newest number counts
 * @param rest how much all others count: 1 less the weight
 */
record MovingAverage(Expression argument, Decimal128 weight, Decimal128 rest)
        implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        return new Average(rows);
    }

    private final class Average implements RowResults {

        private final WindowRows rows;
        private Optional<Decimal128> average = Optional.empty();
        private boolean hasDecimal;

        Average(WindowRows rows) {
            this.rows = rows;
        }

        @Override
        public Value at(int row) {
            if (rows.values().get(row) instanceof NumberValue number) {
                hasDecimal |= number instanceof Decimal128;
                Decimal128 newest = Decimals.of(number);
                average = Optional.of(average.map(before -> mean(before, newest)).orElse(newest));
            }
            return average.map(this::result).orElse(NullValue.INSTANCE);
        }

        private Decimal128 mean(Decimal128 before, Decimal128 newest) {
            return Decimals.add(Decimals.multiply(newest, weight), Decimals.multiply(before, rest));
        }

        private Value result(Decimal128 number) {
            return hasDecimal ? number : new DoubleValue(number.toDouble());
        }
    }
}
