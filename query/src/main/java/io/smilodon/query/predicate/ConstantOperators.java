package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Operators that ask nothing of the document. */
final class ConstantOperators {

    private ConstantOperators() {}

    static Predicate alwaysFalse(Value operand, FilterContext context) {
        requireOne(operand, context);
        return Predicate.nothing();
    }

    static Predicate alwaysTrue(Value operand, FilterContext context) {
        requireOne(operand, context);
        return Predicate.everything();
    }

    static Predicate comment(Value operand, FilterContext context) {
        return Predicate.everything();
    }

    private static void requireOne(Value operand, FilterContext context) {
        if (!(operand instanceof NumberValue number) || number.toDouble() != 1) {
            throw context.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "the operand must be the number 1",
                    Map.of("type", operand.type().alias()));
        }
    }
}
