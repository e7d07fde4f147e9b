package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.query.exec.Cursor;
import java.util.Set;

/**
 * <code>{$currentOp: {idleCursors?, …}}</code>: a document about each request that is being carried
 * out. Connections and sessions are not kept apart from requests: the other options change nothing.
 *
 * @param ofAllUsers whether those of others are shown too
 * @param showsIdleCursors whether cursors that wait for their reader are shown too
 */
record CurrentOp(boolean ofAllUsers, boolean showsIdleCursors) implements SourceStage {

    static final String NAME = "$currentOp";

    private static final String ALL_USERS = "allUsers";
    private static final String IDLE_CURSORS = "idleCursors";

    private static final Set<String> OPTIONS =
            Set.of(
                    ALL_USERS,
                    "backtrace",
                    "idleConnections",
                    IDLE_CURSORS,
                    "idleSessions",
                    "localOps",
                    "targetAllNodes",
                    "truncateOps");

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE, "$currentOp options must be specified in an object");
        }
        for (Field option : options) {
            StageOperand place = operand.child(option.name(), option.value());
            if (!OPTIONS.contains(option.name())) {
                throw place.error(
                        ErrorCode.FAILED_TO_PARSE, "Unrecognized option in $currentOp stage.");
            }
            if (!(option.value() instanceof BooleanValue)) {
                throw place.error(
                        ErrorCode.FAILED_TO_PARSE,
                        "A parameter of the $currentOp stage must be a boolean value");
            }
        }
        return new CurrentOp(isTrue(options, ALL_USERS), isTrue(options, IDLE_CURSORS));
    }

    private static boolean isTrue(Document options, String name) {
        return options.get(name).equals(BooleanValue.TRUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.diagnostics().operations(ofAllUsers, showsIdleCursors));
    }
}
