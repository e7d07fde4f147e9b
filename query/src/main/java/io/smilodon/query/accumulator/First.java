package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;

/** {@code $first}: the value of the first document, even if that has none. */
final class First implements Accumulator {

    private Value first = Missing.INSTANCE;
    private boolean isEmpty = true;
    private long bytes;

    @Override
    public void add(Value value) {
        if (isEmpty) {
            first = value;
            isEmpty = false;
            bytes = MemorySize.of(value);
        }
    }

    @Override
    public long memoryBytes() {
        return OBJECT_BYTES + bytes;
    }

    @Override
    public Value result() {
        return first;
    }
}
