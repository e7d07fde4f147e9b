package io.smilodon.index.geo;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;

/**
 * The cells in which an index has the places at some distances from a centre. Distances are in the
 * metric of the question. Immutable and thread-safe.
 *
 * @param index of a kind that {@link NearRings#serves} the question
 * @param holdsAreas whether it has, or may have, entries of places other than points
 */
public record NearCells(Nearness nearness, IndexDefinition index, boolean holdsAreas) {

    /** On the earth: ten metres. */
    private static final double FIRST_RADIANS = 10 / Nearness.EARTH_RADIUS_METRES;

    private static final double FIRST_SHARE_OF_PLANE = 1e-6;

    /** The cells of all places that are asked for, and of some more. */
    public IntervalSet all() {
        return between(innermost(), outermost(), GeoCells.CELLS_MAX);
    }

    /** Those of a first look, which is a narrow one. */
    public IntervalSet first() {
        double inner = innermost();
        return between(inner, Math.min(outermost(), inner + firstWidth()), GeoCells.CELLS_MAX);
    }

    double innermost() {
        return Math.min(nearness.distanceMin(), outermost());
    }

    double outermost() {
        return Math.min(nearness.distanceMax(), farthest());
    }

    /** Beyond it there is nothing. */
    private double farthest() {
        return switch (nearness.metric()) {
            case METRES -> Math.PI * Nearness.EARTH_RADIUS_METRES * (1 + 1e-9);
            case RADIANS -> Math.PI * (1 + 1e-9);
            case PLANE -> {
                PlaneRegion.Box whole = grid().box(new PlaneGrid.Cell(0, 0, 0));
                yield whole.distanceMax(nearness.center()) * (1 + 1e-9);
            }
        };
    }

    double firstWidth() {
        return switch (nearness.metric()) {
            case METRES -> FIRST_RADIANS * Nearness.EARTH_RADIUS_METRES;
            case RADIANS -> FIRST_RADIANS;
            case PLANE -> (grid().max() - grid().min()) * FIRST_SHARE_OF_PLANE;
        };
    }

    private PlaneGrid grid() {
        return PlaneGrid.of(index.options().ofType());
    }

    /**
     * The cells of the places that are no nearer than one distance, and no farther than another.
     */
    IntervalSet between(double inner, double outer, int cellsMax) {
        Nearness.Metric metric = nearness.metric();
        if (index.pattern().kind() == PartKind.SPHERE) {
            SphereArea ring =
                    SphereArea.ring(
                            nearness.center().onSphere(),
                            metric.radians(inner),
                            metric.radians(outer));
            return GeoCells.onSphere(ring, cellsMax, holdsAreas);
        }
        if (metric == Nearness.Metric.PLANE) {
            PlanePoint center = nearness.center();
            return IntervalSet.of(
                    new PlaneCovering(
                                    grid(),
                                    box ->
                                            box.distance(center) <= outer
                                                    && box.distanceMax(center) >= inner,
                                    cellsMax)
                            .ranges());
        }
        PlaneRegion.Box box = DegreeBox.around(new Cap(nearness.center().onSphere(), outer));
        return IntervalSet.of(new PlaneCovering(grid(), box::mayIntersect, cellsMax).ranges());
    }
}
