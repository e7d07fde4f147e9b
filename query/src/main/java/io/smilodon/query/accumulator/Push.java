package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;

/** {@code $push}: all values that there are, null included, in the order of the documents. */
final class Push implements Accumulator {

    private final List<Value> values = new ArrayList<>();
    private long bytes = OBJECT_BYTES;

    @Override
    public void add(Value value) {
        if (value != Missing.INSTANCE) {
            values.add(value);
            bytes += MemorySize.of(value);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(values);
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
