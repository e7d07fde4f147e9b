package io.smilodon.query.sort;

import io.smilodon.engine.value.Value;
import java.util.List;

/** The values that a document is sorted by, one for each path of its {@link SortPattern}. */
public record SortKey(List<Value> values) {

    public SortKey {
        values = List.copyOf(values);
    }

    public Value value(int part) {
        return values.get(part);
    }
}
