package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code required}: documents that have the fields; null is a value too. */
record Required(RequiredNames names) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof Document document) || names.areIn(document);
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("required", names.toArray())
                .put("missingProperties", names.missing((Document) value))
                .build();
    }
}
