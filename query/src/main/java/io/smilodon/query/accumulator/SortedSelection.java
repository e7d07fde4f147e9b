package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.sort.SortPattern;
import java.util.Map;

/**
 * Reads {@code {$top: {sortBy: <sort>, output: <expression>}}} and {@code {$topN: {n: <count>,
 * …}}}; {@code $bottom} and {@code $bottomN} are written in the same way.
 */
final class SortedSelection {

    private static final ErrorCode NO_OBJECT = ErrorCode.location(5788001);
    private static final ErrorCode UNKNOWN = ErrorCode.location(5788002);
    private static final ErrorCode NO_OUTPUT = ErrorCode.location(5788004);
    private static final ErrorCode NO_SORT = ErrorCode.location(5788005);

    private static final NamedOperands ONE =
            NamedOperands.of(NO_OBJECT, UNKNOWN)
                    .required("output", NO_OUTPUT)
                    .required("sortBy", NO_SORT);

    private static final NamedOperands MANY =
            NamedOperands.of(NO_OBJECT, UNKNOWN)
                    .required("n", ErrorCode.location(5788003))
                    .required("output", NO_OUTPUT)
                    .required("sortBy", NO_SORT);

    private SortedSelection() {}

    /** The row of {@code $top} or {@code $bottom}. */
    static AccumulatorFactory one(boolean isFromEnd) {
        return operand -> {
            ExpressionScope scope = operand.scope();
            SortedOutput argument = argument(ONE.check(operand.value(), scope), scope);
            return Accumulation.of(
                    argument,
                    AccumulatorKind.ordered(
                            order -> new OnlyOne(new BestN(argument.ranking(isFromEnd, order), 1)),
                            (rows, order) ->
                                    WindowRanking.one(rows, argument.ranking(isFromEnd, order))));
        };
    }

    /** The row of {@code $topN} or {@code $bottomN}. */
    static AccumulatorFactory many(boolean isFromEnd) {
        return operand -> {
            ExpressionScope scope = operand.scope();
            Document parts = MANY.check(operand.value(), scope);
            SortedOutput argument = argument(parts, scope);
            return new Accumulation(
                    argument,
                    ElementCount.parse(parts.get("n"), scope.child("n")),
                    new Selection.BestOf(order -> argument.ranking(isFromEnd, order)));
        };
    }

    private static SortedOutput argument(Document parts, ExpressionScope scope) {
        return new SortedOutput(
                pattern(parts.get("sortBy"), scope.child("sortBy")),
                scope.parse("output", parts.get("output")));
    }

    private static SortPattern pattern(Value written, ExpressionScope scope) {
        if (!(written instanceof Document sort)) {
            throw scope.error(
                    ErrorCode.location(10065),
                    "invalid parameter: expected an object (sortBy)",
                    Map.of("actual", written.type().alias()));
        }
        if (sort.isEmpty()) {
            throw scope.error(ErrorCode.location(9657900), "'sortBy' must not be empty", Map.of());
        }
        return SortPattern.parse(sort, scope.location());
    }
}
