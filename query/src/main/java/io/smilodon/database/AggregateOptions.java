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
 * @param let variables that the expressions of the pipeline may use
 */
public record AggregateOptions(
        Value hint, long maxTimeMillis, boolean allowsDiskUse, Document collation, Document let) {

    public static final AggregateOptions DEFAULTS =
            new AggregateOptions(Missing.INSTANCE, 0, true, Document.EMPTY, Document.EMPTY);

    /** Options of the collection's collation, without variables. */
    public AggregateOptions(Value hint, long maxTimeMillis, boolean allowsDiskUse) {
        this(hint, maxTimeMillis, allowsDiskUse, Document.EMPTY, Document.EMPTY);
    }

    public AggregateOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }

    public AggregateOptions withHint(Value index) {
        return new AggregateOptions(index, maxTimeMillis, allowsDiskUse, collation, let);
    }

    public AggregateOptions withMaxTimeMillis(long millis) {
        return new AggregateOptions(hint, millis, allowsDiskUse, collation, let);
    }

    /** The same; says whether what does not fit into memory may go to temporary files. */
    public AggregateOptions withDiskUse(boolean isAllowed) {
        return new AggregateOptions(hint, maxTimeMillis, isAllowed, collation, let);
    }

    public AggregateOptions withCollation(Document strings) {
        return new AggregateOptions(hint, maxTimeMillis, allowsDiskUse, strings, let);
    }

    public AggregateOptions withLet(Document variables) {
        return new AggregateOptions(hint, maxTimeMillis, allowsDiskUse, collation, variables);
    }
}
