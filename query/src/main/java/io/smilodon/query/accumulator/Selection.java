package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Reads {@code {$firstN: {input: <expression>, n: <count>}}} and its kin. */
final class Selection {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(5787900), ErrorCode.location(5787901))
                    .required("n", ErrorCode.location(5787906))
                    .required("input", ErrorCode.location(5787907));

    private Selection() {}

    /** The row of an accumulator that keeps so many of the best values. */
    static AccumulatorFactory best(Function<ValueOrder, Ranking> ranking) {
        return of(new BestOf(ranking));
    }

    /** The row of an accumulator that keeps so many values. */
    static AccumulatorFactory of(
            LongFunction<Accumulator> group,
            BiFunction<List<Value>, Long, SlidingAccumulator> window) {
        return of(new Counted(group, window));
    }

    private static AccumulatorFactory of(AccumulatorKind kind) {
        return operand -> {
            ExpressionScope scope = operand.scope();
            Document parts = PARTS.check(operand.value(), scope);
            return new Accumulation(
                    scope.parse("input", parts.get("input")),
                    ElementCount.parse(parts.get("n"), scope.child("n")),
                    kind);
        };
    }

    /** An accumulator that starts from how many values to keep. */
    private record Counted(
            LongFunction<Accumulator> group,
            BiFunction<List<Value>, Long, SlidingAccumulator> window)
            implements AccumulatorKind {

        @Override
        public Accumulator begin(Value initial, ValueOrder order) {
            return group.apply(asLong(initial));
        }

        @Override
        public SlidingAccumulator slide(Value initial, List<Value> values, ValueOrder order) {
            return window.apply(values, asLong(initial));
        }
    }

    /** An accumulator of so many of the best. */
    record BestOf(Function<ValueOrder, Ranking> ranking) implements AccumulatorKind {

        @Override
        public Accumulator begin(Value initial, ValueOrder order) {
            return new BestN(ranking.apply(order), asLong(initial));
        }

        @Override
        public SlidingAccumulator slide(Value initial, List<Value> values, ValueOrder order) {
            return WindowRanking.many(values, ranking.apply(order), asLong(initial));
        }
    }

    private static long asLong(Value count) {
        return ((Int64Value) count).value();
    }
}
