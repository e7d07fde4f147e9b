package io.smilodon.query.accumulator;

import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.Value;

/** The running result of one accumulator for one group. Not thread-safe. */
public interface Accumulator {

    /** About what one takes without the values that it keeps. */
    long OBJECT_BYTES = 64;

    void add(Value value);

    /** Adds a value of a stored document, without making one of it if it can. */
    default void add(StoredValue stored) {
        add(stored.value());
    }

    /** The result over all values added so far; {@code Missing} if there is none. */
    Value result();

    /** About how many bytes it holds by now. */
    default long memoryBytes() {
        return OBJECT_BYTES;
    }
}
