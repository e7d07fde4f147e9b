package io.smilodon.query.expression.statistic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.Percentiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code {input, method: "approximate"}} and {@code {input, p: [<part>, …], method:
 * "approximate"}}, the operands of {@code $median} and {@code $percentile}, which are expressions
 * and accumulators.
 */
public final class PercentileOperand {

    private static final String APPROXIMATE = "approximate";

    private PercentileOperand() {}

    /** Refuses every method but the approximate one, whose results here are exact. */
    public static void requireMethod(Document parts, ExpressionScope scope) {
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
                            Map.of("actual", name.value()))
                    .withHint("the result is exact all the same");
        }
    }

    /**
     * The operand {@code p}: an array of numbers from 0 to 1 whenever it is evaluated. It may be
     * computed, but not from the document.
     */
    public static Expression list(Document parts, ExpressionScope scope) {
        ExpressionScope place = scope.child("p");
        CheckedParts list = new CheckedParts(scope.parse("p", parts.get("p")), place.location());
        if (!PathCollector.pathsOf(List.of(list)).equals(Optional.of(Set.of()))) {
            throw place.error(
                    ErrorCode.location(7750300),
                    "The $percentile 'p' field must be an array of constant values",
                    Map.of());
        }
        return list.operand instanceof Literal constant
                ? new Literal(list.apply(constant.value()))
                : list;
    }

    /** Checks the parts, whenever they are computed. */
    private record CheckedParts(Expression operand, Location location) implements UnaryExpression {

        @Override
        public Value apply(Value value) {
            try {
                requireParts(value);
                return value;
            } catch (SmilodonException notParts) {
                throw notParts.at(location);
            }
        }
    }

    /** The operands of {@code $median}; the number of the error for what is no document. */
    public static NamedOperands parts(int notDocument) {
        return NamedOperands.of(ErrorCode.location(notDocument), ErrorCode.location(40415))
                .required("input", ErrorCode.location(40414))
                .required("method", ErrorCode.location(40414));
    }

    /** Of the elements of an array, or of a single value. */
    static Percentiles of(Value input) {
        return Percentiles.of(input instanceof ArrayValue array ? array : List.of(input));
    }

    /** The parts from 0 to 1 that {@code p} lists. */
    public static List<Double> requireParts(Value value) {
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
