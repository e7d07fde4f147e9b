package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Operators of the language that are refused: known, so that the refusal can say why. */
final class UnsupportedOperators {

    private static final String HINT =
            "this release has no geospatial and text operators in filters";

    private UnsupportedOperators() {}

    static Condition field(FieldOperator.Operand operand) {
        throw unsupported(operand.context());
    }

    /** {@code $near} and {@code $nearSphere}: sorting is the business of a stage of its own. */
    static Condition near(FieldOperator.Operand operand) {
        FilterContext context = operand.context();
        if (context.isInStage()) {
            throw context.error(
                    ErrorCode.location(5626500),
                    "$geoNear, $near, and $nearSphere are not allowed in this context, as these"
                            + " operators require sorting geospatial data. If you do not need"
                            + " sort, consider using $geoWithin instead.",
                    Map.of());
        }
        throw unsupported(context);
    }

    static Predicate root(Value operand, FilterContext context) {
        throw unsupported(context);
    }

    /** {@code $where}: code from a request is never run. */
    static Predicate where(Value operand, FilterContext context) {
        throw context.error(
                        ErrorCode.COMMAND_NOT_SUPPORTED,
                        "$where is not supported by design: the server runs no scripts",
                        Map.of())
                .withHint("write the condition with the operators of the filter language");
    }

    private static SmilodonException unsupported(FilterContext context) {
        return context.badValue("filter operator is not supported by this release").withHint(HINT);
    }
}
