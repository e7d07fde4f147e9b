package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;

/** {@code $last}: the value of the last document, even if that has none. */
final class Last implements Accumulator {

    private Value last = Missing.INSTANCE;
    private long bytes;

    @Override
    public void add(Value value) {
        last = value;
        bytes = MemorySize.of(value);
    }

    @Override
    public long memoryBytes() {
        return OBJECT_BYTES + bytes;
    }

    @Override
    public Value result() {
        return last;
    }
}
