package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.List;

/**
 * {@code additionalItems: false}: arrays no longer than the list of schemas.
 *
 * @param start how many schemas the list has
 */
record NoAdditionalItems(int start) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof ArrayValue array) || array.get(start) == Missing.INSTANCE;
    }

    @Override
    public Document failure(Value value) {
        List<Value> elements = ((ArrayValue) value).elements();
        return Failure.of("additionalItems", Value.of(false))
                .put("reason", "found additional items")
                .put("additionalItems", ArrayValue.of(elements.subList(start, elements.size())))
                .build();
    }
}
