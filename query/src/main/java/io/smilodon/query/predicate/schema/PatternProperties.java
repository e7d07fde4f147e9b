package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code patternProperties}: documents whose fields satisfy the schema of each pattern in their
 * names.
 */
record PatternProperties(List<PatternSchema> patterns) implements SchemaRule {

    PatternProperties {
        patterns = List.copyOf(patterns);
    }

    /** A pattern of names, and the schema of the fields that have it. */
    record PatternSchema(RegexMatcher pattern, JsonSchema schema) {

        boolean accepts(Field field) {
            return !pattern.isFoundIn(field.name()) || schema.accepts(field.value());
        }
    }

    @Override
    public boolean accepts(Value value) {
        if (value instanceof Document document) {
            for (Field field : document) {
                if (!patterns.stream().allMatch(pattern -> pattern.accepts(field))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Document failure(Value value) {
        List<Document> failing = new ArrayList<>();
        for (Field field : (Document) value) {
            for (PatternSchema pattern : patterns) {
                if (!pattern.accepts(field)) {
                    failing.add(
                            Document.builder()
                                    .put("propertyName", field.name())
                                    .put("regexMatched", pattern.pattern.pattern())
                                    .put("details", pattern.schema.failures(field.value()))
                                    .build());
                }
            }
        }
        return Failure.of("patternProperties").put("details", ArrayValue.of(failing)).build();
    }
}
