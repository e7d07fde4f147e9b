package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code items: <schema>}: arrays whose elements all satisfy it. */
record EveryItem(JsonSchema schema) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof ArrayValue array) || ItemScan.failing(schema, array, 0) < 0;
    }

    @Override
    public Document failure(Value value) {
        ArrayValue array = (ArrayValue) value;
        int index = ItemScan.failing(schema, array, 0);
        return Failure.of("items")
                .put("reason", "At least one item did not match the sub-schema")
                .put("itemIndex", index)
                .put("details", schema.failures(array.get(index)))
                .build();
    }
}
