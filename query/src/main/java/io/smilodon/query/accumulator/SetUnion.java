package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/** {@code $setUnion}: the distinct elements of all arrays, in the order of their first one. */
final class SetUnion implements Accumulator {

    private final AddToSet set;

    /**
     * @param order which values are equal
     */
    SetUnion(ValueOrder order) {
        this.set = new AddToSet(order);
    }

    @Override
    public void add(Value value) {
        if (value != Missing.INSTANCE) {
            ArrayInputs.require("$setUnion", value).forEach(set::add);
        }
    }

    @Override
    public Value result() {
        return set.result();
    }

    @Override
    public long memoryBytes() {
        return set.memoryBytes();
    }
}
