package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * A write, to be explained.
 *
 * @param kind what becomes of which documents
 * @param filter which match
 * @param update operators or a pipeline, or the replacement; deletions do not look at it
 * @param options what else is asked for; deletions have only some of them
 * @param returned which document it answers with
 */
public record WriteRequest(
        Kind kind,
        Document filter,
        Value update,
        UpdateOptions options,
        Returned returned,
        Document projection) {

    /** What a write does. */
    public enum Kind {
        DELETE_MANY,
        DELETE_ONE,
        REPLACE_ONE,
        UPDATE_MANY,
        UPDATE_ONE
    }

    /** What a write answers with, besides numbers. */
    public enum Returned {
        NOTHING,
        BEFORE,
        AFTER
    }

    boolean isMany() {
        return kind == Kind.DELETE_MANY || kind == Kind.UPDATE_MANY;
    }

    boolean deletes() {
        return kind == Kind.DELETE_MANY || kind == Kind.DELETE_ONE;
    }
}
