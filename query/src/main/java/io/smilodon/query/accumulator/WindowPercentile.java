package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code $percentile} and {@code $median} over a window. All rows' numbers are sorted beforehand; a
 * tree of counts over them says which are in the window. Source: Fenwick, "A new data structure for
 * cumulative frequency tables", 1994.
 */
final class WindowPercentile implements SlidingAccumulator {

    private final Shares shares;
    private final double[] sorted;

    /** Where the number of each row stands among the sorted ones, from 1; 0 without a number. */
    private final int[] places;

    private final int[] counts;
    private int size;

    WindowPercentile(List<Value> values, Shares shares) {
        this.shares = shares;
        int[] rows =
                IntStream.range(0, values.size())
                        .filter(row -> isCounted(values.get(row)))
                        .boxed()
                        .sorted((one, other) -> compare(values.get(one), values.get(other)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        places = new int[values.size()];
        sorted = new double[rows.length];
        counts = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            places[rows[i]] = i + 1;
            sorted[i] = number(values.get(rows[i]));
        }
    }

    private static boolean isCounted(Value value) {
        return value instanceof NumberValue number && !Numbers.isNaN(number);
    }

    private static int compare(Value one, Value other) {
        return Double.compare(number(one), number(other));
    }

    private static double number(Value value) {
        return ((NumberValue) value).toDouble();
    }

    @Override
    public void add(int row) {
        count(row, 1);
    }

    @Override
    public void remove(int row) {
        count(row, -1);
    }

    private void count(int row, int change) {
        if (places[row] == 0) {
            return;
        }
        size += change;
        for (int i = places[row]; i < counts.length; i += i & -i) {
            counts[i] += change;
        }
    }

    @Override
    public Value result() {
        return shares.result(size, this::numberAt);
    }

    /** The number of a rank from 0 among those in the window. */
    private double numberAt(int rank) {
        int place = 0;
        int left = rank + 1;
        for (int step = Integer.highestOneBit(counts.length); step > 0; step >>= 1) {
            int next = place + step;
            if (next < counts.length && counts[next] < left) {
                place = next;
                left -= counts[next];
            }
        }
        return sorted[place];
    }
}
