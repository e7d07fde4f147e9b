package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.regex.RegexMatcher;

/** {@code pattern}: strings with a match in them. */
record StringPattern(RegexMatcher matcher) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof StringValue string) || matcher.isFoundIn(string.value());
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("pattern", Value.of(matcher.pattern()))
                .put("reason", "regular expression did not match")
                .put("consideredValue", value)
                .build();
    }
}
