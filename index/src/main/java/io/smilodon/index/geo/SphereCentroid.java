package io.smilodon.index.geo;

import java.util.List;
import java.util.Optional;

/**
 * The middle of a geometry on the sphere: the direction of the sum of its points, each weighted by
 * the area or length around it. Of areas, lines and points only those of the highest dimension
 * count.
 *
 * <p>The sum over an area is half of the sum of its edges' normals times their lengths (Brock, "An
 * integral formula for the centroid of spherical polygons"): exact, but of small areas little is
 * left of it. Those are summed by triangles from one corner, as in a plane.
 */
public final class SphereCentroid {

    /** 640 metres: below, a triangle of chords is the better one, above the exact sum. */
    private static final double FLAT_RADIUS_MAX = 1e-4;

    private static final double NOTHING_LEFT = 1e-9;
    private static final SpherePoint ZERO = new SpherePoint(0, 0, 0);

    private SphereCentroid() {}

    /** The middle; empty if no side outweighs the other, as with two opposite points. */
    public static Optional<SpherePoint> of(SphereGeometry geometry) {
        if (!geometry.polygons().isEmpty()) {
            return direction(ofAreas(geometry.polygons()), geometry.area());
        }
        if (!geometry.lines().isEmpty()) {
            return direction(ofLines(geometry.lines()), geometry.length());
        }
        SpherePoint sum = ZERO;
        for (SpherePoint point : geometry.points()) {
            sum = sum.plus(point);
        }
        return direction(sum, geometry.points().size());
    }

    private static Optional<SpherePoint> direction(SpherePoint sum, double weight) {
        return sum.length() > NOTHING_LEFT * weight
                ? Optional.of(sum.normalized())
                : Optional.empty();
    }

    private static SpherePoint ofAreas(List<SpherePolygon> areas) {
        SpherePoint sum = ZERO;
        for (SpherePolygon area : areas) {
            for (Loop loop : area.loops()) {
                sum = sum.plus(ofLoop(loop).times(loop == area.shell() ? 1 : -1));
            }
        }
        return sum;
    }

    private static SpherePoint ofLoop(Loop loop) {
        boolean isFlat = !loop.isBig() && loop.bound().radius() < FLAT_RADIUS_MAX;
        SpherePoint left = isFlat ? flat(loop.vertices()) : curved(loop.edges());
        return left.times(loop.isLeft() ? 1 : -1);
    }

    private static SpherePoint curved(Edges edges) {
        SpherePoint sum = ZERO;
        for (Arc arc : edges.arcs()) {
            sum = sum.plus(arc.normal().times(arc.length() / 2));
        }
        return sum;
    }

    private static SpherePoint flat(List<SpherePoint> vertices) {
        SpherePoint apex = vertices.getFirst();
        SpherePoint sum = ZERO;
        for (int index = 2; index < vertices.size(); index++) {
            SpherePoint one = vertices.get(index - 1);
            SpherePoint other = vertices.get(index);
            SpherePoint sides = one.plus(apex.times(-1)).cross(other.plus(apex.times(-1)));
            double area = apex.dot(sides) / 2;
            sum = sum.plus(apex.plus(one).plus(other).times(area / 3));
        }
        return sum;
    }

    private static SpherePoint ofLines(List<SphereLine> lines) {
        SpherePoint sum = ZERO;
        for (SphereLine line : lines) {
            for (Arc arc : line.edges().arcs()) {
                sum = sum.plus(arc.middle().times(2 * Math.sin(arc.length() / 2)));
            }
        }
        return sum;
    }
}
