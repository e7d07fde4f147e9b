package io.smilodon.index.geo;

/**
 * A point on the unit sphere. Distances are angles in radians.
 *
 * @param x towards longitude 0 on the equator
 * @param y towards longitude 90 on the equator
 * @param z towards the north pole
 */
public record SpherePoint(double x, double y, double z) {

    private static final double LATITUDE_MAX = 90;
    private static final double LONGITUDE_MAX = 180;

    /** The point at these degrees. */
    public static SpherePoint ofDegrees(double longitude, double latitude) {
        double lambda = Math.toRadians(longitude);
        double phi = Math.toRadians(latitude);
        double fromAxis = Math.abs(latitude) == LATITUDE_MAX ? 0 : Math.cos(phi);
        return new SpherePoint(
                fromAxis * Math.cos(lambda), fromAxis * Math.sin(lambda), Math.sin(phi));
    }

    /** Whether these are degrees of a point on the sphere. */
    public static boolean isInBounds(double longitude, double latitude) {
        return Math.abs(longitude) <= LONGITUDE_MAX && Math.abs(latitude) <= LATITUDE_MAX;
    }

    /** Degrees east, from -180 to 180. */
    public double longitude() {
        return Math.toDegrees(Math.atan2(y, x));
    }

    /** Degrees north, from -90 to 90. */
    public double latitude() {
        return Math.toDegrees(Math.atan2(z, Math.hypot(x, y)));
    }

    /** The angle between two points; exact to the last bits also for points close together. */
    public double distance(SpherePoint other) {
        double cosine = dot(other);
        double cx = y * other.z - z * other.y;
        double cy = z * other.x - x * other.z;
        double cz = x * other.y - y * other.x;
        return Math.atan2(Math.sqrt(cx * cx + cy * cy + cz * cz), cosine);
    }

    /** The square of the straight way through the sphere, which grows with the distance. */
    double squaredChord(SpherePoint other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return dx * dx + dy * dy + dz * dz;
    }

    double dot(SpherePoint other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /** The vector product, of its own length. */
    SpherePoint cross(SpherePoint other) {
        return new SpherePoint(
                y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    SpherePoint plus(SpherePoint other) {
        return new SpherePoint(x + other.x, y + other.y, z + other.z);
    }

    SpherePoint times(double factor) {
        return new SpherePoint(x * factor, y * factor, z * factor);
    }

    SpherePoint antipode() {
        return times(-1);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    /** The same direction on the unit sphere; the vector must not be zero. */
    SpherePoint normalized() {
        return times(1 / length());
    }

    /** Some point at a right angle to this one. */
    SpherePoint perpendicular() {
        // The axis on which this point is shortest keeps the product long.
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double az = Math.abs(z);
        SpherePoint axis =
                ax <= ay && ax <= az
                        ? new SpherePoint(1, 0, 0)
                        : ay <= az ? new SpherePoint(0, 1, 0) : new SpherePoint(0, 0, 1);
        return cross(axis).normalized();
    }
}
