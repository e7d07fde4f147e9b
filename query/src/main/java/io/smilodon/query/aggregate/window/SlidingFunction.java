package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.accumulator.SlidingAccumulator;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;

/**
 * An accumulator over a window.
 *
 * @param start makes the accumulator of a partition
 */
record SlidingFunction(Expression argument, Window window, Start start) implements WindowFunction {

    /** Makes the accumulator of a partition. */
    interface Start {
        SlidingAccumulator slide(WindowRows rows, EvaluationContext context);
    }

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        return new Sliding(window.frames(rows), start.slide(rows, context));
    }

    /** Moves the accumulator from window to window; equal windows share their result. */
    static final class Sliding implements RowResults {

        private final Frames frames;
        private final SlidingAccumulator accumulator;
        private int start;
        private int end;
        private Value result = Missing.INSTANCE;

        Sliding(Frames frames, SlidingAccumulator accumulator) {
            this.frames = frames;
            this.accumulator = accumulator;
        }

        @Override
        public Value at(int row) {
            boolean isSame =
                    result != Missing.INSTANCE
                            && frames.start(row) == start
                            && frames.end(row) == end;
            if (!isSame) {
                move(frames.start(row), frames.end(row));
                Value next = accumulator.result();
                result = next == Missing.INSTANCE ? NullValue.INSTANCE : next;
            }
            return result;
        }

        private void move(int newStart, int newEnd) {
            Steps.take(newEnd - end + newStart - start);
            while (end < newEnd) {
                accumulator.add(end++);
            }
            while (start < newStart) {
                accumulator.remove(start++);
            }
        }
    }
}
