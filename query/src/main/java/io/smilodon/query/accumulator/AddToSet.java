package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.value.MemorySize;
import io.smilodon.query.value.ValueKey;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code $addToSet}: the distinct values that there are, in the order of their first one. */
final class AddToSet implements Accumulator {

    private final ValueOrder order;
    private final Set<ValueKey> values = new LinkedHashSet<>();
    private long bytes = OBJECT_BYTES;

    /**
     * @param order which values are equal
     */
    AddToSet(ValueOrder order) {
        this.order = order;
    }

    @Override
    public void add(Value value) {
        if (value != Missing.INSTANCE && values.add(ValueKey.of(value, order))) {
            bytes += MemorySize.of(value) + 48;
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(values.stream().map(ValueKey::value).toList());
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
