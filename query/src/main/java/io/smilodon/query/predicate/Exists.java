package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** {@code {field: {$exists: true}}}: any value, null too. */
public record Exists() implements ValueTest {

    @Override
    public boolean test(Value value) {
        return value != Missing.INSTANCE;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return Document.of("$exists", Value.of(true));
    }
}
