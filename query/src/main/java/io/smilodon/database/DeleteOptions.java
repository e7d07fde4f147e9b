package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * How to delete.
 *
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for the database's own limit
 * @param let variables that expressions of the filter may use
 * @param collation how strings compare; empty for the collection's way
 */
public record DeleteOptions(Value hint, long maxTimeMillis, Document let, Document collation) {

    public static final DeleteOptions DEFAULTS =
            new DeleteOptions(Missing.INSTANCE, 0, Document.EMPTY);

    /** Options of the collection's collation. */
    public DeleteOptions(Value hint, long maxTimeMillis, Document let) {
        this(hint, maxTimeMillis, let, Document.EMPTY);
    }

    public DeleteOptions withCollation(Document strings) {
        return new DeleteOptions(hint, maxTimeMillis, let, strings);
    }

    public DeleteOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }
}
