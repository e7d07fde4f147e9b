package io.smilodon.index.geo;

import java.util.List;

/**
 * The area of a cell: four corners, and arcs between them. It is convex, so that a point is inside
 * if it is to the left of every arc.
 */
final class CellArea {

    private final List<SpherePoint> corners;
    private final List<Arc> arcs;
    private final Cap bound;

    /**
     * @param corners counter-clockwise
     */
    CellArea(List<SpherePoint> corners) {
        this.corners = corners;
        this.arcs = Edges.between(corners, true);
        this.bound = Cap.around(corners);
    }

    Cap bound() {
        return bound;
    }

    boolean contains(SpherePoint point, double tolerance) {
        for (Arc arc : arcs) {
            if (arc.normal().dot(point) < -tolerance) {
                return false;
            }
        }
        return true;
    }

    /** The same area as any other. */
    SpherePolygon polygon() {
        return new SpherePolygon(Loop.smaller(corners), List.of());
    }
}
