package io.smilodon.database.command;

import io.smilodon.database.FindRequest;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.ReadOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;

/** {@code {find: collection, filter, sort, projection, skip, limit, …}}. */
final class FindCommand {

    static final Command ROW =
            Command.on(Target.COLLECTION, Permission.READ)
                    .optional(FieldKind.OBJECT, "filter", "sort", "projection", "collation")
                    .optional(FieldKind.NUMBER, "skip", "limit", "batchSize", "maxTimeMS")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.OBJECT, "let", "max", "min")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "singleBatch", "allowDiskUse")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "returnKey", "showRecordId")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "tailable", "awaitData")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "noCursorTimeout", "oplogReplay")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "allowPartialResults")
                    .inTransaction()
                    .by(FindCommand::find);

    private FindCommand() {}

    static FindRequest request(Body body) {
        Unsupported.flags(body, "showRecordId");
        checkNotTailable(body);
        return ReadOptions.find(body);
    }

    private static void checkNotTailable(Body body) {
        if (body.flag("tailable", false) || body.flag("awaitData", false)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "tailable cursor requested on non capped collection")
                    .at(Location.ROOT.child("tailable"));
        }
    }

    /** Capped collections could be followed, if this release did. */
    private static void refuseTail(Invocation invocation) {
        boolean isTail = invocation.body().flag("tailable", false);
        if (isTail && invocation.collection().isCapped()) {
            throw Unsupported.refused("tailable", Location.ROOT)
                    .withHint("a change stream follows a collection");
        }
    }

    private static Document find(Invocation invocation) {
        Body body = invocation.body();
        refuseTail(invocation);
        FindRequest request = request(body);
        return CursorReply.first(
                invocation.context(),
                () -> ReadOptions.kept(invocation.collection().find(request), body),
                body.count("batchSize"),
                body.flag("singleBatch", false));
    }
}
