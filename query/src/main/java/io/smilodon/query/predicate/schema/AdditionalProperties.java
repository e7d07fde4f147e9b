package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/** {@code additionalProperties: <schema>}: documents whose other fields satisfy it. */
record AdditionalProperties(KnownProperties known, JsonSchema schema) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof Document document) || failing(document).isEmpty();
    }

    private Optional<Field> failing(Document document) {
        for (Field field : document) {
            if (known.isAdditional(field.name()) && !schema.accepts(field.value())) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    @Override
    public Document failure(Value value) {
        Field failing = failing((Document) value).orElseThrow();
        return Failure.of("additionalProperties")
                .put("reason", "at least one additional property did not match the subschema")
                .put("failingProperty", failing.name())
                .put("details", schema.failures(failing.value()))
                .build();
    }
}
