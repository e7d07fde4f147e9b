package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.ValueKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code uniqueItems: true}: arrays in which no value occurs twice, whatever its fields' order. */
record UniqueItems() implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof ArrayValue array) || duplicate(array).isEmpty();
    }

    private static Optional<Value> duplicate(ArrayValue array) {
        Set<ValueKey> seen = new HashSet<>();
        for (Value element : array) {
            if (!seen.add(UnorderedFields.keyOf(element))) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("uniqueItems", Value.of(true))
                .put("reason", "found a duplicate item")
                .put("consideredValue", value)
                .put("duplicatedValue", duplicate((ArrayValue) value).orElseThrow())
                .build();
    }
}
