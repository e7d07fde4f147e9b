package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/** {@code oneOf}: values that satisfy one of the schemas and no other. */
record OneOf(Subschemas subschemas) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return subschemas.accepting(value).size() == 1;
    }

    @Override
    public Document failure(Value value) {
        List<Integer> accepting = subschemas.accepting(value);
        if (accepting.isEmpty()) {
            return Failure.of("oneOf")
                    .put("schemasNotSatisfied", subschemas.failures(value))
                    .build();
        }
        return Failure.of("oneOf")
                .put("reason", "more than one subschema matched")
                .put(
                        "matchingSchemaIndexes",
                        ArrayValue.of(accepting.stream().map(Value::of).toList()))
                .build();
    }
}
