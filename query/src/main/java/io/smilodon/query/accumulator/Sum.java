package io.smilodon.query.accumulator;

import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Summation;

/** {@code $sum}: the sum of the numbers; an int32 zero without any. */
final class Sum implements Accumulator {

    private final Summation sum = new Summation();

    @Override
    public void add(Value value) {
        if (value instanceof NumberValue number) {
            sum.add(number);
        }
    }

    @Override
    public void add(StoredValue stored) {
        sum.add(stored);
    }

    @Override
    public Value result() {
        return sum.total();
    }
}
