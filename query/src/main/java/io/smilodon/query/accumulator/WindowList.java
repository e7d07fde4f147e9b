package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** {@code $push} and {@code $concatArrays} over a window: what each row has, in order. */
final class WindowList implements SlidingAccumulator {

    private final List<Value> values;
    private final Function<Value, Iterable<Value>> elementsOf;
    private final Deque<Value> elements = new ArrayDeque<>();

    /**
     * @param elementsOf what a row contributes
     */
    WindowList(List<Value> values, Function<Value, Iterable<Value>> elementsOf) {
        this.values = values;
        this.elementsOf = elementsOf;
    }

    @Override
    public void add(int row) {
        elementsOf.apply(values.get(row)).forEach(elements::addLast);
    }

    @Override
    public void remove(int row) {
        elementsOf.apply(values.get(row)).forEach(element -> elements.removeFirst());
    }

    @Override
    public Value result() {
        return ArrayValue.of(List.copyOf(elements));
    }
}
