package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * {@code additionalItems: <schema>}: arrays whose elements after those that the list of schemas is
 * about satisfy this one.
 *
 * @param start how many schemas the list has
 */
record AdditionalItems(int start, JsonSchema schema) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof ArrayValue array) || ItemScan.failing(schema, array, start) < 0;
    }

    @Override
    public Document failure(Value value) {
        ArrayValue array = (ArrayValue) value;
        int index = ItemScan.failing(schema, array, start);
        return Failure.of("additionalItems")
                .put("reason", "At least one additional item did not match the sub-schema")
                .put("itemIndex", index)
                .put("details", schema.failures(array.get(index)))
                .build();
    }
}
