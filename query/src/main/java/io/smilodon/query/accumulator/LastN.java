package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code $lastN}: the values of the last documents, null for one that has none. */
final class LastN implements Accumulator {

    private final long count;
    private final Deque<Value> last = new ArrayDeque<>();
    private long bytes = OBJECT_BYTES;

    LastN(long count) {
        this.count = count;
    }

    @Override
    public void add(Value value) {
        Value kept = value == Missing.INSTANCE ? NullValue.INSTANCE : value;
        if (last.size() == count) {
            bytes -= MemorySize.of(last.removeFirst());
        }
        last.addLast(kept);
        bytes += MemorySize.of(kept);
    }

    @Override
    public Value result() {
        return ArrayValue.of(List.copyOf(last));
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
