package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes to any collections in one request: {@code {bulkWrite: 1, ops: [{insert: 0, document},
 * {update: 0, filter, updateMods}, {delete: 0, filter}], nsInfo: [{ns}]}}. The number after the
 * name of an operation is the position of its namespace.
 */
final class BulkWriteCommand {

    static final Command ROW =
            Command.on(Target.ADMIN, Permission.WRITE, WriteRequirement::bulkWrite)
                    .required(FieldKind.ARRAY, "ops")
                    .required(FieldKind.ARRAY, "nsInfo")
                    .optional(FieldKind.ARRAY, StatementIds.ALL)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "ordered", "errorsOnly")
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER, Invocation.BYPASS, Invocation.KEEPS_EMPTY)
                    .optional(FieldKind.OBJECT, "cursor", "let")
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .writeConcern()
                    .repeatable()
                    .inTransaction()
                    .by(BulkWriteCommand::run);

    private static final BodyRules NAMESPACE_RULES =
            BodyRules.builder()
                    .required(FieldKind.STRING, "ns")
                    .optional(FieldKind.ANYTHING, ExpectedCollection.FIELD)
                    .build();

    /**
     * One kind of operation.
     *
     * @param rules its fields
     * @param write what it asks for
     */
    private record Kind(BodyRules rules, Making write) {}

    /** Makes a write of an operation. */
    private interface Making {
        Write of(DocumentCollection collection, WriteStatement statement);
    }

    private static final OperatorTable<Kind> KINDS =
            OperatorTable.<Kind>builder()
                    .add("insert", new Kind(insertRules(), BulkWriteCommand::insert))
                    .add("update", new Kind(updateRules(), Write.Update::new))
                    .add("delete", new Kind(deleteRules(), BulkWriteCommand::delete))
                    .build();

    private BulkWriteCommand() {}

    private static BodyRules insertRules() {
        return BodyRules.builder()
                .required(FieldKind.NUMBER, "insert")
                .required(FieldKind.OBJECT, "document")
                .build();
    }

    private static BodyRules updateRules() {
        return WriteStatement.Names.LONG.updateRules().required(FieldKind.NUMBER, "update").build();
    }

    private static BodyRules deleteRules() {
        return WriteStatement.Names.LONG
                .deleteRules()
                .required(FieldKind.NUMBER, "delete")
                .optional(FieldKind.BOOLEAN_OR_NUMBER, "multi")
                .build();
    }

    private static Write insert(DocumentCollection collection, WriteStatement statement) {
        return new Write.Insert(collection, statement.body().document("document"));
    }

    private static Write delete(DocumentCollection collection, WriteStatement statement) {
        boolean isMulti = statement.body().flag("multi", false);
        return new Write.Delete(collection, statement, isMulti);
    }

    private static Document run(Invocation invocation) {
        Body body = invocation.body();
        List<DocumentCollection> collections = collections(invocation);
        Document shared = WriteStatement.shared(body);
        Location place = Location.ROOT.child("ops");
        List<Write> writes = new ArrayList<>();
        for (Document written : body.documents("ops")) {
            writes.add(write(new Body(written, place.child(writes.size())), shared, collections));
        }
        BulkTotal total = new BulkTotal();
        WriteBatch.of(invocation, total).run(writes);
        return total.answer(invocation);
    }

    private static List<DocumentCollection> collections(Invocation invocation) {
        List<DocumentCollection> collections = new ArrayList<>();
        Location place = Location.ROOT.child("nsInfo");
        for (Document written : invocation.body().documents("nsInfo")) {
            Body checked =
                    NAMESPACE_RULES.check(
                            written, place.child(collections.size()), invocation.name());
            String name = checked.text("ns").orElseThrow();
            DocumentCollection collection = Namespaces.collection(invocation.context(), name);
            ExpectedCollection.check(
                    checked.value(ExpectedCollection.FIELD),
                    collection.database(),
                    collection.namespace().collection(),
                    checked.location().child(ExpectedCollection.FIELD));
            collections.add(invocation.written(collection));
        }
        return collections;
    }

    private static Write write(Body written, Document shared, List<DocumentCollection> all) {
        Document operation = written.fields();
        String name = operation.isEmpty() ? "" : operation.iterator().next().name();
        Kind kind = KINDS.find(name).orElseThrow(() -> unknown(name, written.location()));
        Body checked = kind.rules.check(operation, written.location(), "bulkWrite");
        long position = checked.number(name);
        if (position < 0 || position >= all.size()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "BulkWrite ops entry has an invalid nsInfo index",
                            Map.of("actual", position))
                    .at(written.location().child(name));
        }
        WriteStatement statement = new WriteStatement(checked, WriteStatement.Names.LONG, shared);
        return kind.write.of(all.get((int) position), statement);
    }

    private static SmilodonException unknown(String name, Location place) {
        SmilodonException error =
                new SmilodonException(
                                ErrorCode.BAD_VALUE,
                                "Unrecognized bulkWrite op",
                                Map.of("actual", name))
                        .at(place);
        return KINDS.withSuggestion(error, name);
    }
}
