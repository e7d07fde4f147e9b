package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * How to update or replace.
 *
 * @param upsert whether to insert a document when none matches
 * @param sort which document comes first where one is updated; empty for the first one found
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for the database's own limit
 */
public record UpdateOptions(boolean upsert, Document sort, Value hint, long maxTimeMillis) {

    public static final UpdateOptions DEFAULTS =
            new UpdateOptions(false, Document.EMPTY, Missing.INSTANCE, 0);

    public UpdateOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }

    public UpdateOptions withUpsert(boolean insertIfNoneMatches) {
        return new UpdateOptions(insertIfNoneMatches, sort, hint, maxTimeMillis);
    }

    public UpdateOptions withSort(Document order) {
        return new UpdateOptions(upsert, order, hint, maxTimeMillis);
    }

    public UpdateOptions withHint(Value index) {
        return new UpdateOptions(upsert, sort, index, maxTimeMillis);
    }

    public UpdateOptions withMaxTimeMillis(long millis) {
        return new UpdateOptions(upsert, sort, hint, millis);
    }
}
