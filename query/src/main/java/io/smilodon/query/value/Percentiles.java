package io.smilodon.query.value;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Discrete percentiles of the numbers among some values: each is one of these numbers, as a double,
 * namely the least that at least such a part of all numbers does not exceed. Immutable.
 */
public final class Percentiles {

    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of the values that are numbers, NaN left out. */
    public static Percentiles of(Iterable<? extends Value> values) {
        double[] numbers = new double[16];
        int count = 0;
        for (Value value : values) {
            Steps.take();
            if (value instanceof NumberValue number && !Numbers.isNaN(number)) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = number.toDouble();
            }
        }
        double[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /**
     * The percentile; none if there was no number.
     *
     * @param part from 0, the least number, to 1, the greatest
     */
    public OptionalDouble at(double part) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int rank = (int) Math.ceil(part * sorted.length) - 1;
        return OptionalDouble.of(sorted[Math.clamp(rank, 0, sorted.length - 1)]);
    }
}
