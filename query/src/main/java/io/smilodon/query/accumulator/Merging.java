package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;

/**
 * How a result over many values comes from results over parts of them. Merging is associative; what
 * it returns is not changed any more.
 *
 * @param <S> what is known about some values
 */
public interface Merging<S> {

    /** About no value: merging it with another gives the other. */
    S none();

    S of(Value value);

    S merge(S earlier, S later);

    Value result(S all);
}
