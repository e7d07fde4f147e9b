package io.smilodon.query.update;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;

/**
 * Puts in the place of a document what a pipeline makes of it; the {@code _id} stays. The stages
 * are those of aggregations that make one document of one.
 *
 * @param pipeline the stages
 * @param variables what its expressions see
 */
record PipelineUpdate(Pipeline pipeline, EvaluationContext variables) implements Update {

    /** Refuses stages that are no part of updates with code 72, unknown ones with 40324. */
    static PipelineUpdate parse(ArrayValue stages, UpdateScope scope) {
        BoundVariables variables = scope.allVariables();
        PipelineScope place =
                PipelineScope.at(scope.location(), PipelinePlace.UPDATE).with(variables);
        return new PipelineUpdate(Pipeline.parse(stages, place), variables.context());
    }

    @Override
    public Document apply(Document before, UpdateContext context) {
        EvaluationContext seen = variables.under(context.order());
        return new Replacement(pipeline.applyTo(before, seen)).apply(before, context);
    }
}
