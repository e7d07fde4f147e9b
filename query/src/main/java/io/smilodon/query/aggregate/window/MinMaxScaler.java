package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.accumulator.ExtremeMerging;
import io.smilodon.query.accumulator.TwoStacks;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;
import java.util.Comparator;
import java.util.Map;

/**
 * {@code {$minMaxScaler: {input, min, max}}}: where a number lies between the smallest and the
 * largest of its window, from min to max; min where these are the same.
 */
record MinMaxScaler(Expression argument, Window window, NumberValue min, NumberValue max)
        implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        rows.values().forEach(MinMaxScaler::number);
        Frames frames = window.frames(rows);
        RowResults smallest = extreme(rows, frames, ValueOrder.ASCENDING.reversed());
        RowResults largest = extreme(rows, frames, ValueOrder.ASCENDING);
        return row -> {
            NumberValue low = number(smallest.at(row));
            NumberValue range = Arithmetic.subtract(number(largest.at(row)), low);
            NumberValue above = Arithmetic.subtract(number(rows.values().get(row)), low);
            return Numbers.isZero(range) ? min : scaled(Division.divide(above, range));
        };
    }

    private Value scaled(NumberValue share) {
        return Arithmetic.add(Arithmetic.multiply(share, Arithmetic.subtract(max, min)), min);
    }

    private static RowResults extreme(WindowRows rows, Frames frames, Comparator<Value> order) {
        return new SlidingFunction.Sliding(
                frames, new TwoStacks<>(rows.values(), new ExtremeMerging(order)));
    }

    private static NumberValue number(Value value) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "$minMaxScaler takes numbers only",
                Map.of("actual", value.type().alias()));
    }
}
