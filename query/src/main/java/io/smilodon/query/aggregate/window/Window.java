package io.smilodon.query.aggregate.window;

import io.smilodon.query.expression.date.DateUnit;
import java.util.Optional;

/**
 * Which documents around the current one a window function looks at.
 *
 * @param isRange whether bounds are distances of the value that is sorted by, not documents
 * @param unit what these distances are counted in, where that value is a date
 */
record Window(boolean isRange, Bound lower, Bound upper, Optional<DateUnit> unit) {

    /** The whole partition. */
    static final Window EVERYTHING =
            new Window(false, new Bound.Unbounded(), new Bound.Unbounded(), Optional.empty());

    boolean isWholePartition() {
        return lower instanceof Bound.Unbounded && upper instanceof Bound.Unbounded;
    }

    Frames frames(WindowRows rows) {
        return isRange ? RangeFrames.of(this, rows) : documentFrames(rows.size());
    }

    private Frames documentFrames(int size) {
        int[] starts = new int[size];
        int[] ends = new int[size];
        for (int row = 0; row < size; row++) {
            starts[row] =
                    switch (lower) {
                        case Bound.Unbounded everything -> 0;
                        case Bound.Current same -> row;
                        case Bound.Offset offset -> moved(row, offset, size);
                    };
            ends[row] =
                    switch (upper) {
                        case Bound.Unbounded everything -> size;
                        case Bound.Current same -> row + 1;
                        case Bound.Offset offset -> moved(row + 1, offset, size);
                    };
        }
        return new Frames(starts, ends);
    }

    private static int moved(int row, Bound.Offset offset, int size) {
        long distance = Math.clamp(offset.distance().toLong(), -(long) size - 1, (long) size + 1);
        return (int) Math.clamp(row + distance, 0L, (long) size);
    }
}
