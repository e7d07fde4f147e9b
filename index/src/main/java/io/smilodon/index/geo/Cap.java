package io.smilodon.index.geo;

/**
 * All points that are near a centre: the part of the sphere that a plane cuts off.
 *
 * @param center the centre
 * @param radius in radians; pi or more is the whole sphere
 */
public record Cap(SpherePoint center, double radius) {

    private static final double HALF_SPHERE = Math.PI / 2;
    private static final double ROUNDING = 1e-14;

    static Cap everything() {
        return new Cap(new SpherePoint(1, 0, 0), Math.PI);
    }

    /**
     * A cap around all arcs between these points, and around every area that they bound and that is
     * smaller than half the sphere.
     */
    static Cap around(Iterable<SpherePoint> points) {
        SpherePoint sum = new SpherePoint(0, 0, 0);
        for (SpherePoint point : points) {
            sum = sum.plus(point);
        }
        if (sum.length() < ROUNDING) {
            return everything();
        }
        SpherePoint middle = sum.normalized();
        double radius = 0;
        for (SpherePoint point : points) {
            radius = Math.max(radius, middle.distance(point));
        }
        // Arcs between points of a cap stay inside it up to half the sphere, not beyond.
        return radius < HALF_SPHERE - Arc.TOUCHING
                ? new Cap(middle, radius + ROUNDING)
                : everything();
    }

    boolean contains(SpherePoint point) {
        return center.distance(point) <= radius + Arc.TOUCHING;
    }

    /** On which side all points lie that are at most so far from this one. */
    Side side(SpherePoint point, double distance) {
        double chord = center.squaredChord(point);
        double reach = radius + distance + SphereArea.MARGIN;
        if (reach < Math.PI && chord > squaredChord(reach) * (1 + ROUNDING)) {
            return Side.OUTSIDE;
        }
        double rest = radius - distance - SphereArea.MARGIN;
        return rest > 0 && (rest >= Math.PI || chord < squaredChord(rest) * (1 - ROUNDING))
                ? Side.INSIDE
                : Side.EDGE;
    }

    private static double squaredChord(double angle) {
        double half = Math.sin(angle / 2);
        return 4 * half * half;
    }

    /** Whether the other may have a point at most this far from one of this. */
    boolean isNear(Cap other, double distance) {
        return radius + other.radius + distance + ROUNDING >= center.distance(other.center);
    }

    boolean contains(SphereLine line) {
        return isConvex()
                ? line.vertices().stream().allMatch(this::contains)
                : isOutside(line.distance(center.antipode()));
    }

    boolean contains(SpherePolygon polygon) {
        if (isConvex()) {
            return !polygon.isBig()
                    && polygon.loops().stream()
                            .flatMap(loop -> loop.vertices().stream())
                            .allMatch(this::contains);
        }
        return isOutside(polygon.distance(center.antipode()));
    }

    private boolean isConvex() {
        return radius < HALF_SPHERE;
    }

    private boolean isOutside(double fromAntipode) {
        return fromAntipode + Arc.TOUCHING >= Math.PI - radius;
    }
}
