package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.Comparator;

/** {@code $min} and {@code $max}: by the order of all values, leaving out null and missing ones. */
final class Extreme implements Accumulator {

    private final Comparator<Value> order;
    private Value best = NullValue.INSTANCE;
    private long bytes;

    /**
     * @param order the last one in it is the result
     */
    Extreme(Comparator<Value> order) {
        this.order = order;
    }

    @Override
    public void add(Value value) {
        if (value.isNullish() || value instanceof UndefinedValue) {
            return;
        }
        boolean isFirst = best == NullValue.INSTANCE;
        if (isFirst || order.compare(value, best) > 0) {
            best = value;
            bytes = MemorySize.of(value);
        }
    }

    @Override
    public long memoryBytes() {
        return OBJECT_BYTES + bytes;
    }

    @Override
    public Value result() {
        return best;
    }
}
