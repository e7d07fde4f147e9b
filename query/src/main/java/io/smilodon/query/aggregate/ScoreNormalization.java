package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import java.util.Arrays;

/** How the scores of a pipeline are made comparable with those of others. */
enum ScoreNormalization {
    NONE("none"),
    SIGMOID("sigmoid"),
    MIN_MAX_SCALER("minMaxScaler");

    private final String written;

    ScoreNormalization(String written) {
        this.written = written;
    }

    /** The name in requests. */
    String written() {
        return written;
    }

    /** The one that is named; none where nothing is. */
    static ScoreNormalization parse(StageOperand place) {
        if (place.value() == Missing.INSTANCE) {
            return NONE;
        }
        if (!(place.value() instanceof StringValue name)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'normalization' must be a string");
        }
        return Arrays.stream(values())
                .filter(one -> one.written.equals(name.value()))
                .findFirst()
                .orElseThrow(
                        () ->
                                place.error(
                                        ErrorCode.BAD_VALUE,
                                        "'normalization' is none, sigmoid or minMaxScaler"));
    }

    /**
     * The score in relation to all scores of its pipeline.
     *
     * @param least the lowest of them
     * @param most the highest
     */
    double of(double score, double least, double most) {
        return switch (this) {
            case NONE -> score;
            case SIGMOID -> 1 / (1 + Math.exp(-score));
            case MIN_MAX_SCALER -> most > least ? (score - least) / (most - least) : 0;
        };
    }
}
