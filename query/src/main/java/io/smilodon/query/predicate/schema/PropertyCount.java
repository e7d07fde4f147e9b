package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code minProperties} and {@code maxProperties}: the fields of documents. */
record PropertyCount(CountLimit limit) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof Document document) || limit.allows(document);
    }

    @Override
    public Document failure(Value value) {
        return limit.failure("specified number of properties was not satisfied")
                .put("numberOfProperties", ((Document) value).size())
                .build();
    }
}
