package io.smilodon.query.value;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/** A value as a member of a set or the key of a map: equal to what equals it in a query. */
public record ValueKey(Value value) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueKey that && ValueOrder.equal(value, that.value);
    }

    @Override
    public int hashCode() {
        return ValueOrder.hash(value);
    }
}
