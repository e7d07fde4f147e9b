package io.smilodon.query.aggregate;

import io.smilodon.query.exec.Cursor;

/** A stage of a pipeline as the user wrote it, parsed once. Immutable and thread-safe. */
public interface Stage {

    /** The stream that this stage makes of its input. Closing it closes the input. */
    Cursor open(Cursor input, StageContext context);
}
