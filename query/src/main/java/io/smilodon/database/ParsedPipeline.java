package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.aggregate.Front;
import io.smilodon.query.aggregate.GroupInput;
import io.smilodon.query.aggregate.NeededFields;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelineRules;
import io.smilodon.query.aggregate.SplitPipeline;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.Query.Output.OneOfEach.Wanted;
import io.smilodon.query.predicate.Near;

/**
 * A pipeline that has been read.
 *
 * @param front what the planner takes over
 * @param rest the stages that work on what it finds
 */
record ParsedPipeline(Query front, Pipeline rest) {

    /**
     * @throws SmilodonException 5626500 for a {@code $near} behind what a view makes of its
     *     documents: no index has these
     */
    static ParsedPipeline of(Pipeline pipeline, Hint hint) {
        return of(pipeline, hint, NeededFields.RESULT);
    }

    /**
     * The same.
     *
     * @param output what somebody looks at of the result
     */
    static ParsedPipeline of(Pipeline pipeline, Hint hint, NeededFields output) {
        SplitPipeline split = PipelineRules.split(pipeline, output);
        if (split.rest().asksForNearness()) {
            throw Near.misplaced();
        }
        Query front = query(split.front(), hint);
        boolean readsMetadata = split.rest().readsMetadata();
        Query query = readsMetadata ? front.annotated() : feeding(split.rest(), front);
        return new ParsedPipeline(query, split.rest());
    }

    private static Query feeding(Pipeline rest, Query front) {
        return rest.groupInput()
                .map(input -> front.oneOfEach(input.path(), wanted(input.enough())))
                .orElse(front);
    }

    private static Wanted wanted(GroupInput.Enough enough) {
        return switch (enough) {
            case ANY -> Wanted.ANY;
            case FIRST -> Wanted.FIRST;
            case LAST -> Wanted.LAST;
        };
    }

    /** Whether its first stage brings the documents along, so that nothing is found for it. */
    boolean isSelfContained() {
        return !rest.stages().isEmpty() && rest.stages().getFirst().isSource();
    }

    /** The same, its front seeing these variables; the stages see those of their context. */
    ParsedPipeline within(EvaluationContext variables) {
        return new ParsedPipeline(front.withFilter(front.filter().within(variables)), rest);
    }

    private static Query query(Front front, Hint hint) {
        Query query =
                Query.of(front.filter())
                        .withSkip(front.skip())
                        .withLimit(front.limit())
                        .withHint(hint);
        Query sorted = front.sort().map(query::withSort).orElse(query);
        return needing(front.fields(), sorted);
    }

    /** The query for who looks at these fields of what it finds. */
    static Query needing(NeededFields fields, Query query) {
        if (fields.equals(NeededFields.NONE)) {
            return query.counted();
        }
        // Documents that are made of keys have their fields in the order of the index.
        return fields.isWhole() || fields.inOrder() ? query : query.needing(fields.paths());
    }
}
