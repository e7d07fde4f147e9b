package io.smilodon.query.aggregate;

import io.smilodon.query.exec.Cursor;

/**
 * A last stage, the documents of which are written to a collection instead of being returned. What
 * is handed to it comes out of its cursor; the database writes that.
 */
public sealed interface Output extends Stage permits Out, Merge {

    /** The collection to write to. */
    OutputTarget target();

    @Override
    default NeededFields neededFields(NeededFields output) {
        return output;
    }

    @Override
    default Cursor open(Cursor input, StageContext context) {
        return input;
    }
}
