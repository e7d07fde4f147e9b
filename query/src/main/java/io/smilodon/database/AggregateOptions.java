package io.smilodon.database;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * How to run a pipeline.
 *
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for never
 * @param allowsDiskUse whether what does not fit into memory may go to temporary files
 */
public record AggregateOptions(Value hint, long maxTimeMillis, boolean allowsDiskUse) {

    public static final AggregateOptions DEFAULTS = new AggregateOptions(Missing.INSTANCE, 0, true);

    public AggregateOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }
}
