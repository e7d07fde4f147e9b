package io.smilodon.query.accumulator;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code {$percentile: {input, p: [<share>, …], method: "approximate"}}} and {@code {$median:
 * {input, method: "approximate"}}}.
 */
final class PercentileOperand {

    private static final ErrorCode MISSING = ErrorCode.location(40414);
    private static final ErrorCode UNKNOWN = ErrorCode.location(40415);

    private static final NamedOperands MEDIAN =
            NamedOperands.of(ErrorCode.location(7436100), UNKNOWN)
                    .required("input", MISSING)
                    .required("method", MISSING);

    private static final NamedOperands PERCENTILE =
            NamedOperands.of(ErrorCode.location(7429703), UNKNOWN)
                    .required("input", MISSING)
                    .required("p", MISSING)
                    .required("method", MISSING);

    private PercentileOperand() {}

    static Accumulation median(AccumulatorFactory.Operand operand) {
        ExpressionScope scope = operand.scope();
        Document parts = MEDIAN.check(operand.value(), scope);
        checkMethod(parts.get("method"), scope.child("method"));
        return Accumulation.of(
                scope.parse("input", parts.get("input")),
                AccumulatorKind.of(
                        () -> new Percentile(Shares.MEDIAN),
                        rows -> new WindowPercentile(rows, Shares.MEDIAN)));
    }

    static Accumulation percentile(AccumulatorFactory.Operand operand) {
        ExpressionScope scope = operand.scope();
        Document parts = PERCENTILE.check(operand.value(), scope);
        checkMethod(parts.get("method"), scope.child("method"));
        return new Accumulation(
                scope.parse("input", parts.get("input")),
                shares(parts.get("p"), scope.child("p")),
                new Kind());
    }

    /** Starts from the shares. */
    private record Kind() implements AccumulatorKind {

        @Override
        public Accumulator begin(Value initial) {
            return new Percentile(new Shares(numbers(initial), false));
        }

        @Override
        public SlidingAccumulator slide(Value initial, List<Value> values) {
            return new WindowPercentile(values, new Shares(numbers(initial), false));
        }
    }

    private static void checkMethod(Value method, ExpressionScope scope) {
        if (!(method instanceof StringValue text)) {
            throw scope.error(
                    ErrorCode.TYPE_MISMATCH,
                    "'method' must be a string",
                    Map.of("actual", method.type().alias()));
        }
        if (!text.value().equals("approximate")) {
            throw scope.error(
                            ErrorCode.BAD_VALUE,
                            "Currently only 'approximate' can be used as percentile 'method'",
                            Map.of("method", text.value()))
                    .withHint("the result is exact all the same");
        }
    }

    private static Expression shares(Value written, ExpressionScope scope) {
        CheckedShares shares = new CheckedShares(scope.parse(written), scope.location());
        boolean readsDocument =
                !PathCollector.pathsOf(List.of(shares)).map(Set::isEmpty).orElse(false);
        if (readsDocument) {
            throw scope.error(
                    ErrorCode.location(7750300),
                    "The 'p' field must be an array of constant values",
                    Map.of());
        }
        return shares.operand instanceof Literal constant
                ? new Literal(shares.apply(constant.value()))
                : shares;
    }

    private static List<Double> numbers(Value shares) {
        List<Double> numbers = new ArrayList<>();
        ((ArrayValue) shares).forEach(share -> numbers.add(((NumberValue) share).toDouble()));
        return numbers;
    }

    /** The shares, which may depend on variables, as an array of numbers from 0 to 1. */
    private record CheckedShares(Expression operand, Location location) implements UnaryExpression {

        @Override
        public Value apply(Value value) {
            if (!(value instanceof ArrayValue array) || array.isEmpty()) {
                throw error(7750301, "The 'p' field must be a non-empty array", value);
            }
            for (Value share : array) {
                if (!(share instanceof NumberValue number)) {
                    throw error(7750302, "'p' must be an array of numbers from 0 to 1", share);
                }
                double part = number.toDouble();
                if (!(part >= 0 && part <= 1)) {
                    throw error(7750303, "'p' must be an array of numbers from 0 to 1", share);
                }
            }
            return value;
        }

        private SmilodonException error(int code, String text, Value actual) {
            return new SmilodonException(
                            ErrorCode.location(code), text, Map.of("actual", actual.toString()))
                    .at(location);
        }
    }
}
