package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;

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
}
