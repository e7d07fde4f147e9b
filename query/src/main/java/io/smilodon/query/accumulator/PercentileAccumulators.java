package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.statistic.PercentileOperand;
import java.util.List;

/** The accumulators {@code $median} and {@code $percentile}. */
final class PercentileAccumulators {

    private static final NamedOperands MEDIAN = PercentileOperand.parts(7436100);

    private static final NamedOperands PERCENTILE =
            PercentileOperand.parts(7429703).required("p", ErrorCode.location(40414));

    private PercentileAccumulators() {}

    static Accumulation median(AccumulatorFactory.Operand operand) {
        ExpressionScope scope = operand.scope();
        Document parts = MEDIAN.check(operand.value(), scope);
        PercentileOperand.requireMethod(parts, scope);
        return Accumulation.of(
                scope.parse("input", parts.get("input")),
                AccumulatorKind.of(
                        () -> new Percentile(Shares.MEDIAN),
                        rows -> new WindowPercentile(rows, Shares.MEDIAN)));
    }

    static Accumulation percentile(AccumulatorFactory.Operand operand) {
        ExpressionScope scope = operand.scope();
        Document parts = PERCENTILE.check(operand.value(), scope);
        PercentileOperand.requireMethod(parts, scope);
        return new Accumulation(
                scope.parse("input", parts.get("input")),
                PercentileOperand.list(parts, scope),
                new Kind());
    }

    /** Starts from the shares. */
    private record Kind() implements AccumulatorKind {

        @Override
        public Accumulator begin(Value initial, ValueOrder order) {
            return new Percentile(shares(initial));
        }

        @Override
        public SlidingAccumulator slide(Value initial, List<Value> values, ValueOrder order) {
            return new WindowPercentile(values, shares(initial));
        }

        private static Shares shares(Value initial) {
            return new Shares(PercentileOperand.requireParts(initial), false);
        }
    }
}
