package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Schemas side by side: the operand of {@code allOf}, {@code anyOf} and {@code oneOf}. */
record Subschemas(List<JsonSchema> schemas) {

    Subschemas {
        schemas = List.copyOf(schemas);
    }

    /** The indexes of those that accept the value. */
    List<Integer> accepting(Value value) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).accepts(value)) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    /** Why those that do not accept the value do not. */
    ArrayValue failures(Value value) {
        List<Document> failures = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            if (!schemas.get(i).accepts(value)) {
                failures.add(schemas.get(i).failure("index", Value.of(i), value));
            }
        }
        return ArrayValue.of(failures);
    }
}
