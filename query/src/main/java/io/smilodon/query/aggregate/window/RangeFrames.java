package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.value.Arithmetic;
import java.util.Map;

/**
 * Finds the windows that reach so far from the value that is sorted by, ascending. Each end goes
 * through the rows once.
 */
final class RangeFrames {

    private final Window window;
    private final WindowRows rows;

    private RangeFrames(Window window, WindowRows rows) {
        this.window = window;
        this.rows = rows;
    }

    static Frames of(Window window, WindowRows rows) {
        RangeFrames frames = new RangeFrames(window, rows);
        for (int row = 0; row < rows.size(); row++) {
            frames.requirePlace(rows.place(row));
        }
        int[] starts = frames.starts();
        return new Frames(starts, frames.ends(starts));
    }

    private void requirePlace(Value place) {
        if (window.unit().isPresent() && !(place instanceof DateValue)) {
            throw refused(5429513, "Invalid range: Expected the sortBy field to be a Date", place);
        }
        if (window.unit().isEmpty() && place instanceof DateValue) {
            throw refused(
                    5429413,
                    "Invalid range: For windows that involve date or time ranges, a unit must be"
                            + " provided.",
                    place);
        }
        if (window.unit().isEmpty() && !(place instanceof NumberValue)) {
            throw refused(
                    5429414, "Invalid range: Expected the sortBy field to be a number", place);
        }
    }

    private static SmilodonException refused(int code, String text, Value place) {
        return new SmilodonException(
                ErrorCode.location(code), text, Map.of("actual", place.type().alias()));
    }

    private int[] starts() {
        int[] starts = new int[rows.size()];
        int start = 0;
        for (int row = 0; row < starts.length; row++) {
            Steps.take();
            switch (window.lower()) {
                case Bound.Unbounded everything -> start = 0;
                case Bound.Current same -> start = row;
                case Bound.Offset offset -> {
                    Value least = moved(rows.place(row), offset);
                    while (start < starts.length && compare(start, least) < 0) {
                        start++;
                    }
                }
            }
            starts[row] = start;
        }
        return starts;
    }

    private int[] ends(int[] starts) {
        int[] ends = new int[rows.size()];
        int end = 0;
        for (int row = 0; row < ends.length; row++) {
            Steps.take();
            switch (window.upper()) {
                case Bound.Unbounded everything -> end = ends.length;
                case Bound.Current same -> end = row + 1;
                case Bound.Offset offset -> {
                    Value greatest = moved(rows.place(row), offset);
                    while (end < ends.length && compare(end, greatest) <= 0) {
                        end++;
                    }
                }
            }
            ends[row] = Math.max(starts[row], end);
        }
        return ends;
    }

    private int compare(int row, Value bound) {
        return ValueOrder.ASCENDING.compare(rows.place(row), bound);
    }

    private Value moved(Value place, Bound.Offset offset) {
        return place instanceof DateValue date
                ? new DateValue(
                        window.unit()
                                .orElseThrow()
                                .addUtc(date.epochMillis(), offset.distance().toLong()))
                : Arithmetic.add((NumberValue) place, offset.distance());
    }
}
