package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.ValueKey;
import java.util.Set;

/**
 * {@code enum}: values equal to one of the list, whatever their fields' order.
 *
 * @param written the list as it was written
 * @param keys its values
 */
record OneOfValues(ArrayValue written, Set<ValueKey> keys) implements SchemaRule {

    OneOfValues {
        keys = Set.copyOf(keys);
    }

    @Override
    public boolean accepts(Value value) {
        return keys.contains(UnorderedFields.keyOf(value));
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("enum", written)
                .put("reason", "value was not found in enum")
                .put("consideredValue", value)
                .build();
    }
}
