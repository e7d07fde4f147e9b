package io.smilodon.index.geo;

/**
 * The sides of the cube around the sphere, and the places on them: u and v from -1 to 1. Great
 * circles are straight lines there.
 */
final class CubeFace {

    private static final int AXES = 3;

    private CubeFace() {}

    /** The side through which the point is seen: its longest coordinate, then its sign. */
    static int of(SpherePoint point) {
        double ax = Math.abs(point.x());
        double ay = Math.abs(point.y());
        double az = Math.abs(point.z());
        if (ax >= ay && ax >= az) {
            return point.x() >= 0 ? 0 : AXES;
        }
        if (ay >= az) {
            return point.y() >= 0 ? 1 : 1 + AXES;
        }
        return point.z() >= 0 ? 2 : 2 + AXES;
    }

    static double u(int face, SpherePoint point) {
        return switch (face) {
            case 0 -> point.y() / point.x();
            case 1 -> point.z() / point.y();
            case 2 -> point.x() / point.z();
            case 3 -> point.z() / point.x();
            case 4 -> point.x() / point.y();
            default -> point.y() / point.z();
        };
    }

    static double v(int face, SpherePoint point) {
        return switch (face) {
            case 0 -> point.z() / point.x();
            case 1 -> point.x() / point.y();
            case 2 -> point.y() / point.z();
            case 3 -> point.y() / point.x();
            case 4 -> point.z() / point.y();
            default -> point.x() / point.z();
        };
    }

    static SpherePoint point(int face, double u, double v) {
        SpherePoint onCube =
                switch (face) {
                    case 0 -> new SpherePoint(1, u, v);
                    case 1 -> new SpherePoint(v, 1, u);
                    case 2 -> new SpherePoint(u, v, 1);
                    case 3 -> new SpherePoint(-1, -v, -u);
                    case 4 -> new SpherePoint(-u, -1, -v);
                    default -> new SpherePoint(-v, -u, -1);
                };
        return onCube.normalized();
    }

    /** From -1..1 to 0..1, so that equal steps are nearly equal on the sphere. */
    static double stretched(double u) {
        return u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u);
    }

    static double unstretched(double s) {
        return s >= 0.5 ? (4 * s * s - 1) / 3 : (1 - 4 * (1 - s) * (1 - s)) / 3;
    }
}
