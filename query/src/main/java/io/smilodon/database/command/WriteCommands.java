package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands that write many documents: each write may fail on its own. */
final class WriteCommands {

    private static final String DOCUMENTS = "documents";
    private static final String LIMIT = "limit";

    static final Command INSERT =
            batch(DOCUMENTS, WriteRequirement::insert)
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER, Invocation.BYPASS, Invocation.KEEPS_EMPTY)
                    .by(WriteCommands::insert);

    static final Command UPDATE =
            batch("updates", WriteRequirement::update)
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER, Invocation.BYPASS, Invocation.KEEPS_EMPTY)
                    .optional(FieldKind.OBJECT, "let")
                    .by(WriteCommands::update);

    static final Command DELETE =
            batch("deletes", WriteRequirement::delete)
                    .optional(FieldKind.OBJECT, "let")
                    .by(WriteCommands::delete);

    static final BodyRules UPDATE_RULES = WriteStatement.Names.SHORT.updateRules().build();

    static final BodyRules DELETE_RULES =
            WriteStatement.Names.SHORT.deleteRules().required(FieldKind.NUMBER, LIMIT).build();

    private WriteCommands() {}

    private static Command.Builder batch(String items, Requirement requirement) {
        return Command.on(Target.COLLECTION, Permission.WRITE, Requirement.limitable(requirement))
                .required(FieldKind.ARRAY, items)
                .optional(FieldKind.ARRAY, StatementIds.ALL)
                .expectingCollection()
                .optional(FieldKind.BOOLEAN_OR_NUMBER, "ordered")
                .optional(FieldKind.NUMBER, "maxTimeMS")
                .writeConcern()
                .repeatable()
                .inTransaction();
    }

    private static Document insert(Invocation invocation) {
        DocumentCollection collection = invocation.writtenCollection();
        List<Write> writes = new ArrayList<>();
        for (Document document : invocation.body().documents(DOCUMENTS)) {
            writes.add(new Write.Insert(collection, document));
        }
        WriteTotal total = new WriteTotal();
        WriteBatch.of(invocation, total).run(writes);
        return total.answer();
    }

    private static Document update(Invocation invocation) {
        DocumentCollection collection = invocation.writtenCollection();
        List<Write> writes = new ArrayList<>();
        for (WriteStatement statement : statements(invocation, "updates", UPDATE_RULES)) {
            writes.add(new Write.Update(collection, statement));
        }
        WriteTotal total = new WriteTotal();
        WriteBatch.of(invocation, total).run(writes);
        return total.answerOfUpdates();
    }

    private static Document delete(Invocation invocation) {
        DocumentCollection collection = invocation.writtenCollection();
        List<Write> writes = new ArrayList<>();
        for (WriteStatement statement : statements(invocation, "deletes", DELETE_RULES)) {
            writes.add(new Write.Delete(collection, statement, isMulti(statement.body())));
        }
        WriteTotal total = new WriteTotal();
        WriteBatch.of(invocation, total).run(writes);
        return total.answer();
    }

    static boolean isMulti(Body statement) {
        long limit = statement.number(LIMIT);
        if (limit != 0 && limit != 1) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The limit field in delete objects must be 0 or 1",
                            Map.of("actual", limit))
                    .at(statement.location().child(LIMIT));
        }
        return limit == 0;
    }

    /** All statements; a mistake in one of them refuses them all, before anything is done. */
    static List<WriteStatement> statements(Invocation invocation, String field, BodyRules rules) {
        Document shared = WriteStatement.shared(invocation.body());
        Location place = Location.ROOT.child(field);
        String name = invocation.name();
        List<WriteStatement> statements = new ArrayList<>();
        for (Document written : invocation.body().documents(field)) {
            Body checked = rules.check(written, place.child(statements.size()), name);
            statements.add(new WriteStatement(checked, WriteStatement.Names.SHORT, shared));
        }
        return statements;
    }
}
