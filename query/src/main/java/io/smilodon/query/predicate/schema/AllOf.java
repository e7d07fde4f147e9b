package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code allOf}: values that satisfy every one of the schemas. */
record AllOf(Subschemas subschemas) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return subschemas.schemas().stream().allMatch(schema -> schema.accepts(value));
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("allOf").put("schemasNotSatisfied", subschemas.failures(value)).build();
    }
}
