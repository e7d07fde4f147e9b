package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Operators of the language that are refused: known, so that the refusal can say why. */
final class UnsupportedOperators {

    private UnsupportedOperators() {}

    /** {@code $where}: code from a request is never run. */
    static Predicate where(Value operand, FilterContext context) {
        throw context.error(
                        ErrorCode.COMMAND_NOT_SUPPORTED,
                        "$where is not supported by design: the server runs no scripts",
                        Map.of())
                .withHint("write the condition with the operators of the filter language");
    }
}
