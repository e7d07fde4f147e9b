package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;

/** Looks for elements that a schema refuses. */
final class ItemScan {

    private static final int NONE = -1;

    private ItemScan() {}

    /** The index of the first such element from a start on, or -1. */
    static int failing(JsonSchema schema, ArrayValue array, int start) {
        int index = 0;
        for (Value element : array) {
            if (index >= start && !schema.accepts(element)) {
                return index;
            }
            index++;
        }
        return NONE;
    }
}
