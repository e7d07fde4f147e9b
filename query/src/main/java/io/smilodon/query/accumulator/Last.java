package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** {@code $last}: the value of the last document, even if that has none. */
final class Last implements Accumulator {

    private Value last = Missing.INSTANCE;

    @Override
    public void add(Value value) {
        last = value;
    }

    @Override
    public Value result() {
        return last;
    }
}
