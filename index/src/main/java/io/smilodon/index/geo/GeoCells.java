package io.smilodon.index.geo;

import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which entries of a geospatial index lead to all places in a region. */
final class GeoCells {

    /** More would leave out few entries, and each costs a jump in the index. */
    static final int CELLS_MAX = 16;

    private GeoCells() {}

    /**
     * Ranges of the cells inside the covering, and each cell around one of them.
     *
     * @param cellsMax how many cells the covering has, about
     * @param holdsAreas whether the index has, or may have, entries of places other than points:
     *     only those have larger cells
     */
    static IntervalSet onSphere(SphereArea area, int cellsMax, boolean holdsAreas) {
        List<SphereCell> cells = CellCovering.of(area, cellsMax);
        List<Interval> ranges = new ArrayList<>(CellCovering.ranges(cells));
        if (holdsAreas) {
            ranges.addAll(CellCovering.around(cells));
        }
        return IntervalSet.of(ranges);
    }

    /** Ranges of the cells of a plane; empty for areas with great circles as edges. */
    static Optional<IntervalSet> inPlane(PlaneGrid grid, AskedShape shape) {
        return region(shape)
                .map(on -> IntervalSet.of(new PlaneCovering(grid, on::mayIntersect).ranges()));
    }

    /** Where in a plane all places of a shape lie; empty for areas with great circles as edges. */
    static Optional<PlaneRegion> region(AskedShape shape) {
        return switch (shape) {
            case AskedShape.OnPlane on -> Optional.of(on.region());
            case AskedShape.InCap in -> Optional.of(DegreeBox.around(in.cap()));
            case AskedShape.OnSphere on -> Optional.empty();
        };
    }
}
