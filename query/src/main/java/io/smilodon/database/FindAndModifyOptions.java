package io.smilodon.database;

import io.smilodon.engine.value.Document;

/**
 * How to change one document and return it in the same step.
 *
 * @param update how to find and change it
 * @param projection which fields to return; empty for all of them
 * @param returnsNew whether the document is returned as it is afterwards instead of before
 */
public record FindAndModifyOptions(UpdateOptions update, Document projection, boolean returnsNew) {

    public static final FindAndModifyOptions DEFAULTS =
            new FindAndModifyOptions(UpdateOptions.DEFAULTS, Document.EMPTY, false);

    public FindAndModifyOptions withUpdate(UpdateOptions options) {
        return new FindAndModifyOptions(options, projection, returnsNew);
    }

    public FindAndModifyOptions withProjection(Document fields) {
        return new FindAndModifyOptions(update, fields, returnsNew);
    }

    public FindAndModifyOptions returningNew() {
        return new FindAndModifyOptions(update, projection, true);
    }
}
