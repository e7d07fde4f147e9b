package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code $mergeObjects} over a window: every value of each field in order, the last of which
 * counts; fields stand in the order of their first ones.
 */
final class WindowMerge implements SlidingAccumulator {

    private final List<Value> values;
    private final Map<String, Deque<Place>> fields = new HashMap<>();
    private final TreeMap<Long, String> order = new TreeMap<>();

    WindowMerge(List<Value> values) {
        this.values = values;
    }

    /** A value of a field, and where it stands: its row, and below that its place in it. */
    private record Place(long number, Value value) {}

    @Override
    public void add(int row) {
        Value value = values.get(row);
        if (!(value instanceof Document document)) {
            if (!value.isNullish() && !(value instanceof UndefinedValue)) {
                throw MergeObjects.refused(value);
            }
            return;
        }
        long number = (long) row << Integer.SIZE;
        for (Field field : document) {
            Deque<Place> places = fields.computeIfAbsent(field.name(), name -> new ArrayDeque<>(2));
            if (places.isEmpty()) {
                order.put(number, field.name());
            }
            places.addLast(new Place(number++, field.value()));
        }
    }

    @Override
    public void remove(int row) {
        if (!(values.get(row) instanceof Document document)) {
            return;
        }
        for (Field field : document) {
            Deque<Place> places = fields.get(field.name());
            order.remove(places.removeFirst().number);
            if (places.isEmpty()) {
                fields.remove(field.name());
            } else {
                order.put(places.getFirst().number, field.name());
            }
        }
    }

    @Override
    public Value result() {
        DocumentBuilder merged = Document.builder();
        order.values().forEach(name -> merged.put(name, fields.get(name).getLast().value));
        return merged.build();
    }
}
