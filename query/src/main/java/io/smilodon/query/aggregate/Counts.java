package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.value.Numbers;
import java.util.Map;

/** Reads the operands that say how many documents. */
final class Counts {

    private Counts() {}

    /** A whole number that is not negative; anything else is an error with this code. */
    static long parse(StageOperand operand, String stage, int code) {
        if (operand.value() instanceof NumberValue number
                && Numbers.isLong(number)
                && number.toLong() >= 0) {
            return number.toLong();
        }
        Object actual =
                operand.value() instanceof NumberValue number
                        ? number.toDouble()
                        : operand.value().type().alias();
        throw new SmilodonException(
                        ErrorCode.location(code),
                        "invalid argument to " + stage + " stage: Expected a non-negative integer",
                        Map.of("actual", actual))
                .at(operand.location());
    }
}
