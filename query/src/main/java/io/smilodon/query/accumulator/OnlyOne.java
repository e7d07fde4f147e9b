package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;

/**
 * {@code $top} and {@code $bottom}: the only one that another accumulator keeps; null without any.
 */
final class OnlyOne implements Accumulator {

    private final Accumulator many;

    OnlyOne(Accumulator many) {
        this.many = many;
    }

    @Override
    public void add(Value value) {
        many.add(value);
    }

    @Override
    public Value result() {
        ArrayValue kept = (ArrayValue) many.result();
        return kept.isEmpty() ? NullValue.INSTANCE : kept.get(0);
    }

    @Override
    public long memoryBytes() {
        return many.memoryBytes();
    }
}
