package io.smilodon.index.geo;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which entries of a geospatial index lead to all places in a region. */
public final class GeoCells {

    static final int CELLS_MAX = 20;

    private GeoCells() {}

    /**
     * The values of the geospatial part in the keys of all documents that can pass.
     *
     * @return empty if the index knows nothing of such shapes: a 2dsphere index of those in a
     *     plane, a 2d index of those with great circles as edges
     */
    public static Optional<IntervalSet> of(IndexDefinition index, AskedShape shape) {
        return index.pattern().kind() == PartKind.PLANE
                ? ofPlane(PlaneGrid.of(index.options().ofType()), shape)
                : ofSphere(shape);
    }

    private static Optional<IntervalSet> ofSphere(AskedShape shape) {
        return switch (shape) {
            case AskedShape.OnSphere on -> Optional.of(ofSphere(SphereRegion.of(on.geometry())));
            case AskedShape.InCap in -> Optional.of(ofSphere(SphereRegion.of(in.cap())));
            case AskedShape.OnPlane on -> Optional.empty();
        };
    }

    static IntervalSet ofSphere(SphereRegion region) {
        return ofSphere(region, CELLS_MAX);
    }

    /**
     * Ranges of the cells inside the covering, and each cell around one of them.
     *
     * @param cellsMax how many cells the covering has, about
     */
    static IntervalSet ofSphere(SphereRegion region, int cellsMax) {
        List<Interval> ranges = new ArrayList<>();
        Set<SphereCell> around = new HashSet<>();
        for (SphereCell cell : SphereCovering.of(region, cellsMax, SphereCell.LEVEL_MAX)) {
            ranges.add(range(cell.first(), cell.last()));
            SphereCell outer = cell;
            while (!outer.isFace() && around.add(outer.parent())) {
                outer = outer.parent();
                ranges.add(range(outer.id(), outer.id()));
            }
        }
        return IntervalSet.of(ranges);
    }

    private static Interval range(long first, long last) {
        return new Interval(new Int64Value(first), true, new Int64Value(last), true);
    }

    private static Optional<IntervalSet> ofPlane(PlaneGrid grid, AskedShape shape) {
        return switch (shape) {
            case AskedShape.OnPlane on ->
                    Optional.of(
                            IntervalSet.of(
                                    new PlaneCovering(grid, on.region()::mayIntersect).ranges()));
            case AskedShape.InCap in -> {
                PlaneRegion.Box box = DegreeBox.around(in.cap());
                yield Optional.of(
                        IntervalSet.of(new PlaneCovering(grid, box::mayIntersect).ranges()));
            }
            case AskedShape.OnSphere on -> Optional.empty();
        };
    }
}
