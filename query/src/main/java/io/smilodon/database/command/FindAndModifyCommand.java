package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;

/** {@code {findAndModify: collection, query, update or remove, new, …}}. */
final class FindAndModifyCommand {

    private static final String REMOVE = "remove";
    private static final String UPDATE = "update";
    private static final List<String> SAME_NAMES =
            List.of("arrayFilters", "collation", "hint", "let", "maxTimeMS", "sort");

    static final Command ROW =
            Command.on(
                            Target.COLLECTION,
                            Permission.WRITE,
                            Requirement.limitable(WriteRequirement::findAndModify))
                    .optional(FieldKind.OBJECT, "query", "sort", "fields", "let", "collation")
                    .optional(FieldKind.ANYTHING, UPDATE)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, REMOVE, "new", "upsert")
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER, Invocation.BYPASS, Invocation.KEEPS_EMPTY)
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.ARRAY, "arrayFilters")
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .calling(
                            Map.of(
                                    "filter",
                                    "query",
                                    "projection",
                                    "fields",
                                    "replacement",
                                    UPDATE))
                    .writeConcern()
                    .repeatable()
                    .inTransaction()
                    .by(FindAndModifyCommand::run);

    private FindAndModifyCommand() {}

    private static Document run(Invocation invocation) {
        Body body = invocation.body();
        check(body);
        return RepeatableAnswer.of(invocation)
                .map(answer -> answer.get(collection -> run(body, collection)))
                .orElseGet(() -> run(body, invocation.writtenCollection()));
    }

    private static Document run(Body body, DocumentCollection collection) {
        return body.flag(REMOVE, false) ? remove(body, collection) : update(body, collection);
    }

    /** The action that it is. */
    static AskedAction action(Body body) {
        check(body);
        return body.flag(REMOVE, false) ? removing(body) : updating(body);
    }

    private static AskedAction removing(Body body) {
        return new AskedAction("findOneAndDelete", asked(body).build());
    }

    private static Document remove(Body body, DocumentCollection collection) {
        Document done = removing(body).run(collection);
        Document last = (Document) done.get("lastErrorObject");
        Value count = Value.of(last.get("updatedExisting").equals(Value.of(true)) ? 1 : 0);
        return answer(Document.of("n", count), done);
    }

    private static Document update(Body body, DocumentCollection collection) {
        Document done = updating(body).run(collection);
        return answer(done.get("lastErrorObject"), done);
    }

    private static AskedAction updating(Body body) {
        Value update = WriteStatement.requireUpdate(body, UPDATE);
        boolean isReplacement = WriteStatement.isReplacement(update);
        if (isReplacement && body.has("arrayFilters")) {
            throw refused(
                    "arrayFilters may not be specified for replacement-style update",
                    "arrayFilters");
        }
        DocumentBuilder asked =
                asked(body)
                        .put(isReplacement ? "replacement" : UPDATE, update)
                        .put("upsert", body.flag("upsert", false))
                        .put("returnDocument", body.flag("new", false) ? "after" : "before");
        String action = isReplacement ? "findOneAndReplace" : "findOneAndUpdate";
        return new AskedAction(action, asked.build());
    }

    private static Document answer(Value last, Document done) {
        return Document.builder()
                .put("lastErrorObject", last)
                .put("value", done.get("value"))
                .build();
    }

    private static DocumentBuilder asked(Body body) {
        DocumentBuilder asked = Document.builder().put("filter", body.document("query"));
        asked.putAll(body.only(SAME_NAMES));
        if (body.has("fields")) {
            asked.put("projection", body.value("fields"));
        }
        return asked;
    }

    private static void check(Body body) {
        boolean isRemoval = body.flag(REMOVE, false);
        if (!isRemoval && !body.has(UPDATE)) {
            throw refused("Either an update or remove=true must be specified", UPDATE);
        }
        if (isRemoval && body.has(UPDATE)) {
            throw refused("Cannot specify both an update and remove=true", REMOVE);
        }
        if (isRemoval && body.flag("new", false)) {
            throw refused(
                    "Cannot specify both new=true and remove=true; 'remove' always returns the"
                            + " deleted document",
                    "new");
        }
        if (isRemoval && body.flag("upsert", false)) {
            throw refused("Cannot specify both upsert=true and remove=true", "upsert");
        }
        if (isRemoval && body.has("arrayFilters")) {
            throw refused("Cannot specify arrayFilters and remove=true", "arrayFilters");
        }
    }

    private static SmilodonException refused(String text, String field) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text)
                .at(Location.ROOT.child(field));
    }
}
