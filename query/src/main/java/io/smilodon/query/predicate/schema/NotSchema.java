package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code not}: values that do not satisfy the schema. */
record NotSchema(JsonSchema schema) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !schema.accepts(value);
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("not").put("reason", "child expression matched").build();
    }
}
