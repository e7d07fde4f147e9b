package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Summation;

/** Means of numbers, leaving out what is none. */
final class AverageMerging implements Merging<AverageMerging.Mean> {

    private static final SumMerging SUMS = new SumMerging();

    /** A sum of so many numbers. */
    record Mean(Summation sum, long count) {}

    @Override
    public Mean none() {
        return new Mean(SUMS.none(), 0);
    }

    @Override
    public Mean of(Value value) {
        return new Mean(SUMS.of(value), value instanceof NumberValue ? 1 : 0);
    }

    @Override
    public Mean merge(Mean earlier, Mean later) {
        return new Mean(SUMS.merge(earlier.sum, later.sum), earlier.count + later.count);
    }

    @Override
    public Value result(Mean all) {
        return all.count == 0
                ? NullValue.INSTANCE
                : Division.divide(all.sum.total(), new Int64Value(all.count));
    }
}
