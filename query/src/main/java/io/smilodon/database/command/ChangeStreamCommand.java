package io.smilodon.database.command;

import io.smilodon.database.Database;
import io.smilodon.database.WatchCursor;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchParser;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.expression.BoundVariables;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code {aggregate, pipeline: [{$changeStream: {...}}, ...]}}: on a collection, on a database, or,
 * with {@code allChangesForCluster} on {@code admin}, on all of them.
 */
final class ChangeStreamCommand {

    private static final String STAGE = "$changeStream";
    private static final String ALL = "allChangesForCluster";
    private static final String ADMIN = "admin";
    private static final String CONCERN = "readConcern";
    private static final Value MAJORITY = Value.of("majority");
    private static final Set<String> INTERNAL = Set.of("config", "local");

    private ChangeStreamCommand() {}

    /** Whether a pipeline begins with the stage. */
    static boolean isAskedFor(List<Document> pipeline) {
        return !pipeline.isEmpty()
                && pipeline.getFirst().size() == 1
                && pipeline.getFirst().has(STAGE);
    }

    static Document open(Invocation invocation, List<Document> pipeline, OptionalInt batchSize) {
        return CursorReply.first(
                invocation.context(), WatchCursor.open(stream(invocation, pipeline)), batchSize);
    }

    /** The stages that events go through, if the stream can be opened. */
    static Document explain(Invocation invocation, List<Document> pipeline) {
        stream(invocation, pipeline).get().close();
        return Document.of("stages", ArrayValue.of(pipeline));
    }

    /** What opens the stream; all mistakes that can be seen without it are told at once. */
    private static Supplier<ChangeStream> stream(Invocation invocation, List<Document> pipeline) {
        Location whole = Location.ROOT.child("pipeline");
        Document let = invocation.body().document("let");
        parse(pipeline, let, whole); // every stage where it may stand
        checkConcern(invocation.general().document(CONCERN));
        Location place = whole.child(0).child(STAGE);
        Document written = (Document) pipeline.getFirst().get(STAGE);
        boolean isOfAll = isTrue(written.get(ALL), place.child(ALL));
        checkNamespace(invocation, isOfAll);
        WatchOptions options =
                WatchParser.parse(written.without(ALL), place)
                        .withLet(let)
                        .withCollation(invocation.body().document("collation"));
        List<Document> stages = pipeline.subList(1, pipeline.size());
        return () -> behindFirst(stages.size(), () -> watch(invocation, isOfAll, stages, options));
    }

    /** Errors of the stages behind the first tell where these stand in the pipeline. */
    private static <T> T behindFirst(int count, Supplier<T> work) {
        try {
            return work.get();
        } catch (SmilodonException failure) {
            Location pipeline = Location.ROOT.child("pipeline");
            SmilodonException told = failure;
            for (int i = count - 1; i >= 0; i--) {
                told = told.moved(pipeline.child(i), pipeline.child(i + 1));
            }
            throw told;
        }
    }

    /** Events are of what a majority has: whoever asks for more or less is told so. */
    private static void checkConcern(Document concern) {
        Value level = concern.get("level");
        if (level instanceof StringValue && !level.equals(MAJORITY)) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "Aggregation stage $changeStream cannot run with this readConcern, only"
                                    + " with 'majority'",
                            Map.of("level", level))
                    .at(Location.ROOT.child(CONCERN).child("level"));
        }
    }

    private static void parse(List<Document> pipeline, Document let, Location place) {
        BoundVariables variables =
                BoundVariables.parse(let, Location.ROOT.child("let"), OperationScope.instant());
        Pipeline.parse(
                ArrayValue.of(pipeline),
                PipelineScope.at(place, PipelinePlace.COMMAND).with(variables));
    }

    private static boolean isTrue(Value value, Location place) {
        return switch (value) {
            case Missing absent -> false;
            case BooleanValue flag -> flag.value();
            default ->
                    throw new SmilodonException(
                                    ErrorCode.TYPE_MISMATCH,
                                    "The option is of the wrong type",
                                    Map.of("expected", "bool", "actual", value.type().alias()))
                            .at(place);
        };
    }

    private static void checkNamespace(Invocation invocation, boolean isOfAll) {
        boolean isOfDatabase = !(invocation.argument() instanceof StringValue);
        String database = invocation.context().databaseName();
        String name =
                database + "." + (isOfDatabase ? "$cmd.aggregate" : invocation.collectionName());
        if (isOfAll && !(database.equals(ADMIN) && isOfDatabase)) {
            throw new SmilodonException(
                    ErrorCode.INVALID_OPTIONS,
                    "A $changeStream with 'allChangesForCluster:true' may only be opened on the"
                            + " 'admin' database, and with no collection name",
                    Map.of("found", name));
        }
        if (INTERNAL.contains(database) || database.equals(ADMIN) && !isOfAll) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "$changeStream may not be opened on the internal " + database + " database");
        }
        if (!isOfDatabase && invocation.collectionName().startsWith("system.")) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "$changeStream may not be opened on the internal " + name + " collection");
        }
    }

    private static ChangeStream watch(
            Invocation invocation, boolean isOfAll, List<Document> stages, WatchOptions options) {
        Database database = invocation.context().database();
        if (isOfAll) {
            return invocation.context().smilodon().watch(stages, options);
        }
        return invocation.argument() instanceof StringValue name
                ? database.collection(name.value()).watch(stages, options)
                : database.watch(stages, options);
    }
}
