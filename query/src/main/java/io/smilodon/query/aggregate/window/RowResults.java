package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Value;

/** What a window function gives for the rows of a partition. Not thread-safe. */
public interface RowResults {

    /** The result for a row. Called once for each of them, in ascending order. */
    Value at(int row);
}
