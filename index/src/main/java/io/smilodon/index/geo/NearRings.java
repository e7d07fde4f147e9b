package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import java.util.Map;

/**
 * Rings around a centre, from the inside out, each with the entries that lead to all places in it.
 * Rings become wider while they hold little, and narrower where they hold much. The more has been
 * found, the more a ring may hold: so there are few, even if all places are wanted. No ring asks
 * for an entry that one before has asked for. Not thread-safe.
 */
public final class NearRings {

    private static final int WIDER_IF_EMPTY = 4;
    private static final int MANY_MIN = 600;
    private static final int MANY_MAX = 10_000;

    /** A ring may hold such a part of what has been found. */
    private static final int PART_OF_ALL = 10;

    /** A ring that holds such a part of what it may is to be wider. */
    private static final int FEW_OF_MANY = 10;

    /** Cells of about the width of a ring cover it all around. */
    private static final double CELLS_PER_WIDTH = 2 * Math.PI;

    private static final int CELLS_MAX = 64;

    private final NearCells near;
    private final double end;
    private double inner;
    private double outer;
    private double width;
    private long foundInAll;
    private IntervalSet asked = IntervalSet.NONE;
    private IntervalSet cells = IntervalSet.NONE;
    private boolean isStarted;

    /**
     * @param index of a kind that {@link #serves} the question
     * @param holdsAreas whether it has, or may have, entries of places other than points
     * @throws SmilodonException 16433 for a centre outside the bounds of a 2d index
     */
    public NearRings(Nearness nearness, IndexDefinition index, boolean holdsAreas) {
        this.near = new NearCells(nearness, index, holdsAreas);
        requireInside(nearness.center(), index);
        this.end = near.outermost();
        this.outer = near.innermost();
        this.width = near.firstWidth();
    }

    private static void requireInside(PlanePoint center, IndexDefinition index) {
        PlaneGrid grid = PlaneGrid.of(index.options().ofType());
        if (index.pattern().kind() == PartKind.PLANE && !grid.contains(center)) {
            throw new SmilodonException(
                    ErrorCode.location(16433),
                    "point not in interval of the 2d index",
                    Map.of("x", center.x(), "y", center.y(), "min", grid.min(), "max", grid.max()));
        }
    }

    /** Whether an index with a part of this kind can answer. */
    public static boolean serves(PartKind kind, Nearness.Metric metric) {
        return switch (metric) {
            case METRES -> kind == PartKind.SPHERE;
            case RADIANS -> kind == PartKind.SPHERE || kind == PartKind.PLANE;
            case PLANE -> kind == PartKind.PLANE;
        };
    }

    /**
     * Goes on to the next ring; false if there is none.
     *
     * @param found how many places the last ring held
     */
    public boolean advance(int found) {
        if (isStarted && outer >= end) {
            return false;
        }
        isStarted = true;
        foundInAll += found;
        long many = Math.clamp(foundInAll / PART_OF_ALL, MANY_MIN, MANY_MAX);
        if (found < many / FEW_OF_MANY) {
            width *= found == 0 ? WIDER_IF_EMPTY : 2;
        } else if (found > many) {
            width /= 2;
        }
        inner = outer;
        outer = Math.min(end, inner + width);
        IntervalSet covering = near.between(inner, outer, cellsMax());
        cells = covering.intersection(asked.complement());
        asked = asked.union(covering);
        return true;
    }

    /** Large cells around a thin ring would lead to what lies far beyond it. */
    private int cellsMax() {
        double needed = CELLS_PER_WIDTH * outer / Math.max(width, Double.MIN_NORMAL);
        return (int) Math.clamp(needed, GeoCells.CELLS_MAX, CELLS_MAX);
    }

    /** Places in the ring are at most this far away; those of later rings at least. */
    public double outer() {
        return outer;
    }

    /**
     * The values of the geospatial part in the keys of all places in the ring, but for those that
     * belonged to a ring before.
     */
    public IntervalSet cells() {
        return cells;
    }
}
