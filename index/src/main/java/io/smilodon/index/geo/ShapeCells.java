package io.smilodon.index.geo;

import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleFunction;

/**
 * A shape made ready to be asked about many places: which entries of indexes lead to it, computed
 * when somebody first asks, and on which side of it points lie. Thread-safe.
 */
public final class ShapeCells {

    private final AskedShape shape;
    private final Optional<SphereArea> area;
    private final Map<Asked, Optional<IntervalSet>> known = new ConcurrentHashMap<>();

    /** All that the entries of an index depend on. */
    private record Asked(PartKind kind, PlaneGrid grid, boolean holdsAreas) {}

    public ShapeCells(AskedShape shape) {
        this.shape = shape;
        this.area = shape.onSphere();
    }

    /**
     * The values of the geospatial part in the keys of all documents that can pass.
     *
     * @param holdsAreas whether the index has, or may have, entries of places other than points
     * @return empty if the index knows nothing of such shapes: a 2dsphere index of those in a
     *     plane, a 2d index of those with great circles as edges
     */
    public Optional<IntervalSet> in(IndexDefinition index, boolean holdsAreas) {
        Asked asked =
                new Asked(
                        index.pattern().kind(), PlaneGrid.of(index.options().ofType()), holdsAreas);
        return known.computeIfAbsent(asked, this::compute);
    }

    private Optional<IntervalSet> compute(Asked asked) {
        return asked.kind == PartKind.PLANE
                ? GeoCells.inPlane(asked.grid, shape)
                : area.map(known -> GeoCells.onSphere(known, GeoCells.CELLS_MAX, asked.holdsAreas));
    }

    /**
     * Tells on which side of the shape places lie, by the numbers in the entries of an index that
     * lead to them; see {@link #side}. In a plane none is told to be inside.
     */
    public DoubleFunction<Side> sides(IndexDefinition index, boolean holdsAreas) {
        if (index.pattern().kind() != PartKind.PLANE) {
            return cell -> side(cell, holdsAreas);
        }
        PlaneGrid grid = PlaneGrid.of(index.options().ofType());
        return GeoCells.region(shape)
                .<DoubleFunction<Side>>map(region -> cell -> sideInPlane(cell, grid, region))
                .orElse(cell -> Side.EDGE);
    }

    private static Side sideInPlane(double number, PlaneGrid grid, PlaneRegion region) {
        if (Double.isNaN(number)) {
            return Side.EDGE;
        }
        Optional<PlaneGrid.Cell> cell = grid.cell(number);
        return cell.isEmpty() || region.mayIntersect(grid.box(cell.get()))
                ? Side.EDGE
                : Side.OUTSIDE;
    }

    /**
     * On which side of the shape the place lies that an entry of a 2dsphere index leads to.
     *
     * @param cell the number in the entry, rounded down to a double; NaN if there is none
     * @param holdsAreas whether the index may have entries of places other than points: then no
     *     entry tells that all of a place is inside
     * @return {@link Side#INSIDE} if it certainly passes, {@link Side#OUTSIDE} if it does not
     */
    public Side side(double cell, boolean holdsAreas) {
        if (Double.isNaN(cell) || area.isEmpty()) {
            return Side.EDGE;
        }
        long number = (long) cell;
        if (holdsAreas && SphereCell.mayBeOfArea(number)) {
            return Side.EDGE;
        }
        SpherePoint about = SphereCell.aroundPoint(number).middle();
        Side side = area.get().side(about, SphereCell.POINT_REACH);
        return holdsAreas && side == Side.INSIDE ? Side.EDGE : side;
    }

    /** Whether a place passes; empty if the shape itself has to tell. */
    public Optional<Boolean> holds(Value place) {
        Optional<PlanePoint> point = PlainPoint.find(place);
        if (point.isEmpty()) {
            return Optional.empty();
        }
        if (shape instanceof AskedShape.OnPlane plane) {
            return Optional.of(plane.region().contains(point.get()));
        }
        if (!point.get().isOnSphere()) {
            return Optional.of(false);
        }
        return switch (area.orElseThrow().side(point.get().onSphere(), 0)) {
            case INSIDE -> Optional.of(true);
            case OUTSIDE -> Optional.of(false);
            case EDGE -> Optional.empty();
        };
    }
}
