package io.smilodon.index.key;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.engine.value.ValueText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One tuple of values by which an index finds a document. Absent fields are null in it, an empty
 * array is undefined.
 *
 * @param values one per part of the key pattern; unmodifiable
 */
public record IndexKey(List<Value> values) {

    public IndexKey {
        values = List.copyOf(values);
    }

    public static IndexKey of(Value... values) {
        return new IndexKey(List.of(values));
    }

    public Value value(int part) {
        return values.get(part);
    }

    static int compareValues(Value left, Value right) {
        return ValueOrder.ASCENDING.compare(left, right);
    }

    @Override
    public String toString() {
        return values.stream().map(ValueText::of).collect(Collectors.joining(", ", "(", ")"));
    }
}
