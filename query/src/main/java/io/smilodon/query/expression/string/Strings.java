package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.value.Text;
import java.util.Map;

/** Operands of the string operators, checked. */
final class Strings {

    private Strings() {}

    static String require(Value value, int code, String operator) {
        return switch (value) {
            case StringValue string -> counted(string.value());
            case SymbolValue symbol -> counted(symbol.value());
            default -> throw error(code, "The argument must be a string", operator, value);
        };
    }

    /** Whoever asks for it goes through it. */
    private static String counted(String text) {
        Steps.takeForBytes(text.length());
        return text;
    }

    /** The {@link Text#coerced} of a value; null and missing are empty text, others refused. */
    static String coerce(Value value, String operator) {
        if (value.isNullish()) {
            return "";
        }
        return counted(
                Text.coerced(value)
                        .orElseThrow(
                                () ->
                                        error(
                                                16007,
                                                "can't convert this type to a string",
                                                operator,
                                                value)));
    }

    static SmilodonException error(int code, String text, String operator, Value value) {
        return new SmilodonException(
                ErrorCode.location(code),
                text,
                Map.of("operator", operator, "actual", value.type().alias()));
    }
}
