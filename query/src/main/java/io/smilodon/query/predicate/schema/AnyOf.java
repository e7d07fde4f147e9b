package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code anyOf}: values that satisfy one of the schemas or more. */
record AnyOf(Subschemas subschemas) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return subschemas.schemas().stream().anyMatch(schema -> schema.accepts(value));
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("anyOf").put("schemasNotSatisfied", subschemas.failures(value)).build();
    }
}
