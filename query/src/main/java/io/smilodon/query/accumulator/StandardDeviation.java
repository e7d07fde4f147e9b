package io.smilodon.query.accumulator;

import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;

/**
 * {@code $stdDevPop} and {@code $stdDevSamp}: the standard deviation of the numbers, as a double;
 * null for too few of them. Source: Welford, "Note on a method for calculating corrected sums of
 * squares and products", 1962.
 */
final class StandardDeviation implements Accumulator {

    private final int degreesLost;
    private long count;
    private double mean;
    private double squares;

    /**
     * @param degreesLost 0 for a whole population, 1 for a sample of it
     */
    StandardDeviation(int degreesLost) {
        this.degreesLost = degreesLost;
    }

    @Override
    public void add(Value value) {
        if (value instanceof NumberValue number) {
            count++;
            double distance = number.toDouble() - mean;
            mean += distance / count;
            squares += distance * (number.toDouble() - mean);
        }
    }

    @Override
    public Value result() {
        return count <= degreesLost
                ? NullValue.INSTANCE
                : new DoubleValue(Math.sqrt(squares / (count - degreesLost)));
    }
}
