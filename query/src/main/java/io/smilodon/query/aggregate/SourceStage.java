package io.smilodon.query.aggregate;

import io.smilodon.query.exec.Cursor;

/** A stage that brings its documents along and looks at none of its input. */
interface SourceStage extends Stage {

    /** The documents. */
    Cursor documents(StageContext context);

    @Override
    default Cursor open(Cursor input, StageContext context) {
        input.close();
        return documents(context);
    }

    @Override
    default boolean isSource() {
        return true;
    }

    @Override
    default NeededFields neededFields(NeededFields output) {
        return NeededFields.NONE;
    }
}
