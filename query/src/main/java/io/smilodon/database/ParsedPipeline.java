package io.smilodon.database;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.Front;
import io.smilodon.query.aggregate.NeededFields;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelineRules;
import io.smilodon.query.aggregate.SplitPipeline;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.Query;
import java.util.List;

/**
 * A pipeline that has been read.
 *
 * @param front what the planner takes over
 * @param rest the stages that work on what it finds
 */
record ParsedPipeline(Query front, Pipeline rest) {

    static ParsedPipeline of(List<Document> pipeline, AggregateOptions options) {
        Location place = Location.ROOT.child("pipeline");
        SplitPipeline split = PipelineRules.split(Pipeline.parse(ArrayValue.of(pipeline), place));
        return new ParsedPipeline(query(split.front(), options), split.rest());
    }

    private static Query query(Front front, AggregateOptions options) {
        Query query =
                Query.of(front.filter())
                        .withSkip(front.skip())
                        .withLimit(front.limit())
                        .withHint(Hint.parse(options.hint()));
        if (front.fields().equals(NeededFields.NONE)) {
            return query.counted();
        }
        return front.sort().map(query::withSort).orElse(query);
    }
}
