package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import java.util.List;

/** Reads the pipelines of stages that look at other collections. */
final class ForeignSource {

    private ForeignSource() {}

    /** The stages of a pipeline that is an option of such a stage. */
    static Pipeline pipeline(StageOperand option, PipelineScope scope) {
        if (option.value() instanceof ArrayValue stages) {
            return PipelineParser.parse(stages, scope);
        }
        throw option.error(
                ErrorCode.TYPE_MISMATCH, "'pipeline' option must be specified as an array");
    }

    /** Whether the pipeline needs no collection: its first stage makes the documents. */
    static boolean bringsDocuments(Pipeline pipeline) {
        List<Stage> stages = pipeline.stages();
        return !stages.isEmpty() && stages.getFirst() instanceof Documents;
    }
}
