package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.query.exec.Cursor;

/**
 * <code>{$querySettings: {showDebugQueryShape?}}</code>: what an administrator has settled about
 * shapes of queries.
 *
 * @param withShapes whether the shapes are told too
 */
record QuerySettings(boolean withShapes) implements SourceStage {

    static final String NAME = "$querySettings";

    private static final String DEBUG = "showDebugQueryShape";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(ErrorCode.FAILED_TO_PARSE, NAME + " value must be an object");
        }
        boolean withShapes = false;
        for (Field option : options) {
            StageOperand place = operand.child(option.name(), option.value());
            if (!option.name().equals(DEBUG)) {
                throw place.error(40415, "The option is unknown to " + NAME);
            }
            if (!(option.value() instanceof BooleanValue flag)) {
                throw place.error(ErrorCode.TYPE_MISMATCH, "The option must be a boolean");
            }
            withShapes = flag.value();
        }
        return new QuerySettings(withShapes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.diagnostics().querySettings(withShapes));
    }
}
