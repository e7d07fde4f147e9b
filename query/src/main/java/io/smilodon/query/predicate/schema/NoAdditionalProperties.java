package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code additionalProperties: false}: documents without fields that the schema does not speak of.
 */
record NoAdditionalProperties(KnownProperties known) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        if (value instanceof Document document) {
            for (Field field : document) {
                if (known.isAdditional(field.name())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Document failure(Value value) {
        List<String> additional = new ArrayList<>();
        for (Field field : (Document) value) {
            if (known.isAdditional(field.name())) {
                additional.add(field.name());
            }
        }
        return Failure.of("additionalProperties", Value.of(false))
                .put("additionalProperties", Failure.names(additional))
                .build();
    }
}
