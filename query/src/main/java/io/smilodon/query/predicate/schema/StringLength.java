package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** {@code minLength} and {@code maxLength}: the code points of strings. */
record StringLength(CountLimit limit) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof StringValue string)
                || limit.allows(string.value().codePointCount(0, string.value().length()));
    }

    @Override
    public Document failure(Value value) {
        return limit.failure("specified string length was not satisfied")
                .put("consideredValue", value)
                .build();
    }
}
