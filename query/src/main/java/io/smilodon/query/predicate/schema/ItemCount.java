package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** {@code minItems} and {@code maxItems}: the elements of arrays. */
record ItemCount(CountLimit limit) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof ArrayValue array) || limit.allows(array);
    }

    @Override
    public Document failure(Value value) {
        return limit.failure("array did not match specified length")
                .put("consideredValue", value)
                .put("numberOfItems", ((ArrayValue) value).size())
                .build();
    }
}
