package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** The errors that the arithmetic operators share. */
final class NumericErrors {

    private NumericErrors() {}

    static SmilodonException notNumeric(ErrorCode code, String operator, Value actual) {
        return new SmilodonException(
                code,
                "The operator only supports numeric types",
                Map.of("operator", operator, "actual", actual.type().alias()));
    }

    static SmilodonException notIntegral(String operator, Value actual) {
        return new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "The operator only supports int and long operands",
                Map.of("operator", operator, "actual", actual.type().alias()));
    }

    static SmilodonException outOfDomain(int code, String text, Value actual) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("actual", actual));
    }
}
