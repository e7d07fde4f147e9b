package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Value;

/**
 * {@code {field: {$gte: MinKey}}} and {@code {field: {$lte: MaxKey}}}: every value, absent ones
 * too.
 */
public record Anything() implements ValueTest {

    @Override
    public boolean test(Value value) {
        return true;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public Document toDocument() {
        return Document.of("$gte", MinKey.INSTANCE);
    }
}
