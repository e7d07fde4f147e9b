package io.smilodon.query.aggregate;

import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline makes of another collection, or of documents that it brings along. The part that
 * a find can do is found once. Immutable and thread-safe.
 */
final class Foreign {

    private final Optional<String> collection;
    private final Pipeline pipeline;
    private final Predicate filter;
    private final Pipeline rest;
    private final NeededFields fields;

    /**
     * @param collection what the pipeline reads; empty if its first stage makes the documents
     */
    Foreign(Optional<String> collection, Pipeline pipeline) {
        this.collection = collection;
        this.pipeline = pipeline;
        SplitPipeline split = PipelineRules.split(pipeline);
        this.filter = split.front().filter();
        this.rest = split.withoutFilter();
        // What comes of it may be compared.
        this.fields = rest.readsMetadata() ? NeededFields.ALL : rest.neededFields(NeededFields.ALL);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The same with a filter behind it. */
    Foreign with(Predicate more) {
        List<Stage> stages = new ArrayList<>(pipeline.stages());
        stages.add(new Match(more));
        return new Foreign(collection, new Pipeline(stages, pipeline.readsMetadata()));
    }

    /**
     * The documents.
     *
     * @param join which documents of the collection the pipeline gets
     * @param variables what its expressions see
     */
    Cursor open(Predicate join, EvaluationContext variables, StageContext context) {
        StageContext inner = new InnerContext(context, collection, variables);
        Predicate pushed = Predicate.all(List.of(join, filter.within(variables)));
        Cursor input =
                collection.isPresent()
                        ? context.find(collection.get(), pushed, fields)
                        : DocumentsCursor.of();
        return searches() ? behindSearch(pushed).open(input, inner) : rest.open(input, inner);
    }

    private boolean searches() {
        return collection.isPresent()
                && !rest.stages().isEmpty()
                && rest.stages().getFirst().isSource();
    }

    /** The stages with the filter where it can be: a search looks at none of its input. */
    private Pipeline behindSearch(Predicate join) {
        List<Stage> stages = new ArrayList<>(rest.stages());
        stages.add(1, new Match(join));
        return new Pipeline(stages, rest.readsMetadata());
    }

    /** The context of the pipeline: the same, with other variables. */
    private record InnerContext(
            StageContext outer, Optional<String> collection, EvaluationContext evaluation)
            implements StageContext {

        @Override
        public Diagnostics diagnostics() {
            return outer.diagnostics(collection.orElseThrow());
        }

        @Override
        public Diagnostics diagnostics(String other) {
            return outer.diagnostics(other);
        }

        @Override
        public Searching searching() {
            return outer.searching(collection.orElseThrow());
        }

        @Override
        public Searching searching(String other) {
            return outer.searching(other);
        }

        @Override
        public Cursor open(Pipeline other) {
            return outer.open(collection.orElseThrow(), other, evaluation);
        }

        @Override
        public Cursor open(String other, Pipeline pipeline, EvaluationContext variables) {
            return outer.open(other, pipeline, variables);
        }

        @Override
        public OperationContext operation() {
            return outer.operation();
        }

        @Override
        public Cursor find(String other, Predicate filter) {
            return outer.find(other, filter);
        }

        @Override
        public Cursor find(String other, Predicate filter, NeededFields some) {
            return outer.find(other, filter, some);
        }
    }
}
