package io.smilodon.database.command;

import io.smilodon.database.CursorRegistry;
import io.smilodon.database.FindRequest;
import io.smilodon.database.TailCursor;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.ReadOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** {@code {find: collection, filter, sort, projection, skip, limit, …}}. */
final class FindCommand {

    private static final String TAILABLE = "tailable";
    private static final String AWAIT_DATA = "awaitData";
    private static final String SINGLE_BATCH = "singleBatch";
    private static final List<String> OF_CURSORS =
            List.of(SINGLE_BATCH, "noCursorTimeout", "allowPartialResults");

    static final Command ROW =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.limitable(Requirement.onCollection(Action.FIND)))
                    .optional(FieldKind.OBJECT, "filter", "sort", "projection", "collation")
                    .optional(FieldKind.NUMBER, "skip", "limit", "batchSize", "maxTimeMS")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.OBJECT, "let", "max", "min")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, SINGLE_BATCH, "allowDiskUse")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "returnKey", "showRecordId")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, TAILABLE, AWAIT_DATA)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "noCursorTimeout", "oplogReplay")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "allowPartialResults")
                    .expectingCollection()
                    .inTransaction()
                    .by(FindCommand::find);

    private FindCommand() {}

    static FindRequest request(Body body) {
        checkTail(body);
        return ReadOptions.find(body);
    }

    private static void checkTail(Body body) {
        if (body.flag(AWAIT_DATA, false) && !body.flag(TAILABLE, false)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Cannot set 'awaitData' without also setting 'tailable'")
                    .at(Location.ROOT.child(AWAIT_DATA));
        }
        if (body.flag(TAILABLE, false) && body.flag(SINGLE_BATCH, false)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "cannot use tailable option with the 'singleBatch' option")
                    .at(Location.ROOT.child(TAILABLE));
        }
    }

    private static Document tail(Invocation invocation, FindRequest request) {
        Body body = invocation.body();
        Unsupported.flags(body, "showRecordId");
        OptionalInt batchSize = body.count("batchSize");
        CursorRegistry.checkBatchSize(batchSize);
        boolean awaitsData = body.flag(AWAIT_DATA, false);
        TailCursor cursor = invocation.collection().tail(request, awaitsData);
        return CursorReply.first(invocation.context(), cursor, batchSize);
    }

    /**
     * Refuses the options of cursors that pipelines have not; others are refused when it is read.
     */
    private static void checkViewed(Body body, FindRequest request) {
        for (String option : OF_CURSORS) {
            boolean isOne = option.equals(SINGLE_BATCH) && request.limit() == 1;
            if (body.flag(option, false) && !isOne) {
                throw new SmilodonException(
                                ErrorCode.INVALID_PIPELINE_OPERATOR,
                                "Option not supported in aggregation",
                                Map.of("option", option))
                        .at(Location.ROOT.child(option));
            }
        }
    }

    private static Document find(Invocation invocation) {
        Body body = invocation.body();
        FindRequest request = request(body);
        if (body.flag(TAILABLE, false)) {
            return tail(invocation, request);
        }
        if (invocation.collection().isView()) {
            checkViewed(body, request);
        }
        return CursorReply.first(
                invocation.context(),
                () -> ReadOptions.kept(invocation.collection().find(request), body),
                body.count("batchSize"),
                body.flag(SINGLE_BATCH, false));
    }
}
