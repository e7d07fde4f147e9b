package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Operands that have to be integers of 32 bits, as numbers of any type. */
public final class IntOperand {

    private IntOperand() {}

    /**
     * The operand as an int.
     *
     * @param notNumber the code if it is no number
     * @param notInt the code if it is another number
     */
    public static int require(Value value, int notNumber, int notInt, String operator) {
        if (!(value instanceof NumberValue number)) {
            throw error(notNumber, "The argument must be a number", operator, value);
        }
        if (!number.isIntegral() || number.toLong() != (int) number.toLong()) {
            throw error(
                    notInt,
                    "The argument must be representable as a 32-bit integer",
                    operator,
                    value);
        }
        return (int) number.toLong();
    }

    private static SmilodonException error(int code, String text, String operator, Value value) {
        return new SmilodonException(
                ErrorCode.location(code),
                text,
                Map.of("operator", operator, "actual", value, "type", value.type().alias()));
    }
}
