package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.util.Set;

/**
 * {@code type} and {@code bsonType}: values of one of the types.
 *
 * @param keyword which of the two it was
 * @param written the types as they were written
 */
record TypeRestriction(String keyword, Value written, Set<ValueType> types) implements SchemaRule {

    TypeRestriction {
        types = Set.copyOf(types);
    }

    @Override
    public boolean accepts(Value value) {
        return types.contains(value.type());
    }

    @Override
    public Document failure(Value value) {
        return Failure.of(keyword, written)
                .put("reason", "type did not match")
                .put("consideredValue", value)
                .put("consideredType", value.type().alias())
                .build();
    }
}
