package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;

/** {@code $concatArrays}: the elements of all arrays, in the order of the documents. */
final class ConcatArrays implements Accumulator {

    private final List<Value> elements = new ArrayList<>();
    private long bytes = OBJECT_BYTES;

    @Override
    public void add(Value value) {
        if (value == Missing.INSTANCE) {
            return;
        }
        for (Value element : ArrayInputs.require("$concatArrays", value)) {
            elements.add(element);
            bytes += MemorySize.of(element);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(elements);
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
