package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.ValueKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code $addToSet} and {@code $setUnion} over a window: how often it has each value. */
final class WindowSet implements SlidingAccumulator {

    private final List<Value> values;
    private final Function<Value, Iterable<Value>> elementsOf;
    private final Map<ValueKey, Integer> counts = new LinkedHashMap<>();

    /**
     * @param elementsOf what a row contributes
     */
    WindowSet(List<Value> values, Function<Value, Iterable<Value>> elementsOf) {
        this.values = values;
        this.elementsOf = elementsOf;
    }

    @Override
    public void add(int row) {
        for (Value element : elementsOf.apply(values.get(row))) {
            counts.merge(new ValueKey(element), 1, Integer::sum);
        }
    }

    @Override
    public void remove(int row) {
        for (Value element : elementsOf.apply(values.get(row))) {
            counts.computeIfPresent(
                    new ValueKey(element), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(counts.keySet().stream().map(ValueKey::value).toList());
    }
}
