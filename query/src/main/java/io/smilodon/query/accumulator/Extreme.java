package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/** {@code $min} and {@code $max}: by the order of all values, leaving out null and missing ones. */
final class Extreme implements Accumulator {

    private final int sign;
    private Value best = NullValue.INSTANCE;

    /**
     * @param sign 1 for the largest, -1 for the smallest
     */
    Extreme(int sign) {
        this.sign = sign;
    }

    @Override
    public void add(Value value) {
        if (value.isNullish() || value instanceof UndefinedValue) {
            return;
        }
        boolean isFirst = best == NullValue.INSTANCE;
        if (isFirst || sign * ValueOrder.ASCENDING.compare(value, best) > 0) {
            best = value;
        }
    }

    @Override
    public Value result() {
        return best;
    }
}
