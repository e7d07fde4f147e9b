package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code properties}: documents whose fields, where they are there, satisfy their schemas. */
record Properties(Map<String, JsonSchema> schemas) implements SchemaRule {

    Properties {
        schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas)); // keeps the order
    }

    /** Reads the document once, however many properties the schema has. */
    @Override
    public boolean accepts(Value value) {
        if (value instanceof Document document) {
            for (Field field : document) {
                if (!accepts(field)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean accepts(Field field) {
        return !schemas.containsKey(field.name())
                || schemas.get(field.name()).accepts(field.value());
    }

    /** In the order of the schema. */
    @Override
    public Document failure(Value value) {
        Map<String, Value> failing = new HashMap<>();
        for (Field field : (Document) value) {
            if (!accepts(field)) {
                failing.put(field.name(), field.value());
            }
        }
        List<Document> failures = new ArrayList<>();
        schemas.forEach(
                (name, schema) -> {
                    if (failing.containsKey(name)) {
                        failures.add(
                                schema.failure("propertyName", Value.of(name), failing.get(name)));
                    }
                });
        return Failure.of("properties")
                .put("propertiesNotSatisfied", ArrayValue.of(failures))
                .build();
    }
}
