package io.smilodon.index.geo;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;

/**
 * Rings around a centre, from the inside out, each with the entries that lead to all places in it.
 * Rings become wider while they hold little, and narrower where they hold much. Not thread-safe.
 */
public final class NearRings {

    /** On the earth: ten metres. */
    private static final double FIRST_RADIANS = 10 / Nearness.EARTH_RADIUS_METRES;

    private static final double FIRST_SHARE_OF_PLANE = 1e-6;
    private static final int WIDER_IF_EMPTY = 4;
    private static final int FEW = 60;
    private static final int MANY = 600;

    private final Nearness nearness;
    private final IndexDefinition index;
    private final PlaneGrid grid;
    private final double end;
    private double inner;
    private double outer;
    private double width;
    private boolean isStarted;

    /**
     * @param index of a kind that {@link #serves} the question
     */
    public NearRings(Nearness nearness, IndexDefinition index) {
        this.nearness = nearness;
        this.index = index;
        this.grid = PlaneGrid.of(index.options().ofType());
        this.end = Math.min(nearness.distanceMax(), farthest());
        this.outer = Math.min(nearness.distanceMin(), end);
        this.width = firstWidth();
    }

    /** Whether an index with a part of this kind can answer. */
    public static boolean serves(PartKind kind, Nearness.Metric metric) {
        return switch (metric) {
            case METRES -> kind == PartKind.SPHERE;
            case RADIANS -> kind == PartKind.SPHERE || kind == PartKind.PLANE;
            case PLANE -> kind == PartKind.PLANE;
        };
    }

    /** Beyond it there is nothing. */
    private double farthest() {
        return switch (nearness.metric()) {
            case METRES -> Math.PI * Nearness.EARTH_RADIUS_METRES * (1 + 1e-9);
            case RADIANS -> Math.PI * (1 + 1e-9);
            case PLANE -> {
                PlaneRegion.Box whole = grid.box(new PlaneGrid.Cell(0, 0, 0));
                yield whole.distanceMax(nearness.center()) * (1 + 1e-9);
            }
        };
    }

    private double firstWidth() {
        return switch (nearness.metric()) {
            case METRES -> FIRST_RADIANS * Nearness.EARTH_RADIUS_METRES;
            case RADIANS -> FIRST_RADIANS;
            case PLANE -> (grid.max() - grid.min()) * FIRST_SHARE_OF_PLANE;
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
        if (found < FEW) {
            width *= found == 0 ? WIDER_IF_EMPTY : 2;
        } else if (found > MANY) {
            width /= 2;
        }
        inner = outer;
        outer = Math.min(end, inner + width);
        return true;
    }

    /** Places in the ring are at most this far away; those of later rings at least. */
    public double outer() {
        return outer;
    }

    /** The values of the geospatial part in the keys of all places in the ring. */
    public IntervalSet cells() {
        Nearness.Metric metric = nearness.metric();
        if (index.pattern().kind() == PartKind.SPHERE) {
            return GeoCells.ofSphere(
                    new SphereRegion.Ring(
                            nearness.center().onSphere(),
                            metric.radians(inner),
                            metric.radians(outer)));
        }
        if (metric == Nearness.Metric.PLANE) {
            PlanePoint center = nearness.center();
            return IntervalSet.of(
                    new PlaneCovering(
                                    grid,
                                    box ->
                                            box.distance(center) <= outer
                                                    && box.distanceMax(center) >= inner)
                            .ranges());
        }
        PlaneRegion.Box box = DegreeBox.around(new Cap(nearness.center().onSphere(), outer));
        return IntervalSet.of(new PlaneCovering(grid, box::mayIntersect).ranges());
    }
}
