package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;

/**
 * An accumulator over a window that moves along rows, which are known by their index: rows are
 * added in ascending order, and the first to come is the first to go. Not thread-safe.
 */
public interface SlidingAccumulator {

    void add(int row);

    void remove(int row);

    /** The result over the rows that are in the window; null or empty if there are none. */
    Value result();
}
