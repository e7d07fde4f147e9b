package io.smilodon.index.geo;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.index.key.Interval;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Finds few cells of a grid that together cover a region: the largest are divided first. */
final class PlaneCovering {

    private static final int CELLS_MAX = 24;

    private final PlaneGrid grid;
    private final Predicate<PlaneRegion.Box> mayIntersect;
    private final int cellsMax;

    /**
     * A covering of the usual number of cells.
     *
     * @param mayIntersect whether the region may have a point in a box
     */
    PlaneCovering(PlaneGrid grid, Predicate<PlaneRegion.Box> mayIntersect) {
        this(grid, mayIntersect, CELLS_MAX);
    }

    /**
     * The same.
     *
     * @param cellsMax about how many cells
     */
    PlaneCovering(PlaneGrid grid, Predicate<PlaneRegion.Box> mayIntersect, int cellsMax) {
        this.grid = grid;
        this.mayIntersect = mayIntersect;
        this.cellsMax = cellsMax;
    }

    /** The ranges of the keys of all points in the region. */
    List<Interval> ranges() {
        List<Interval> ranges = new ArrayList<>();
        cells().forEach(cell -> ranges.add(range(cell)));
        return ranges;
    }

    private Interval range(PlaneGrid.Cell cell) {
        return new Interval(
                new Int64Value(grid.first(cell)), true, new Int64Value(grid.last(cell)), true);
    }

    private List<PlaneGrid.Cell> cells() {
        Deque<PlaneGrid.Cell> open = new ArrayDeque<>();
        List<PlaneGrid.Cell> found = new ArrayList<>();
        PlaneGrid.Cell whole = new PlaneGrid.Cell(0, 0, 0);
        if (mayIntersect.test(grid.box(whole))) {
            open.add(whole);
        }
        while (!open.isEmpty()) {
            PlaneGrid.Cell cell = open.remove();
            List<PlaneGrid.Cell> children = children(cell);
            boolean isTooMany = found.size() + open.size() + children.size() > cellsMax;
            if (cell.level() == grid.bits() || children.size() > 1 && isTooMany) {
                found.add(cell);
            } else {
                open.addAll(children);
            }
        }
        return found;
    }

    private List<PlaneGrid.Cell> children(PlaneGrid.Cell cell) {
        List<PlaneGrid.Cell> children = new ArrayList<>();
        for (int which = 0; which < 4 && cell.level() < grid.bits(); which++) {
            PlaneGrid.Cell child = cell.child(which);
            if (mayIntersect.test(grid.box(child))) {
                children.add(child);
            }
        }
        return children;
    }
}
