package io.smilodon.index.geo;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * The grid of a 2d index: a square, divided into four again and again. A cell is numbered by the
 * bits of its column and its row in turn; the cells inside a cell follow each other.
 *
 * @param bits how often it is divided, 1 to 32
 * @param min the least coordinate
 * @param max the greatest coordinate
 */
record PlaneGrid(int bits, double min, double max) {

    static final int BITS_DEFAULT = 26;
    static final int BITS_MAX = 32;
    static final double MAX_DEFAULT = 180;

    /** A double holds all whole numbers of so many bits. */
    private static final int DOUBLE_BITS = 53;

    static PlaneGrid of(Document options) {
        return new PlaneGrid(
                (int) number(options.get("bits"), BITS_DEFAULT),
                number(options.get("min"), -MAX_DEFAULT),
                number(options.get("max"), MAX_DEFAULT));
    }

    private static double number(Value value, double otherwise) {
        return value == Missing.INSTANCE || !(value instanceof NumberValue number)
                ? otherwise
                : number.toDouble();
    }

    /** The lower end belongs to it, the upper one too: as MongoDB has it. */
    boolean contains(PlanePoint point) {
        return isInside(point.x()) && isInside(point.y());
    }

    private boolean isInside(double coordinate) {
        return coordinate >= min && coordinate <= max;
    }

    /**
     * A cell of the grid.
     *
     * @param level how often the square was divided to get it
     * @param column from 0, to the right
     * @param row from 0, upwards
     */
    record Cell(int level, long column, long row) {

        Cell child(int which) {
            return new Cell(level + 1, 2 * column + (which >> 1), 2 * row + (which & 1));
        }
    }

    Cell cell(PlanePoint point) {
        return new Cell(bits, line(point.x()), line(point.y()));
    }

    private long line(double coordinate) {
        long lines = 1L << bits;
        double share = (coordinate - min) / (max - min);
        return Math.clamp((long) Math.floor(share * lines), 0, lines - 1);
    }

    /** The lowest key of a point in the cell; keys are in the order of signed numbers. */
    long first(Cell cell) {
        return shifted(interleaved(cell) << 2 * (bits - cell.level()));
    }

    /** The highest key of a point in the cell. */
    long last(Cell cell) {
        int depth = 2 * (bits - cell.level());
        // A shift by 64 would be none.
        long below = depth == Long.SIZE ? -1 : (1L << depth) - 1;
        return depth == Long.SIZE ? Long.MAX_VALUE : shifted((interleaved(cell) << depth) | below);
    }

    /**
     * With 32 bits the number takes all of a long: the order of unsigned becomes that of signed.
     */
    private long shifted(long unsigned) {
        return bits == BITS_MAX ? unsigned ^ Long.MIN_VALUE : unsigned;
    }

    private static long interleaved(Cell cell) {
        long number = 0;
        for (int bit = cell.level() - 1; bit >= 0; bit--) {
            number = (number << 2) | ((cell.column() >> bit & 1) << 1) | (cell.row() >> bit & 1);
        }
        return number;
    }

    /** The smallest cell with this number; empty if a double cannot hold the numbers of all. */
    Optional<Cell> cell(double number) {
        if (2 * bits > DOUBLE_BITS) {
            return Optional.empty();
        }
        long column = 0;
        long row = 0;
        for (int bit = 0; bit < bits; bit++) {
            long pair = (long) number >> 2 * bit;
            column |= (pair >> 1 & 1) << bit;
            row |= (pair & 1) << bit;
        }
        return Optional.of(new Cell(bits, column, row));
    }

    /** The area of a cell, a little larger, so that rounding leaves nothing out. */
    PlaneRegion.Box box(Cell cell) {
        double size = (max - min) / (1L << cell.level());
        double margin = (max - min) * 1e-14 + Math.ulp(Math.max(Math.abs(min), Math.abs(max)));
        double x = min + cell.column() * size;
        double y = min + cell.row() * size;
        return new PlaneRegion.Box(
                new PlanePoint(x - margin, y - margin),
                new PlanePoint(x + size + margin, y + size + margin));
    }
}
