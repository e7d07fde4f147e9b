package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.Comparator;

/**
 * The largest or smallest value, leaving out null and missing ones.
 *
 * @param order the last one in it is the result
 */
public record ExtremeMerging(Comparator<Value> order) implements Merging<Value> {

    @Override
    public Value none() {
        return NullValue.INSTANCE;
    }

    @Override
    public Value of(Value value) {
        boolean isLeftOut = value.isNullish() || value instanceof UndefinedValue;
        return isLeftOut ? NullValue.INSTANCE : value;
    }

    @Override
    public Value merge(Value earlier, Value later) {
        if (later == NullValue.INSTANCE) {
            return earlier;
        }
        boolean isBetter = earlier == NullValue.INSTANCE || order.compare(later, earlier) > 0;
        return isBetter ? later : earlier;
    }

    @Override
    public Value result(Value all) {
        return all;
    }
}
