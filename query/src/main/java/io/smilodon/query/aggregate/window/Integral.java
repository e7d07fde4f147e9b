package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.SumMerging;
import io.smilodon.query.accumulator.TwoStacks;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Division;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$integral: {input, unit}}}: the area under the input, by the trapezoids between one
 * document of the window and the next.
 */
record Integral(Expression argument, Window window, Slope slope) implements WindowFunction {

    private static final NumberValue TWO = new Int32Value(2);

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        Frames frames = window.frames(rows);
        RowResults areas =
                new SlidingFunction.Sliding(
                        behindFirst(frames), new TwoStacks<>(areas(rows), new SumMerging()));
        return row -> {
            Value area = areas.at(row);
            return frames.start(row) == frames.end(row) ? NullValue.INSTANCE : scaled(area);
        };
    }

    private Value scaled(Value area) {
        return slope.unitMillis().isPresent()
                ? Division.divide(
                        (NumberValue) area, new Int64Value(slope.unitMillis().getAsLong()))
                : area;
    }

    /** The trapezoid before each row; before the first there is none. */
    private List<Value> areas(WindowRows rows) {
        List<Value> areas = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            NumberValue height = number(rows.values().get(row));
            Value before = rows.place(Math.max(0, row - 1));
            NumberValue width = slope.distance(before, rows.place(row));
            areas.add(
                    row == 0
                            ? NullValue.INSTANCE
                            : area(number(rows.values().get(row - 1)), height, width));
        }
        return areas;
    }

    private static Value area(NumberValue left, NumberValue right, NumberValue width) {
        return Division.divide(Arithmetic.multiply(Arithmetic.add(left, right), width), TWO);
    }

    private static NumberValue number(Value value) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw Slope.error(5423900, "$integral takes numbers only", value);
    }

    /** The windows without their first rows, whose trapezoids lie outside. */
    private static Frames behindFirst(Frames frames) {
        int[] starts = frames.starts().clone();
        for (int row = 0; row < starts.length; row++) {
            starts[row] = Math.min(starts[row] + 1, frames.end(row));
        }
        return new Frames(starts, frames.ends());
    }
}
