package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * How to run a pipeline.
 *
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for never
 * @param allowsDiskUse whether what does not fit into memory may go to temporary files
 * @param collation how strings compare; empty for the collection's way
 */
public record AggregateOptions(
        Value hint, long maxTimeMillis, boolean allowsDiskUse, Document collation) {

    public static final AggregateOptions DEFAULTS = new AggregateOptions(Missing.INSTANCE, 0, true);

    /** Options of the collection's collation. */
    public AggregateOptions(Value hint, long maxTimeMillis, boolean allowsDiskUse) {
        this(hint, maxTimeMillis, allowsDiskUse, Document.EMPTY);
    }

    public AggregateOptions withCollation(Document strings) {
        return new AggregateOptions(hint, maxTimeMillis, allowsDiskUse, strings);
    }

    public AggregateOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }
}
