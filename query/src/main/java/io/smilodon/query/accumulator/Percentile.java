package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Numbers;
import java.util.Arrays;

/**
 * {@code $percentile} and {@code $median}: the least number that at least a share of the numbers
 * does not exceed, as a double; null without any. Numbers count as doubles, NaN is left out. Exact:
 * it keeps every number.
 */
final class Percentile implements Accumulator {

    private final Shares shares;
    private double[] numbers = new double[8];
    private int size;
    private boolean isSorted = true;

    Percentile(Shares shares) {
        this.shares = shares;
    }

    @Override
    public void add(Value value) {
        if (value instanceof NumberValue number && !Numbers.isNaN(number)) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number.toDouble();
            isSorted = false;
        }
    }

    @Override
    public Value result() {
        if (!isSorted) {
            Arrays.sort(numbers, 0, size);
            isSorted = true;
        }
        return shares.result(size, rank -> numbers[rank]);
    }

    @Override
    public long memoryBytes() {
        return 64L + (long) Double.BYTES * numbers.length;
    }
}
