package io.smilodon.index.geo;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.index.key.Interval;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds few cells that together cover an area, for a query: all cells of one size are divided
 * before any smaller one, as long as the number allows. What is stored is covered by {@link
 * SphereCovering}.
 */
final class CellCovering {

    /**
     * Cells about as wide as a step; the numbers at both of their ends are doubles, which are short
     * in keys.
     */
    private static final int LEVEL_MAX = 24;

    private final SphereArea area;
    private final int cellsMax;
    private final List<SphereCell> found = new ArrayList<>();
    private final Deque<SphereCell> open = new ArrayDeque<>();

    private CellCovering(SphereArea area, int cellsMax) {
        this.area = area;
        this.cellsMax = cellsMax;
    }

    /**
     * Covers an area.
     *
     * @param cellsMax about how many cells; a little more where sides of the cube meet
     * @return in the order of their numbers
     */
    static List<SphereCell> of(SphereArea area, int cellsMax) {
        CellCovering covering = new CellCovering(area, cellsMax);
        covering.cover();
        covering.found.sort(Comparator.comparingLong(SphereCell::id));
        return covering.found;
    }

    private void cover() {
        SphereCell.faces().forEach(this::take);
        while (!open.isEmpty()) {
            SphereCell cell = open.remove();
            List<SphereCell> inside = new ArrayList<>();
            List<SphereCell> onEdge = new ArrayList<>();
            for (SphereCell child : cell.children()) {
                switch (side(child)) {
                    case INSIDE -> inside.add(child);
                    case EDGE -> onEdge.add(child);
                    case OUTSIDE -> {}
                }
            }
            int count = inside.size() + onEdge.size();
            if (count > 1 && found.size() + open.size() + count > cellsMax) {
                found.add(cell);
            } else {
                found.addAll(inside);
                onEdge.forEach(this::add);
            }
        }
    }

    private Side side(SphereCell cell) {
        GeometryWork.take(1);
        SpherePoint middle = cell.middle();
        Side side = area.side(middle, cell.radiusMax());
        return side == Side.EDGE ? area.side(middle, cell.radius(middle)) : side;
    }

    private void take(SphereCell cell) {
        switch (side(cell)) {
            case INSIDE -> found.add(cell);
            case EDGE -> add(cell);
            case OUTSIDE -> {}
        }
    }

    private void add(SphereCell onEdge) {
        (onEdge.level() >= LEVEL_MAX ? found : open).add(onEdge);
    }

    /** The ranges of the numbers of all cells inside these, which may hold a few more. */
    static List<Interval> ranges(List<SphereCell> cells) {
        List<Interval> ranges = new ArrayList<>();
        cells.forEach(
                cell ->
                        ranges.add(
                                new Interval(
                                        new Int64Value(cell.first() - 1),
                                        true,
                                        new Int64Value(cell.last() + 1),
                                        false)));
        return ranges;
    }

    /** The numbers of the cells that are around one of these. */
    static List<Interval> around(List<SphereCell> cells) {
        Set<SphereCell> around = new HashSet<>();
        List<Interval> points = new ArrayList<>();
        for (SphereCell cell : cells) {
            SphereCell outer = cell;
            while (!outer.isFace() && around.add(outer.parent())) {
                outer = outer.parent();
                points.add(Interval.point(new Int64Value(outer.id())));
            }
        }
        return points;
    }
}
