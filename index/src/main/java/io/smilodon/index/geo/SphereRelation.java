package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.IntersectionMatrix;
import org.locationtech.jts.operation.relateng.RelateNG;

/**
 * How two geometries lie to each other: of the interior, the boundary and the exterior of each, in
 * how many dimensions they meet. JTS finds it in a {@link GnomonicPlane}, after what is nearer than
 * {@link Arc#TOUCHING} became one: so it holds on the sphere.
 *
 * @param matrix nine characters, {@code F} for none or the dimension, by rows of the first: the
 *     DE-9IM of the OGC's "Simple Feature Access" (06-103r4, 6.1.15)
 */
public record SphereRelation(String matrix) {

    /**
     * How the first lies to the other.
     *
     * @param step called with the number of edges that are compared; may end the work by throwing
     * @throws io.smilodon.engine.error.SmilodonException 2 if together they are more than half of
     *     the sphere, or more than {@link SphereOverlay} takes
     */
    public static SphereRelation of(SphereGeometry one, SphereGeometry other, LongConsumer step) {
        SphereOverlay.requireFew(List.of(one, other), SphereOverlay.VERTICES_MAX, step);
        GnomonicPlane plane = GnomonicPlane.around(List.of(one, other), 0);
        SphereGeometry first = TouchingVertices.of(one, other);
        SphereGeometry second = TouchingVertices.of(other, first);
        return new SphereRelation(
                RelateNG.relate(inPlane(plane, first), inPlane(plane, second)).toString());
    }

    /** Areas that lie over each other count as one. */
    private static Geometry inPlane(GnomonicPlane plane, SphereGeometry geometry) {
        List<Geometry> parts = new ArrayList<>();
        if (geometry.polygons().size() == 1) {
            parts.add(plane.area(geometry.polygons().getFirst()));
        } else if (geometry.hasArea()) {
            parts.add(new SphereOverlay(plane).areas(geometry));
        }
        geometry.lines().forEach(line -> parts.add(plane.line(line.vertices())));
        if (!geometry.points().isEmpty()) {
            parts.add(plane.points(geometry.points()));
        }
        return parts.size() == 1 ? parts.getFirst() : GnomonicPlane.collection(parts);
    }

    /**
     * Whether it is as a pattern says.
     *
     * @param pattern nine of {@code T} for any dimension, {@code F} for none, {@code *} for
     *     whatever, or a dimension
     */
    public boolean matches(String pattern) {
        return IntersectionMatrix.matches(matrix, pattern);
    }
}
