package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Shapes at random, many of them at the poles and across the antimeridian. */
final class RandomShapes {

    private static final double[] LONGITUDES = {-180, -179.99, -90, 0, 45, 179.9, 180};
    private static final double[] LATITUDES = {-90, -89.9, -45, 0, 35.3, 89.99, 90};

    private final Random random;

    RandomShapes(long seed) {
        this.random = new Random(seed);
    }

    SpherePoint point() {
        if (random.nextInt(3) == 0) {
            return SpherePoint.ofDegrees(
                    LONGITUDES[random.nextInt(LONGITUDES.length)],
                    LATITUDES[random.nextInt(LATITUDES.length)]);
        }
        return new SpherePoint(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                .normalized();
    }

    /** At this distance in this direction, counted from some direction. */
    static SpherePoint away(SpherePoint center, double azimuth, double distance) {
        SpherePoint one = center.perpendicular();
        SpherePoint other = center.cross(one);
        SpherePoint sideways = one.times(Math.cos(azimuth)).plus(other.times(Math.sin(azimuth)));
        return center.times(Math.cos(distance))
                .plus(sideways.times(Math.sin(distance)))
                .normalized();
    }

    SpherePoint near(SpherePoint center, double radius) {
        return away(center, random.nextDouble() * 2 * Math.PI, random.nextDouble() * radius);
    }

    /** Up to a quarter of the way around the earth, mostly small. */
    double radius() {
        return 1.4 * Math.pow(10, -4 * random.nextDouble() * random.nextDouble());
    }

    /** The vertices of a star around the centre. */
    List<SpherePoint> star(SpherePoint center, double radius) {
        int vertices = 3 + random.nextInt(random.nextInt(6) == 0 ? 120 : 9);
        List<SpherePoint> star = new ArrayList<>();
        for (int index = 0; index < vertices; index++) {
            double azimuth = 2 * Math.PI * (index + 0.8 * random.nextDouble()) / vertices;
            star.add(away(center, azimuth, radius * (0.3 + 0.7 * random.nextDouble())));
        }
        return star;
    }

    SpherePolygon polygon(SpherePoint center, double radius) {
        List<SpherePoint> shell = star(center, radius);
        return new SpherePolygon(Loop.smaller(shell), List.of());
    }

    /** With a hole of the same form, half as large: so the centre must be inside. */
    SpherePolygon withHole(SpherePoint center, double radius) {
        List<SpherePoint> shell = star(center, radius);
        while (shell.size() == 3) {
            shell = star(center, radius);
        }
        List<SpherePoint> hole = new ArrayList<>();
        for (SpherePoint vertex : shell) {
            hole.add(center.plus(vertex).normalized());
        }
        return new SpherePolygon(Loop.smaller(shell), List.of(Loop.smaller(hole)));
    }

    SphereLine line(SpherePoint center, double radius) {
        List<SpherePoint> vertices = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int index = 0; index < count; index++) {
            vertices.add(near(center, radius));
        }
        return new SphereLine(vertices);
    }

    SphereGeometry geometry(SpherePoint center, double radius) {
        return switch (random.nextInt(6)) {
            case 0 -> SphereGeometry.of(near(center, radius));
            case 1 -> SphereGeometry.of(line(center, radius));
            case 2 -> SphereGeometry.of(polygon(center, radius));
            case 3 -> SphereGeometry.of(withHole(center, radius));
            case 4 ->
                    new SphereGeometry(
                            List.of(near(center, radius), near(center, radius)),
                            List.of(),
                            List.of());
            default ->
                    SphereGeometry.union(
                            List.of(
                                    SphereGeometry.of(line(center, radius)),
                                    SphereGeometry.of(near(center, radius)),
                                    SphereGeometry.of(polygon(near(center, radius), radius / 2))));
        };
    }

    Random random() {
        return random;
    }
}
