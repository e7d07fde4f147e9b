package io.smilodon.query.aggregate;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.AnnotatingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Stages in a row, each working on what the one before it hands on. Immutable.
 *
 * @param readsMetadata whether an expression may ask what is known of a document besides its fields
 */
public record Pipeline(List<Stage> stages, boolean readsMetadata) {

    /** More stages in a row are prepared one by one: each call of the next takes of the stack. */
    private static final int NESTED_MAX = 32;

    public Pipeline {
        stages = List.copyOf(stages);
    }

    /** Stages that look at the fields of documents only. */
    Pipeline(List<Stage> stages) {
        this(stages, false);
    }

    /**
     * Refuses a pipeline that stands at this place of the request if one of its stages is unknown.
     *
     * @throws SmilodonException 14, 40323 or 40324
     */
    public static void requireStages(ArrayValue stages, Location location) {
        PipelineParser.requireStages(stages, location);
    }

    /** Reads a pipeline that stands at this place of the request. */
    public static Pipeline parse(ArrayValue stages, Location location) {
        return parse(stages, PipelineScope.at(location, PipelinePlace.COMMAND));
    }

    /** Reads a pipeline that is part of something else, or that sees variables. */
    public static Pipeline parse(ArrayValue stages, PipelineScope scope) {
        return PipelineParser.parse(stages, scope);
    }

    /**
     * What becomes of one document: for pipelines of updates, the stages of which make one document
     * of one.
     *
     * @param variables what the expressions see besides the document
     */
    public Document applyTo(Document document, EvaluationContext variables) {
        StageContext context = new LonelyContext(variables);
        try (Cursor cursor = open(DocumentsCursor.of(document), context)) {
            return cursor.advance() ? cursor.current() : Document.EMPTY;
        }
    }

    /** The context of stages that look at no collection. */
    private record LonelyContext(EvaluationContext evaluation, OperationContext operation)
            implements StageContext {

        LonelyContext(EvaluationContext evaluation) {
            this(evaluation, OperationContext.unlimited());
        }

        @Override
        public Cursor find(String collection, Predicate filter) {
            throw new AssertionError("a pipeline of an update reads no collection");
        }
    }

    /** The documents that match. */
    public static Pipeline of(Predicate filter) {
        return new Pipeline(List.of(new Match(filter)));
    }

    /** These stages, then those. */
    public Pipeline then(Pipeline others) {
        if (stages.isEmpty()) {
            return others;
        }
        return new Pipeline(
                Stream.concat(stages.stream(), others.stages.stream()).toList(),
                readsMetadata || others.readsMetadata);
    }

    /** The stream that the stages make of the input. Closing it closes the input. */
    public Cursor open(Cursor input, StageContext context) {
        return open(input, context, output -> output);
    }

    /**
     * @param watch takes what each stage makes, and gives what the next one reads
     */
    private Cursor open(Cursor input, StageContext context, UnaryOperator<Cursor> watch) {
        List<Cursor> made = new ArrayList<>(stages.size());
        Cursor output = input;
        for (Stage stage : stages) {
            output =
                    watch.apply(
                            readsMetadata
                                    ? annotated(stage, output, context)
                                    : stage.open(output, context));
            made.add(output);
        }
        return stages.size() > NESTED_MAX ? new PreparedCursor(made) : output;
    }

    /** What running the stages to the end did, one by one. Closes the input. */
    public List<MeasuredCursor> measure(Cursor input, StageContext context) {
        List<MeasuredCursor> measured = new ArrayList<>();
        try (Cursor output = openMeasured(input, context, measured)) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = output.advance();
            }
        }
        return measured;
    }

    private Cursor openMeasured(Cursor input, StageContext context, List<MeasuredCursor> measured) {
        try {
            return open(
                    input,
                    context,
                    made -> {
                        measured.add(new MeasuredCursor(made));
                        return measured.getLast();
                    });
        } catch (RuntimeException failure) {
            input.close();
            throw failure;
        }
    }

    private static Cursor annotated(Stage stage, Cursor input, StageContext context) {
        Cursor output = stage.open(input, context);
        if (stage instanceof Sort sort) {
            return AnnotatingCursor.sorted(output, sort.pattern().under(context.order()));
        }
        return stage.keepsMetadata() ? new MetadataCursor(input, output) : output;
    }

    /** Whether a {@code $text} is in it. */
    public boolean searches() {
        return stages.stream()
                .anyMatch(
                        stage ->
                                stage instanceof Match match
                                        && TextTest.in(match.filter()).isPresent());
    }

    /** The first stage that no transaction of a user may have, however deep. */
    public Optional<String> refusedInTransactions() {
        return stages.stream().flatMap(stage -> stage.refusedInTransactions().stream()).findFirst();
    }

    /** Whether a filter asks for documents by their distance. */
    public boolean asksForNearness() {
        return stages.stream()
                .anyMatch(stage -> stage instanceof Match match && Near.isIn(match.filter()));
    }

    /** What it finds out about documents, besides their fields, by searching for them. */
    public Set<MetadataKind> foundMetadata() {
        return SearchPlacement.known(stages);
    }

    /** Whether there is a stage of this name. */
    public static boolean hasStage(String name) {
        return Stages.TABLE.has(name);
    }

    /**
     * Refuses what can only be asked of a collection itself, not of what other stages make of it.
     *
     * @throws SmilodonException 17313 for a {@code $text}, 40602 for a {@code $geoNear}
     */
    public void checkBehindOthers() {
        if (searches()) {
            throw SearchPlacement.notFirst(Location.ROOT);
        }
        if (!stages.isEmpty() && stages.getFirst() instanceof GeoNear near) {
            throw StagePlacement.notFirst(near.name());
        }
    }

    /** Whether it needs no collection: its first stage, {@code $documents}, makes the documents. */
    public boolean bringsDocuments() {
        return !stages.isEmpty() && stages.getFirst() instanceof Documents;
    }

    /** The stage at its end that writes what the others make; empty if that is returned. */
    public Optional<Output> output() {
        return !stages.isEmpty() && stages.getLast() instanceof Output output
                ? Optional.of(output)
                : Optional.empty();
    }

    /** Which of its documents are enough, if it begins with a group of few; else empty. */
    public Optional<GroupInput> groupInput() {
        return !stages.isEmpty() && stages.getFirst() instanceof Group group
                ? group.input()
                : Optional.empty();
    }

    /** The fields of its input that matter, given those of its result that do. */
    NeededFields neededFields(NeededFields output) {
        NeededFields needed = output;
        for (Stage stage : stages.reversed()) {
            needed = stage.neededFields(needed);
        }
        return needed;
    }
}
