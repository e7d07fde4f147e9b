package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.predicate.schema.JsonSchema;

/** {@code {$jsonSchema: <schema>}}: documents that satisfy a schema. */
public record MatchesSchema(JsonSchema schema) implements DocumentTest {

    @Override
    public boolean test(Document document) {
        return schema.accepts(document);
    }

    @Override
    public boolean readsDocument() {
        return true;
    }

    @Override
    public boolean isChance() {
        return false;
    }

    @Override
    public Document toDocument() {
        return Document.of("$jsonSchema", schema.written());
    }
}
