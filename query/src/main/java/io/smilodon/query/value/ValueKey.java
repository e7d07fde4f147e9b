package io.smilodon.query.value;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/**
 * A value as a member of a set or the key of a map: equal to what equals it in a query.
 *
 * @param value the value itself
 * @param key what stands for it in comparisons
 */
public record ValueKey(Value value, Value key) {

    /** A value where there is no collation. */
    public ValueKey(Value value) {
        this(value, value);
    }

    /** A value among values that compare in this order. */
    public static ValueKey of(Value value, ValueOrder order) {
        return new ValueKey(value, order.key(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueKey that && ValueOrder.equal(key, that.key);
    }

    @Override
    public int hashCode() {
        return ValueOrder.hash(key);
    }
}
