package io.smilodon.query.accumulator;

import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Summation;

/** {@code $avg}: the mean of the numbers, a double or a decimal; null without any. */
final class Average implements Accumulator {

    private final Summation sum = new Summation();
    private long count;

    @Override
    public void add(Value value) {
        if (value instanceof NumberValue number) {
            sum.add(number);
            count++;
        }
    }

    @Override
    public void add(StoredValue stored) {
        if (sum.add(stored)) {
            count++;
        }
    }

    @Override
    public Value result() {
        return count == 0
                ? NullValue.INSTANCE
                : Division.divide(sum.total(), new Int64Value(count));
    }
}
