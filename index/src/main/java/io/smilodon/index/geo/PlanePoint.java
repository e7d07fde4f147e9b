package io.smilodon.index.geo;

/**
 * A point of a plane, in the units in which it was written.
 *
 * @param x to the right; of a place on the earth its longitude
 * @param y up; of a place on the earth its latitude
 */
public record PlanePoint(double x, double y) {

    public double distance(PlanePoint other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Whether it can be read as degrees of a point on the sphere. */
    boolean isOnSphere() {
        return SpherePoint.isInBounds(x, y);
    }

    SpherePoint onSphere() {
        return SpherePoint.ofDegrees(x, y);
    }
}
