package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.query.exec.Cursor;
import java.util.List;

/**
 * <code>{$querySettings: {showDebugQueryShape?}}</code>: what an administrator has settled about
 * shapes of queries. There are no such settings here, so it tells none.
 */
record QuerySettings() implements SourceStage {

    static final String NAME = "$querySettings";

    private static final String DEBUG = "showDebugQueryShape";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(ErrorCode.FAILED_TO_PARSE, NAME + " value must be an object");
        }
        for (Field option : options) {
            StageOperand place = operand.child(option.name(), option.value());
            if (!option.name().equals(DEBUG)) {
                throw place.error(40415, "The option is unknown to " + NAME);
            }
            if (!(option.value() instanceof BooleanValue)) {
                throw place.error(ErrorCode.TYPE_MISMATCH, "The option must be a boolean");
            }
        }
        return new QuerySettings();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        context.diagnostics().requireServer(NAME);
        return new DocumentsCursor(List.of());
    }
}
