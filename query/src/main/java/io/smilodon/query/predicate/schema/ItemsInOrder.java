package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** {@code items: [<schema>, ...]}: arrays whose first elements satisfy them one by one. */
record ItemsInOrder(List<JsonSchema> schemas) implements SchemaRule {

    ItemsInOrder {
        schemas = List.copyOf(schemas);
    }

    @Override
    public boolean accepts(Value value) {
        if (value instanceof ArrayValue array) {
            Iterator<JsonSchema> expected = schemas.iterator();
            Iterator<Value> elements = array.iterator();
            while (expected.hasNext() && elements.hasNext()) {
                if (!expected.next().accepts(elements.next())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Document failure(Value value) {
        List<Document> failing = new ArrayList<>();
        Iterator<Value> elements = ((ArrayValue) value).iterator();
        for (int i = 0; i < schemas.size() && elements.hasNext(); i++) {
            Value element = elements.next();
            JsonSchema schema = schemas.get(i);
            if (!schema.accepts(element)) {
                failing.add(
                        Document.builder()
                                .put("itemIndex", i)
                                .put("details", schema.failures(element))
                                .build());
            }
        }
        return Failure.of("items").put("details", ArrayValue.of(failing)).build();
    }
}
