package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/**
 * {@code {$changeStream: {...}}}: not documents but changes, which come from the log. Whoever can
 * wait for them opens a stream instead of running the pipeline.
 *
 * @param options as written
 * @param location where they stand, for errors
 */
record ChangeStreamStage(Document options, Location location) implements Stage {

    static final String NAME = "$changeStream";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(6188500, "$changeStream must take a nested object");
        }
        return new ChangeStreamStage(options, operand.location());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        input.close();
        throw new SmilodonException(
                        ErrorCode.ILLEGAL_OPERATION,
                        "$changeStream is not a stage of a pipeline that ends")
                .at(location)
                .withHint("Use watch, or the command aggregate.");
    }
}
