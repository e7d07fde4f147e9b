package io.smilodon.database.command;

import io.smilodon.database.Batch;
import io.smilodon.database.CursorRegistry;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The commands that read on from cursors, and close them. */
final class CursorCommands {

    static final String COLLECTION = "collection";

    /** How long to wait for the events of a change stream. */
    private static final String MAX_TIME = "maxTimeMS";

    private static final String CURSORS = "cursors";

    static final Command GET_MORE =
            Command.on(Target.DATABASE, Permission.READ, Requirement.LOGIN)
                    .required(FieldKind.STRING, COLLECTION)
                    .optional(FieldKind.NUMBER, "batchSize", MAX_TIME)
                    .inTransaction()
                    .by(CursorCommands::getMore);

    static final Command KILL =
            Command.on(Target.COLLECTION, Permission.READ, Requirement.LOGIN)
                    .required(FieldKind.ARRAY, CURSORS)
                    .inTransaction()
                    .by(CursorCommands::kill);

    private CursorCommands() {}

    private static Document getMore(Invocation invocation) {
        String id = CursorReply.id(cursorNumber(invocation.argument(), invocation.name()));
        String collection = invocation.body().text(COLLECTION).orElseThrow();
        String asked = invocation.context().databaseName() + "." + collection;
        if (collection.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE, "Invalid namespace for getMore: " + asked)
                    .at(Location.ROOT.child(COLLECTION));
        }
        CursorRegistry cursors = invocation.context().smilodon().cursors();
        cursors.check(id, invocation.context().owner(), invocation.context().caller());
        Optional<String> read = cursors.source(id);
        if (read.isPresent() && !read.get().equals(asked)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "Requested getMore on namespace, but cursor belongs to a different namespace",
                    Map.of("asked", asked, "cursor", read.get()));
        }
        OptionalLong waitMillis =
                invocation.body().has(MAX_TIME)
                        ? OptionalLong.of(invocation.body().number(MAX_TIME))
                        : OptionalLong.empty();
        Batch batch = cursors.next(id, invocation.body().count("batchSize"), waitMillis);
        return CursorReply.next(batch);
    }

    private static long cursorNumber(Value value, String field) {
        return switch (value) {
            case Int64Value number -> number.value();
            case Int32Value number -> number.value();
            default ->
                    throw new SmilodonException(
                                    ErrorCode.TYPE_MISMATCH,
                                    "A cursor is named by a number",
                                    Map.of("actual", value.type().alias(), "expected", "long"))
                            .at(Location.ROOT.child(field));
        };
    }

    /** Own cursors may be closed by everybody. */
    private static void checkMayKill(Invocation invocation, String id) {
        CommandContext context = invocation.context();
        Caller caller = context.caller();
        CursorRegistry cursors = context.smilodon().cursors();
        boolean isOthers = cursors.owner(id).filter(owner -> !owner.isOf(caller)).isPresent();
        Resource read = Asked.namespace(cursors.source(id).orElse(context.databaseName()));
        if (isOthers
                && !caller.may(Action.KILL_ANY_CURSOR, Resource.CLUSTER)
                && !caller.may(Action.KILL_ANY_CURSOR, read)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "not authorized to kill cursor on " + context.databaseName());
        }
    }

    /** Says of each cursor what became of it. */
    private static Document kill(Invocation invocation) {
        CursorRegistry cursors = invocation.context().smilodon().cursors();
        List<Value> killed = new ArrayList<>();
        List<Value> notFound = new ArrayList<>();
        ArrayValue asked = (ArrayValue) invocation.body().value(CURSORS);
        for (Value value : asked) {
            checkMayKill(invocation, CursorReply.id(cursorNumber(value, CURSORS)));
        }
        for (Value value : asked) {
            long number = cursorNumber(value, CURSORS);
            (cursors.tryKill(CursorReply.id(number)) ? killed : notFound).add(Value.of(number));
        }
        return Document.builder()
                .put("cursorsKilled", ArrayValue.of(killed))
                .put("cursorsNotFound", ArrayValue.of(notFound))
                .put("cursorsAlive", ArrayValue.EMPTY)
                .put("cursorsUnknown", ArrayValue.EMPTY)
                .build();
    }
}
