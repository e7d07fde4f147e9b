package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;

/**
 * {@code {$derivative: {input, unit}}}: how fast the input changes from the first document of the
 * window to the last; null where they are at one place.
 */
record Derivative(Expression argument, Window window, Slope slope) implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        Frames frames = window.frames(rows);
        return row ->
                frames.start(row) == frames.end(row)
                        ? NullValue.INSTANCE
                        : change(rows, frames.start(row), frames.end(row) - 1);
    }

    private Value change(WindowRows rows, int first, int last) {
        NumberValue run = slope.distance(rows.place(first), rows.place(last));
        Value from = rows.values().get(first);
        Value to = rows.values().get(last);
        if (Numbers.isZero(run) || from.isNullish() || to.isNullish()) {
            return NullValue.INSTANCE;
        }
        NumberValue perPlace = Division.divide(Arithmetic.subtract(number(to), number(from)), run);
        return slope.unitMillis().isPresent()
                ? Arithmetic.multiply(perPlace, new Int64Value(slope.unitMillis().getAsLong()))
                : perPlace;
    }

    private static NumberValue number(Value value) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw Slope.error(5624902, "$derivative takes numbers only", value);
    }
}
