package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Operands of the array operators, checked. */
final class ArrayErrors {

    private ArrayErrors() {}

    static ArrayValue requireArray(Value value, int code, String operator) {
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw wrongType(code, "The argument must be an array", operator, value);
    }

    static SmilodonException wrongType(int code, String text, String operator, Value value) {
        return new SmilodonException(
                ErrorCode.location(code),
                text,
                Map.of("operator", operator, "actual", value.type().alias()));
    }
}
