package io.smilodon.index.geo;

/**
 * The shorter piece of the great circle through two points. Where the points are opposite to each
 * other there is no shorter one: parsers refuse that.
 *
 * @param from its start
 * @param to its end
 * @param normal at a right angle to both, of unit length, to the left of the way; zero if the ends
 *     are one point
 */
record Arc(SpherePoint from, SpherePoint to, SpherePoint normal) {

    /**
     * How far apart points may be that count as touching, in radians: six millimetres on the earth.
     * It stands in for exact arithmetic: coordinates in degrees do not lie exactly on an edge that
     * they are meant to lie on.
     */
    static final double TOUCHING = 1e-9;

    private static final double SAME = 1e-15;

    static Arc of(SpherePoint from, SpherePoint to) {
        // (from + to) x (to - from) is twice the product, and stays exact for close points.
        SpherePoint product = from.plus(to).cross(to.plus(from.times(-1)));
        double length = product.length();
        return new Arc(
                from, to, length < SAME ? new SpherePoint(0, 0, 0) : product.times(1 / length));
    }

    /** The angle by its chords, which stays exact for close points. */
    double length() {
        return 2 * Math.atan2(to.plus(from.times(-1)).length(), to.plus(from).length());
    }

    private boolean isPoint() {
        return normal.x() == 0 && normal.y() == 0 && normal.z() == 0;
    }

    SpherePoint middle() {
        return from.plus(to).normalized();
    }

    /** The point so many radians on the way; not of an arc that is a point. */
    SpherePoint at(double angle) {
        SpherePoint ahead = normal.cross(from);
        return from.times(Math.cos(angle)).plus(ahead.times(Math.sin(angle))).normalized();
    }

    /** The point of the arc that is nearest to this one. */
    SpherePoint nearest(SpherePoint point) {
        if (!isPoint()) {
            double height = normal.dot(point);
            SpherePoint foot = point.plus(normal.times(-height));
            if (foot.length() > SAME && isBetween(foot)) {
                return foot.normalized();
            }
        }
        return point.dot(from) >= point.dot(to) ? from : to;
    }

    /** Whether a point of the great circle is on this piece of it. */
    private boolean isBetween(SpherePoint onCircle) {
        return normal.dot(from.cross(onCircle)) >= 0 && normal.dot(onCircle.cross(to)) >= 0;
    }

    double distance(SpherePoint point) {
        if (!isPoint()) {
            SpherePoint foot = point.plus(normal.times(-normal.dot(point)));
            if (foot.length() > SAME && isBetween(foot)) {
                return Math.abs(Math.asin(Math.clamp(normal.dot(point), -1, 1)));
            }
        }
        return Math.min(point.distance(from), point.distance(to));
    }

    boolean touches(SpherePoint point, double tolerance) {
        return Math.abs(normal.dot(point)) <= tolerance && distance(point) <= tolerance;
    }

    /** Whether the arcs cross at a point that is no end of either. */
    boolean crosses(Arc other) {
        if (!separates(other.from, other.to) || !other.separates(from, to)) {
            return false;
        }
        // Both circles meet in two opposite points: each arc must have the same one.
        return crossing(other).dot(other.from.plus(other.to)) > 0;
    }

    /** Whether the points are on both sides of the great circle, neither of them on it. */
    private boolean separates(SpherePoint one, SpherePoint other) {
        double first = normal.dot(one);
        double second = normal.dot(other);
        return first * second < 0 && Math.abs(first) > SAME && Math.abs(second) > SAME;
    }

    /** Where this arc, whose ends are on both sides of the other's circle, goes through it. */
    SpherePoint crossing(Arc other) {
        double start = Math.abs(other.normal.dot(from));
        double end = Math.abs(other.normal.dot(to));
        return from.times(end).plus(to.times(start)).normalized();
    }

    boolean intersects(Arc other, double tolerance) {
        return crosses(other)
                || touches(other.from, tolerance)
                || touches(other.to, tolerance)
                || other.touches(from, tolerance)
                || other.touches(to, tolerance);
    }

    double distance(Arc other) {
        if (crosses(other)) {
            return 0;
        }
        return Math.min(
                Math.min(distance(other.from), distance(other.to)),
                Math.min(other.distance(from), other.distance(to)));
    }
}
