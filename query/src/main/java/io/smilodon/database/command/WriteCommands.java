package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Actions;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.Counts;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands that write many documents: each write may fail on its own. */
final class WriteCommands {

    private static final String BYPASS = "bypassDocumentValidation";
    private static final String DOCUMENTS = "documents";
    private static final String ORDERED = "ordered";
    private static final List<String> DURABILITY = List.of("writeConcern", "durability");

    static final Command INSERT =
            batch(DOCUMENTS)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, BYPASS)
                    .by(WriteCommands::insert);

    static final Command UPDATE =
            batch("updates")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, BYPASS)
                    .optional(FieldKind.OBJECT, "let")
                    .by(WriteCommands::update);

    static final Command DELETE =
            batch("deletes").optional(FieldKind.OBJECT, "let").by(WriteCommands::delete);

    static final BodyRules UPDATE_RULES =
            BodyRules.builder()
                    .required(FieldKind.OBJECT, "q")
                    .required(FieldKind.OBJECT_OR_ARRAY, "u")
                    .optional(FieldKind.OBJECT, "c", "collation", "sort")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "multi", "upsert")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.ARRAY, "arrayFilters")
                    .build();

    static final BodyRules DELETE_RULES =
            BodyRules.builder()
                    .required(FieldKind.OBJECT, "q")
                    .required(FieldKind.NUMBER, "limit")
                    .optional(FieldKind.OBJECT, "collation")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .build();

    private WriteCommands() {}

    private static Command.Builder batch(String items) {
        return Command.on(Target.COLLECTION, Permission.WRITE)
                .required(FieldKind.ARRAY, items)
                .optional(FieldKind.BOOLEAN_OR_NUMBER, ORDERED)
                .optional(FieldKind.NUMBER, "maxTimeMS")
                .writeConcern()
                .inTransaction();
    }

    // ---- insert

    private static Document insert(Invocation invocation) {
        Body body = invocation.body();
        DocumentBuilder asked =
                Document.builder()
                        .put(DOCUMENTS, body.value(DOCUMENTS))
                        .put(ORDERED, body.flag(ORDERED, true));
        put(body, DURABILITY, asked);
        Unsupported.flags(body, BYPASS);
        Document done = Actions.run(invocation.collection(), "insertMany", asked.build());
        DocumentBuilder answer = Document.builder().put("n", done.get("insertedCount"));
        if (done.get("writeErrors") instanceof ArrayValue errors) {
            List<Value> written = new ArrayList<>();
            errors.forEach(error -> written.add(writeError((Document) error)));
            answer.put("writeErrors", ArrayValue.of(written));
        }
        return answer.build();
    }

    /** The error of an action, in the words of the commands. */
    private static Document writeError(Document error) {
        DocumentBuilder written = Document.builder();
        for (Field field : error.without("codeName")) {
            written.put(field.name().equals("message") ? "errmsg" : field.name(), field.value());
        }
        return written.build();
    }

    private static void put(Body body, List<String> names, DocumentBuilder into) {
        for (String name : names) {
            if (body.has(name)) {
                into.put(name, body.value(name));
            }
        }
    }

    // ---- update and delete

    /** What a batch has done. */
    private static final class Total {

        private final List<Value> upserted = new ArrayList<>();
        private final List<Value> errors = new ArrayList<>();
        private long count;
        private long modifiedCount;

        void add(int index, WriteOutcome outcome) {
            count += outcome.count();
            modifiedCount += outcome.modifiedCount();
            outcome.upserted()
                    .ifPresent(
                            id ->
                                    upserted.add(
                                            Document.builder()
                                                    .put("index", index)
                                                    .put("_id", id)
                                                    .build()));
        }

        void fail(int index, SmilodonException failure) {
            errors.add(CommandFailure.ofWrite(index, failure));
        }

        Document answer(boolean tellsModified) {
            DocumentBuilder answer = Document.builder().put("n", Counts.of(count));
            if (!upserted.isEmpty()) {
                answer.put("upserted", ArrayValue.of(upserted));
            }
            if (tellsModified) {
                answer.put("nModified", Counts.of(modifiedCount));
            }
            if (!errors.isEmpty()) {
                answer.put("writeErrors", ArrayValue.of(errors));
            }
            return answer.build();
        }
    }

    private static Document update(Invocation invocation) {
        List<WriteStatement> statements = statements(invocation, "updates", UPDATE_RULES);
        DocumentCollection collection = invocation.collection();
        Total total = new Total();
        batch(invocation)
                .run(
                        statements.size(),
                        index -> total.add(index, statements.get(index).update(collection)),
                        total::fail);
        return total.answer(true);
    }

    private static Document delete(Invocation invocation) {
        List<WriteStatement> statements = statements(invocation, "deletes", DELETE_RULES);
        statements.forEach(statement -> checkLimit(statement.body()));
        DocumentCollection collection = invocation.collection();
        Total total = new Total();
        batch(invocation)
                .run(
                        statements.size(),
                        index -> {
                            WriteStatement statement = statements.get(index);
                            boolean isMulti = statement.body().number("limit") == 0;
                            total.add(index, statement.delete(collection, isMulti));
                        },
                        total::fail);
        return total.answer(false);
    }

    private static WriteBatch batch(Invocation invocation) {
        return new WriteBatch(
                invocation.body().flag(ORDERED, true),
                invocation.context().transaction().isPresent());
    }

    private static void checkLimit(Body statement) {
        long limit = statement.number("limit");
        if (limit != 0 && limit != 1) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The limit field in delete objects must be 0 or 1",
                            Map.of("actual", limit))
                    .at(statement.location().child("limit"));
        }
    }

    /** All statements; a mistake in one of them refuses them all, before anything is done. */
    static List<WriteStatement> statements(Invocation invocation, String field, BodyRules rules) {
        Body body = invocation.body();
        DocumentBuilder shared = Document.builder();
        put(body, List.of("let", "maxTimeMS"), shared);
        put(body, DURABILITY, shared);
        Unsupported.flags(body, BYPASS);
        Location place = Location.ROOT.child(field);
        List<WriteStatement> statements = new ArrayList<>();
        for (Document written : body.documents(field)) {
            Body checked = rules.check(written, place.child(statements.size()));
            statements.add(new WriteStatement(checked, WriteStatement.Names.SHORT, shared.build()));
        }
        return statements;
    }
}
