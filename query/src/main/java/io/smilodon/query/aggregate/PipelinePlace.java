package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;

/** What a pipeline is part of: not every stage may stand everywhere. */
public enum PipelinePlace {
    /** A request of its own. */
    COMMAND(ErrorCode.INVALID_OPTIONS, "is not allowed in an aggregation"),
    FACET(ErrorCode.location(40600), "is not allowed to be used within a $facet stage"),
    LOOKUP(ErrorCode.location(51047), "is not allowed within a $lookup's sub-pipeline"),
    UNION(ErrorCode.location(31441), "is not allowed within a $unionWith's sub-pipeline"),
    /** The definition of a view. */
    VIEW(ErrorCode.OPTION_NOT_SUPPORTED_ON_VIEW, "cannot be used in the definition of a view"),
    /** An update, or what {@code $merge} does with a document that matches. */
    UPDATE(ErrorCode.INVALID_OPTIONS, "is not allowed to be used within an update");

    private final ErrorCode refusal;
    private final String text;

    PipelinePlace(ErrorCode refusal, String text) {
        this.refusal = refusal;
        this.text = text;
    }

    /** The code of the error about a stage that may not stand here. */
    ErrorCode refusal() {
        return refusal;
    }

    /** What that error says of the stage. */
    String text() {
        return text;
    }
}
