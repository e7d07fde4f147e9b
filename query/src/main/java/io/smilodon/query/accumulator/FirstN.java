package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;

/** {@code $firstN}: the values of the first documents, null for one that has none. */
final class FirstN implements Accumulator {

    private final long count;
    private final List<Value> first = new ArrayList<>();
    private long bytes = OBJECT_BYTES;

    FirstN(long count) {
        this.count = count;
    }

    @Override
    public void add(Value value) {
        if (first.size() < count) {
            Value kept = value == Missing.INSTANCE ? NullValue.INSTANCE : value;
            first.add(kept);
            bytes += MemorySize.of(kept);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(first);
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
