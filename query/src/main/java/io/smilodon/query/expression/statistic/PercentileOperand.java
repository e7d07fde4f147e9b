package io.smilodon.query.expression.statistic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Percentiles;
import java.util.List;
import java.util.Map;

/** What the operands of {@code $median} and {@code $percentile} have in common. */
final class PercentileOperand {

    private static final String APPROXIMATE = "approximate";

    private PercentileOperand() {}

    /** Refuses every method but the approximate one, whose results here are exact. */
    static void requireMethod(Document parts, ExpressionScope scope) {
        Value method = parts.get("method");
        ExpressionScope place = scope.child("method");
        if (!(method instanceof StringValue name)) {
            throw place.error(
                    ErrorCode.TYPE_MISMATCH,
                    "The percentile 'method' must be a string",
                    Map.of("actual", method.type().alias()));
        }
        if (!name.value().equals(APPROXIMATE)) {
            throw place.error(
                    ErrorCode.BAD_VALUE,
                    "Currently only 'approximate' can be used as percentile 'method'.",
                    Map.of("actual", name.value()));
        }
    }

    static NamedOperands parts(int notDocument) {
        return NamedOperands.of(ErrorCode.location(notDocument), ErrorCode.location(40415))
                .required("input", ErrorCode.location(40414))
                .required("method", ErrorCode.location(40414));
    }

    /** Of the elements of an array, or of a single value. */
    static Percentiles of(Value input) {
        return Percentiles.of(input instanceof ArrayValue array ? array : List.of(input));
    }

    /** The parts from 0 to 1 that {@code p} lists. */
    static List<Double> requireParts(Value value) {
        if (!(value instanceof ArrayValue array) || array.isEmpty()) {
            throw notParts(7750301, value);
        }
        return array.elements().stream().map(PercentileOperand::requirePart).toList();
    }

    private static double requirePart(Value value) {
        if (!(value instanceof NumberValue number)) {
            throw notParts(7750302, value);
        }
        double part = number.toDouble();
        if (part >= 0 && part <= 1) {
            return part;
        }
        throw notParts(7750303, value);
    }

    private static SmilodonException notParts(int code, Value actual) {
        return new SmilodonException(
                ErrorCode.location(code),
                "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]",
                Map.of("actual", actual));
    }
}
