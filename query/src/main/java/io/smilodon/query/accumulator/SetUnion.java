package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** {@code $setUnion}: the distinct elements of all arrays, in the order of their first one. */
final class SetUnion implements Accumulator {

    private final AddToSet set = new AddToSet();

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
