package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Actions;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
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
            Command.on(Target.ADMIN, Permission.WRITE)
                    .required(FieldKind.ARRAY, "ops")
                    .required(FieldKind.ARRAY, "nsInfo")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "ordered", "errorsOnly")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "bypassDocumentValidation")
                    .optional(FieldKind.OBJECT, "cursor", "let")
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .writeConcern()
                    .inTransaction()
                    .by(invocation -> new BulkWriteCommand(invocation).run());

    private static final BodyRules NAMESPACE_RULES =
            BodyRules.builder().required(FieldKind.STRING, "ns").build();

    /**
     * One kind of operation.
     *
     * @param rules its fields
     */
    private record Kind(BodyRules rules) {}

    private static final OperatorTable<Kind> KINDS =
            OperatorTable.<Kind>builder()
                    .add(
                            "insert",
                            new Kind(
                                    BodyRules.builder()
                                            .required(FieldKind.NUMBER, "insert")
                                            .required(FieldKind.OBJECT, "document")
                                            .build()))
                    .add(
                            "update",
                            new Kind(
                                    BodyRules.builder()
                                            .required(FieldKind.NUMBER, "update")
                                            .required(FieldKind.OBJECT, "filter")
                                            .required(FieldKind.OBJECT_OR_ARRAY, "updateMods")
                                            .optional(FieldKind.OBJECT, "constants", "collation")
                                            .optional(FieldKind.OBJECT, "sort")
                                            .optional(
                                                    FieldKind.BOOLEAN_OR_NUMBER, "multi", "upsert")
                                            .optional(FieldKind.STRING_OR_OBJECT, "hint")
                                            .optional(FieldKind.ARRAY, "arrayFilters")
                                            .build()))
                    .add(
                            "delete",
                            new Kind(
                                    BodyRules.builder()
                                            .required(FieldKind.NUMBER, "delete")
                                            .required(FieldKind.OBJECT, "filter")
                                            .optional(FieldKind.OBJECT, "collation")
                                            .optional(FieldKind.BOOLEAN_OR_NUMBER, "multi")
                                            .optional(FieldKind.STRING_OR_OBJECT, "hint")
                                            .build()))
                    .build();

    private final Invocation invocation;
    private final Document shared;
    private final BulkTotal total = new BulkTotal();

    private BulkWriteCommand(Invocation invocation) {
        this.invocation = invocation;
        DocumentBuilder options = Document.builder();
        for (String name : List.of("let", "maxTimeMS", "writeConcern", "durability")) {
            if (invocation.body().has(name)) {
                options.put(name, invocation.body().value(name));
            }
        }
        this.shared = options.build();
    }

    /** An operation that has been checked, its kind and where it writes. */
    private record Operation(String kind, Body body, DocumentCollection collection) {}

    private Document run() {
        Body body = invocation.body();
        Unsupported.flags(body, "bypassDocumentValidation");
        List<Operation> operations = operations(body, collections(body));
        boolean isWhole = invocation.context().transaction().isPresent();
        new WriteBatch(body.flag("ordered", true), isWhole)
                .run(operations.size(), index -> run(index, operations.get(index)), total::fail);
        return total.answer(body.flag("errorsOnly", false));
    }

    private void run(int index, Operation operation) {
        DocumentCollection collection = operation.collection;
        WriteStatement statement =
                new WriteStatement(operation.body, WriteStatement.Names.LONG, shared);
        switch (operation.kind) {
            case "insert" -> {
                Document asked = Document.of("document", operation.body.value("document"));
                DocumentBuilder complete = Document.builder().putAll(asked);
                complete.putAll(shared.without("let").without("maxTimeMS"));
                Actions.run(collection, "insertOne", complete.build());
                total.inserted(index);
            }
            case "update" -> total.updated(index, statement.update(collection));
            default -> {
                boolean isMulti = operation.body.flag("multi", false);
                total.deleted(index, statement.delete(collection, isMulti));
            }
        }
    }

    private List<DocumentCollection> collections(Body body) {
        List<DocumentCollection> collections = new ArrayList<>();
        Location place = Location.ROOT.child("nsInfo");
        for (Document written : body.documents("nsInfo")) {
            Body checked = NAMESPACE_RULES.check(written, place.child(collections.size()));
            String name = ((StringValue) checked.value("ns")).value();
            collections.add(Namespaces.collection(invocation.context(), name));
        }
        return collections;
    }

    private static List<Operation> operations(Body body, List<DocumentCollection> collections) {
        Location place = Location.ROOT.child("ops");
        List<Operation> operations = new ArrayList<>();
        for (Document written : body.documents("ops")) {
            operations.add(operation(written, place.child(operations.size()), collections));
        }
        return operations;
    }

    private static Operation operation(
            Document written, Location place, List<DocumentCollection> collections) {
        String name = written.isEmpty() ? "" : first(written).name();
        Kind kind = KINDS.find(name).orElseThrow(() -> unknown(name, place));
        Body checked = kind.rules.check(written, place);
        long position = checked.number(name);
        if (position < 0 || position >= collections.size()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "BulkWrite ops entry has an invalid nsInfo index",
                            Map.of("actual", position))
                    .at(place.child(name));
        }
        return new Operation(name, checked, collections.get((int) position));
    }

    private static Field first(Document document) {
        return document.iterator().next();
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
