package io.smilodon.index.geo;

import java.util.List;

/** Points joined by arcs of great circles. Immutable and thread-safe. */
final class SphereLine {

    private final List<SpherePoint> vertices;
    private final Edges edges;
    private final Cap bound;

    /**
     * @param vertices at least two, no two neighbours equal or opposite to each other
     */
    SphereLine(List<SpherePoint> vertices) {
        this.vertices = List.copyOf(vertices);
        this.edges = new Edges(Edges.between(this.vertices, false));
        this.bound = Cap.around(this.vertices);
    }

    List<SpherePoint> vertices() {
        return vertices;
    }

    Edges edges() {
        return edges;
    }

    Cap bound() {
        return bound;
    }

    /** Whether a point of it is at most so far from this one. */
    boolean isNear(SpherePoint point, double distance) {
        return bound.isNear(new Cap(point, 0), distance) && edges.isNear(point, distance);
    }

    double distance(SpherePoint point) {
        return edges.distance(point);
    }

    boolean intersects(SphereLine other) {
        return bound.isNear(other.bound, Arc.TOUCHING)
                && edges.intersects(other.edges, Arc.TOUCHING);
    }

    /** Radians. */
    double length() {
        return edges.arcs().stream().mapToDouble(Arc::length).sum();
    }
}
