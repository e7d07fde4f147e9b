package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;

/** The running result of one accumulator for one group. Not thread-safe. */
public interface Accumulator {

    void add(Value value);

    /** The result over all values added so far; {@code Missing} leaves the field out. */
    Value result();
}
