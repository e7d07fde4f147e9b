package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Which percentiles are wanted.
 *
 * @param shares each from 0 to 1
 * @param isSingle whether the result is the only one, not an array
 */
record Shares(List<Double> shares, boolean isSingle) {

    static final Shares MEDIAN = new Shares(List.of(0.5), true);

    Shares {
        shares = List.copyOf(shares);
    }

    /** The percentiles of so many numbers, given by their rank from 0. */
    Value result(int size, IntToDoubleFunction numberAt) {
        List<Value> results = new ArrayList<>(shares.size());
        for (double share : shares) {
            results.add(
                    size == 0
                            ? NullValue.INSTANCE
                            : new DoubleValue(numberAt.applyAsDouble(rank(share, size))));
        }
        return isSingle ? results.get(0) : ArrayValue.of(results);
    }

    private static int rank(double share, int size) {
        return Math.max(0, (int) Math.ceil(share * size) - 1);
    }
}
