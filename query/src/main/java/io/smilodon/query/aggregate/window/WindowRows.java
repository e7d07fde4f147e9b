package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Value;
import io.smilodon.query.sort.SortKey;
import java.util.List;

/**
 * The documents of one partition in their order, as one window function sees them. Not copied: the
 * lists must not change.
 *
 * @param values what each of them contributes
 * @param keys what each of them is sorted by; empty keys without a sort
 */
public record WindowRows(List<Value> values, List<SortKey> keys) {

    int size() {
        return values.size();
    }

    /** The first part of what a row is sorted by. */
    Value place(int row) {
        return keys.get(row).value(0);
    }
}
