package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.value.ValueKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code $addToSet} and {@code $setUnion} over a window: how often it has each value. */
final class WindowSet implements SlidingAccumulator {

    private final List<Value> values;
    private final Function<Value, Iterable<Value>> elementsOf;
    private final ValueOrder order;
    private final Map<ValueKey, Integer> counts = new LinkedHashMap<>();

    /**
     * @param elementsOf what a row contributes
     * @param order which values are equal
     */
    WindowSet(List<Value> values, Function<Value, Iterable<Value>> elementsOf, ValueOrder order) {
        this.values = values;
        this.elementsOf = elementsOf;
        this.order = order;
    }

    @Override
    public void add(int row) {
        for (Value element : elementsOf.apply(values.get(row))) {
            counts.merge(ValueKey.of(element, order), 1, Integer::sum);
        }
    }

    @Override
    public void remove(int row) {
        for (Value element : elementsOf.apply(values.get(row))) {
            counts.computeIfPresent(
                    ValueKey.of(element, order), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(counts.keySet().stream().map(ValueKey::value).toList());
    }
}
