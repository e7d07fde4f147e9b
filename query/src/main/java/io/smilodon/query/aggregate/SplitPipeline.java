package io.smilodon.query.aggregate;

import java.util.ArrayList;
import java.util.List;

/**
 * A pipeline in two parts.
 *
 * @param front what a find does
 * @param rest the stages that work on what it finds
 */
public record SplitPipeline(Front front, Pipeline rest) {

    /** The pipeline that is left if the find takes over the filter only. */
    Pipeline withoutFilter() {
        List<Stage> stages = new ArrayList<>();
        front.sort().ifPresent(order -> stages.add(new Sort(order, 0)));
        if (front.skip() > 0) {
            stages.add(new Skip(front.skip()));
        }
        if (front.limit() > 0) {
            stages.add(new Limit(front.limit()));
        }
        stages.addAll(rest.stages());
        return PipelineRules.optimize(new Pipeline(stages, rest.readsMetadata()));
    }
}
