package io.smilodon.index.geo;

import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.overlayng.OverlayNG;

/**
 * What lies within a distance of a geometry, or of an area what lies deeper inside: the union of a
 * strip with round ends along each edge, or what that leaves. Strips are made of vertices at
 * exactly that distance on the sphere, so that nothing depends on a projection; between them, the
 * line around comes up to {@value #ERROR_SHARE} of the distance too near or too far.
 */
public final class SphereBuffer {

    /** By how much of the distance the line around may be wrong. */
    public static final double ERROR_SHARE = 0.002;

    /** JTS cannot be stopped on its way, and takes about a second for so many. */
    public static final int VERTICES_MAX = 1_000;

    /** Chords of a circle of 64 corners leave it by 0.12 %. */
    private static final int HALF_CIRCLE = 32;

    /** Over two degrees, the arc between two points beside an edge leaves it by 0.02 % more. */
    private static final double STEP_MAX = Math.toRadians(2);

    private final double distance;
    private final List<List<SpherePoint>> strips = new ArrayList<>();

    private SphereBuffer(double distance) {
        this.distance = distance;
    }

    /**
     * What is near, or deep inside.
     *
     * @param radians the distance; a negative one leaves of areas what is at least so far from
     *     their lines
     * @return empty if nothing is left
     * @throws SmilodonException 2 if the result does not fit into half of the sphere, or for more
     *     than {@value #VERTICES_MAX} vertices
     */
    public static Optional<SphereGeometry> of(SphereGeometry geometry, double radians) {
        SphereOverlay.requireFew(List.of(geometry), VERTICES_MAX, count -> {});
        if (radians == 0) {
            return Optional.of(geometry);
        }
        GnomonicPlane plane = GnomonicPlane.around(List.of(geometry), Math.abs(radians));
        SphereBuffer buffer = new SphereBuffer(Math.abs(radians));
        Geometry areas = new SphereOverlay(plane).areas(geometry);
        buffer.addAround(geometry, radians > 0);
        List<Geometry> strips = new ArrayList<>();
        buffer.strips.forEach(strip -> strips.add(plane.area(strip)));
        SphereGeometry result =
                plane.toSphere(
                        radians > 0
                                ? SphereOverlay.united(with(strips, areas))
                                : without(areas, SphereOverlay.united(strips)));
        return result.isEmpty() ? Optional.empty() : Optional.of(result);
    }

    private static List<Geometry> with(List<Geometry> strips, Geometry areas) {
        List<Geometry> all = new ArrayList<>(strips);
        all.add(areas);
        return all;
    }

    private static Geometry without(Geometry areas, Geometry strips) {
        return areas.isEmpty() ? areas : SphereOverlay.overlay(areas, strips, OverlayNG.DIFFERENCE);
    }

    private void addAround(SphereGeometry geometry, boolean isAllOfIt) {
        for (SpherePolygon area : geometry.polygons()) {
            area.loops().forEach(loop -> loop.edges().arcs().forEach(this::addStrip));
        }
        if (isAllOfIt) {
            geometry.lines().forEach(line -> line.edges().arcs().forEach(this::addStrip));
            geometry.points().forEach(this::addCircle);
        }
    }

    private void addCircle(SpherePoint center) {
        List<SpherePoint> ring = new ArrayList<>();
        SpherePoint ahead = center.perpendicular();
        for (int corner = 0; corner < 2 * HALF_CIRCLE; corner++) {
            ring.add(around(center, ahead, Math.PI * corner / HALF_CIRCLE));
        }
        strips.add(ring);
    }

    /** Along the right side, around the end, back along the left side, around the start. */
    private void addStrip(Arc arc) {
        List<SpherePoint> ring = new ArrayList<>();
        int steps = Math.max(1, (int) Math.ceil(arc.length() / STEP_MAX));
        for (int step = 1; step < steps; step++) {
            ring.add(beside(arc, arc.length() * step / steps, -Math.PI / 2));
        }
        for (int corner = 0; corner <= HALF_CIRCLE; corner++) {
            ring.add(beside(arc, arc.length(), Math.PI * corner / HALF_CIRCLE - Math.PI / 2));
        }
        for (int step = steps - 1; step > 0; step--) {
            ring.add(beside(arc, arc.length() * step / steps, Math.PI / 2));
        }
        for (int corner = 0; corner <= HALF_CIRCLE; corner++) {
            ring.add(beside(arc, 0, Math.PI * corner / HALF_CIRCLE + Math.PI / 2));
        }
        strips.add(ring);
    }

    /** The point in a direction from one on the arc; 0 is ahead. */
    private SpherePoint beside(Arc arc, double angle, double direction) {
        SpherePoint at = arc.at(angle);
        return around(at, arc.normal().cross(at), direction);
    }

    private SpherePoint around(SpherePoint center, SpherePoint ahead, double direction) {
        SpherePoint left = center.cross(ahead);
        SpherePoint there = ahead.times(Math.cos(direction)).plus(left.times(Math.sin(direction)));
        return center.times(Math.cos(distance)).plus(there.times(Math.sin(distance))).normalized();
    }
}
