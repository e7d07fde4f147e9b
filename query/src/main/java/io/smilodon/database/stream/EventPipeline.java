package io.smilodon.database.stream;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.aggregate.StageContext;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stages that each event of a change stream goes through. Immutable. */
final class EventPipeline {

    private static final Set<String> ALLOWED =
            Set.of(
                    "$addFields",
                    "$match",
                    "$project",
                    "$redact",
                    "$replaceRoot",
                    "$replaceWith",
                    "$set",
                    "$unset");

    private static final String SPLIT = "$changeStreamSplitLargeEvent";

    private final Pipeline stages;
    private final BoundVariables variables;
    private final EvaluationContext evaluation;
    private final Collation collation;
    private final boolean splits;

    private EventPipeline(
            Pipeline stages, BoundVariables variables, Collation collation, boolean splits) {
        this.stages = stages;
        this.variables = variables;
        this.evaluation = variables.context().under(collation.order());
        this.collation = collation;
        this.splits = splits;
    }

    /**
     * @param options say which variables the expressions may use, and how strings compare
     */
    static EventPipeline parse(List<Document> stages, WatchOptions options) {
        BoundVariables variables =
                BoundVariables.parse(
                        options.let(), Location.ROOT.child("let"), OperationScope.instant());
        Collation collation =
                Collation.parse(options.collation(), Location.ROOT.child("collation"))
                        .orElse(Collation.SIMPLE);
        Location place = Location.ROOT.child("pipeline");
        PipelineScope scope = PipelineScope.at(place, PipelinePlace.COMMAND).with(variables);
        Pipeline.parse(ArrayValue.of(stages), scope); // every operand, that of the last stage too
        boolean splits = !stages.isEmpty() && stages.getLast().has(SPLIT);
        List<Document> others = splits ? stages.subList(0, stages.size() - 1) : stages;
        for (int index = 0; index < others.size(); index++) {
            for (Field stage : others.get(index)) {
                check(stage.name(), place.child(index));
            }
        }
        Pipeline parsed = Pipeline.parse(ArrayValue.of(others), scope);
        return new EventPipeline(parsed, variables, collation, splits);
    }

    private static void check(String stage, Location place) {
        if (stage.equals(SPLIT)) {
            throw new SmilodonException(
                            ErrorCode.location(7182802),
                            SPLIT + " must be the last stage in the pipeline")
                    .at(place);
        }
        if (!ALLOWED.contains(stage)) {
            throw new SmilodonException(
                            ErrorCode.ILLEGAL_OPERATION,
                            stage + " is not permitted in a $changeStream pipeline")
                    .at(place);
        }
    }

    /** Those of the user. */
    BoundVariables variables() {
        return variables;
    }

    /** Whether large events are told in fragments. */
    boolean splits() {
        return splits;
    }

    /** What the stages make of an event; empty if they leave it out. */
    Optional<Document> apply(Document event) {
        EventContext context = new EventContext(evaluation, collation);
        try (Cursor output = stages.open(new Single(event), context)) {
            if (!output.advance()) {
                return Optional.empty();
            }
            Document result = output.current();
            requireToken(event.get("_id"), result.get("_id"));
            return Optional.of(result);
        }
    }

    private static void requireToken(Value token, Value found) {
        if (!token.equals(found)) {
            throw new SmilodonException(
                            ErrorCode.CHANGE_STREAM_FATAL,
                            "Encountered an event whose _id field, which contains the resume token,"
                                    + " was modified by the pipeline")
                    .withHint("Modifying the _id field of an event makes it impossible to resume.");
        }
    }

    /** A stream of one document. */
    private static final class Single implements Cursor {

        private final Document document;
        private boolean isRead;

        Single(Document document) {
            this.document = document;
        }

        @Override
        public boolean advance() {
            boolean isThere = !isRead;
            isRead = true;
            return isThere;
        }

        @Override
        public Document current() {
            return document;
        }

        @Override
        public void close() {}
    }

    /** Events go through stages that read nothing else. */
    private static final class EventContext implements StageContext {

        private final OperationContext operation;
        private final EvaluationContext variables;

        EventContext(EvaluationContext variables, Collation collation) {
            this.operation = OperationContext.unlimited().under(collation);
            this.variables = variables;
        }

        @Override
        public EvaluationContext evaluation() {
            return variables;
        }

        @Override
        public OperationContext operation() {
            return operation;
        }

        @Override
        public Cursor find(String collection, Predicate filter) {
            throw new AssertionError("no stage that is allowed reads another collection");
        }
    }
}
