package io.smilodon.database.command;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Verbosity;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.ReadOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.OptionalInt;

/** {@code {aggregate: collection, pipeline, cursor, …}}. */
final class AggregateCommand {

    private static final String CURSOR = "cursor";
    private static final String EXPLAIN = "explain";
    private static final String CONCERN = "writeConcern";
    private static final String PIPELINE = "pipeline";
    private static final List<String> OUTPUTS = List.of("$merge", "$out");

    static final Command ROW =
            Command.on(
                            Target.COLLECTION_OR_DATABASE,
                            AggregateCommand::permission,
                            Requirement.limitable(PipelineRequirement::check))
                    .required(FieldKind.ARRAY, PIPELINE)
                    .optional(FieldKind.OBJECT, CURSOR, "collation", "let")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, EXPLAIN, "allowDiskUse")
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER, Invocation.BYPASS, Invocation.KEEPS_EMPTY)
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .expectingCollection()
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .writeConcern()
                    .inTransaction()
                    .by(AggregateCommand::aggregate);

    private AggregateCommand() {}

    private static Document aggregate(Invocation invocation) {
        Body body = invocation.body();
        if (body.flag(EXPLAIN, false)) {
            refuseConcern(body);
            return ExplainCommand.told(
                    explain(invocation, Verbosity.QUERY_PLANNER),
                    written(invocation),
                    invocation.context());
        }
        if (!body.has(CURSOR)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The 'cursor' option is required, except for aggregate with the"
                                    + " explain argument")
                    .at(Location.ROOT.child(CURSOR))
                    .withHint("cursor: {}");
        }
        OptionalInt batchSize = ReadOptions.batchSize(body);
        AggregateOptions options = options(body);
        List<Document> pipeline = body.documents(PIPELINE);
        if (ChangeStreamCommand.isAskedFor(pipeline)) {
            return ChangeStreamCommand.open(invocation, pipeline, batchSize);
        }
        DocumentCollection read = invocation.written(read(invocation, pipeline));
        return CursorReply.first(
                invocation.context(), () -> read.aggregate(pipeline, options), batchSize, false);
    }

    /** The collection of the pipeline, or what one without collection runs on. */
    static DocumentCollection read(Invocation invocation, List<Document> pipeline) {
        return invocation.argument() instanceof StringValue
                ? invocation.collection()
                : invocation.context().database().withoutCollection(pipeline);
    }

    private static void refuseConcern(Body body) {
        if (body.has(CONCERN)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Aggregation explain does not support the 'writeConcern' option")
                    .at(Location.ROOT.child(CONCERN));
        }
    }

    /** The command that is explained, as it would be written to be carried out. */
    private static Document written(Invocation invocation) {
        return Document.builder()
                .put(invocation.name(), invocation.argument())
                .putAll(invocation.body().fields().without(EXPLAIN))
                .build();
    }

    /** Explains the command of another, which says how. */
    static Document explained(Invocation invocation, Verbosity verbosity) {
        if (invocation.body().flag(EXPLAIN, false)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The 'explain' option is illegal when a explain verbosity is also"
                                    + " provided")
                    .at(Location.ROOT.child(EXPLAIN));
        }
        return explain(invocation, verbosity);
    }

    private static Document explain(Invocation invocation, Verbosity verbosity) {
        List<Document> pipeline = invocation.body().documents(PIPELINE);
        if (ChangeStreamCommand.isAskedFor(pipeline)) {
            return ChangeStreamCommand.explain(invocation, pipeline);
        }
        AggregateOptions options = options(invocation.body());
        return read(invocation, pipeline).explain(pipeline, options, verbosity);
    }

    private static AggregateOptions options(Body body) {
        return ReadOptions.aggregate(body);
    }

    /** Writing, if the pipeline has a stage that does. */
    private static Permission permission(Document command) {
        boolean writes =
                command.get(PIPELINE) instanceof ArrayValue stages
                        && stages.elements().stream().anyMatch(AggregateCommand::writes);
        return writes ? Permission.WRITE : Permission.READ;
    }

    private static boolean writes(Value stage) {
        return stage instanceof Document document && OUTPUTS.stream().anyMatch(document::has);
    }
}
