package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** {@code $first}: the value of the first document, even if that has none. */
final class First implements Accumulator {

    private Value first = Missing.INSTANCE;
    private boolean isEmpty = true;

    @Override
    public void add(Value value) {
        if (isEmpty) {
            first = value;
            isEmpty = false;
        }
    }

    @Override
    public Value result() {
        return first;
    }
}
