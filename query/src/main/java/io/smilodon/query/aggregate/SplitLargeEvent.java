package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/**
 * <code>{$changeStreamSplitLargeEvent: {}}</code>: the last stage of a pipeline of changes, which
 * tells an event above 16 MiB in fragments. The stream itself divides them: it knows their tokens.
 *
 * @param location where it stands, for errors
 */
record SplitLargeEvent(Location location) implements Stage {

    static final String NAME = "$changeStreamSplitLargeEvent";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options) || !options.isEmpty()) {
            throw operand.error(
                    ErrorCode.location(7182800), NAME + " spec should be an empty object");
        }
        return new SplitLargeEvent(operand.location());
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
                        NAME + " can only be used in a $changeStream pipeline")
                .at(location);
    }
}
