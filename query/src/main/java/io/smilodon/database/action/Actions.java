package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.OperatorTable;
import java.util.Map;
import java.util.function.Function;

/**
 * What can be done with a collection by name, with a document as the request and a document as the
 * answer: the actions of the REST interface and of the shell.
 */
public final class Actions {

    /** Every action by its name. */
    public static final OperatorTable<Action> TABLE =
            OperatorTable.<Action>builder()
                    // Reading
                    .add("aggregate", ReadActions.AGGREGATE)
                    .add("count", ReadActions.COUNT)
                    .add("distinct", ReadActions.DISTINCT)
                    .add("explain", ReadActions.EXPLAIN)
                    .add("find", ReadActions.FIND)
                    .add("findOne", ReadActions.FIND_ONE)
                    // Writing
                    .add("bulkWrite", BulkWrite.ACTION)
                    .add("deleteMany", WriteActions.DELETE_MANY)
                    .add("deleteOne", WriteActions.DELETE_ONE)
                    .add("findOneAndDelete", FindAndModifyActions.DELETE)
                    .add("findOneAndReplace", FindAndModifyActions.REPLACE)
                    .add("findOneAndUpdate", FindAndModifyActions.UPDATE)
                    .add("insertMany", WriteActions.INSERT_MANY)
                    .add("insertOne", WriteActions.INSERT_ONE)
                    .add("replaceOne", WriteActions.REPLACE_ONE)
                    .add("updateMany", WriteActions.UPDATE_MANY)
                    .add("updateOne", WriteActions.UPDATE_ONE)
                    .build();

    private static final BodyRules OTHER_WRITE =
            ActionKind.WRITING
                    .rules(BodyRules.builder().optional(FieldKind.ANYTHING, "of"))
                    .build();

    private Actions() {}

    /**
     * Carries out an action.
     *
     * @throws SmilodonException {@code CommandNotFound} for an unknown name, and whatever the
     *     action finds wrong
     */
    public static Document run(DocumentCollection collection, String name, Document body) {
        return TABLE.find(name).orElseThrow(() -> unknown(name)).run(name, collection, body);
    }

    /**
     * How an action that changes documents that match would be carried out.
     *
     * @throws SmilodonException {@code CommandNotFound} for another name, and whatever the action
     *     would find wrong before it begins
     */
    public static Document explain(
            DocumentCollection collection, String name, Document body, Verbosity verbosity) {
        Body checked = TABLE.find(name).orElseThrow(() -> unknown(name)).check(name, body);
        return collection.explain(
                WriteRequests.of(name, checked).orElseThrow(() -> unknown(name)), verbosity);
    }

    /**
     * Carries out a write that is no action of the table, as durably and as often as is asked for.
     *
     * @param name tells it from other writes
     * @param request {@code writeConcern}, {@code durability} and {@code requestId} where wanted;
     *     {@code of} holds what makes two requests the same
     * @param work the write; what it answers is kept beside a request id
     */
    public static Document write(
            DocumentCollection collection,
            String name,
            Document request,
            Function<DocumentCollection, Document> work) {
        return collection.statement(
                () ->
                        ActionKind.WRITING.run(
                                name,
                                collection,
                                OTHER_WRITE.check(request, Location.ROOT),
                                (own, body) -> work.apply(own)));
    }

    private static SmilodonException unknown(String name) {
        SmilodonException error =
                new SmilodonException(
                        ErrorCode.COMMAND_NOT_FOUND, "no such action", Map.of("action", name));
        return TABLE.withSuggestion(error, name);
    }
}
