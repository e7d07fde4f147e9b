package io.smilodon.database;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random places of every type of GeoJSON, many of them at the poles, at the antimeridian and near
 * each other. Not thread-safe.
 */
final class RandomGeoJson {

    private static final double[] CENTERS = {-180, -90, 0, 45, 179.5};
    private static final double[] HEIGHTS = {-90, -60, 0, 51, 89};

    private final Random random;

    RandomGeoJson(Random random) {
        this.random = random;
    }

    /** A longitude and a latitude. */
    double[] spot() {
        double spread = Math.pow(10, -3 * random.nextDouble()) * 60;
        double x = CENTERS[random.nextInt(CENTERS.length)] + spread * random.nextGaussian();
        double y = HEIGHTS[random.nextInt(HEIGHTS.length)] + spread * random.nextGaussian();
        x = x > 180 ? x - 360 : x < -180 ? x + 360 : x;
        return new double[] {Math.clamp(x, -180, 180), Math.clamp(y, -90, 90)};
    }

    static String pair(double[] spot) {
        return String.format(Locale.ROOT, "[%.9f,%.9f]", spot[0], spot[1]);
    }

    private static String written(String type, String coordinates) {
        return "{'type':'%s','coordinates':%s}".formatted(type, coordinates);
    }

    private String some(Supplier<String> one) {
        return Stream.generate(one)
                .limit(1 + random.nextInt(3))
                .collect(Collectors.joining(",", "[", "]"));
    }

    String point() {
        return written("Point", pair(spot()));
    }

    String line() {
        return written("LineString", path());
    }

    private String path() {
        double[] start = spot();
        double[] end = {
            Math.clamp(start[0] + random.nextDouble() * 20, -180, 180),
            start[1] + (start[1] > 0 ? -1 : 1) * (random.nextDouble() + 0.001)
        };
        return "[" + pair(start) + "," + pair(end) + "]";
    }

    private String triangle() {
        double[] corner = spot();
        double size = 0.01 + 30 * Math.pow(random.nextDouble(), 3);
        corner[1] = Math.clamp(corner[1], -85, 80 - size);
        corner[0] = Math.clamp(corner[0], -180, 180 - size);
        double[] right = {corner[0] + size, corner[1]};
        double[] top = {corner[0], corner[1] + size / 2};
        return "[[" + String.join(",", pair(corner), pair(right), pair(top), pair(corner)) + "]]";
    }

    private List<double[]> star() {
        return TouchingPlane.star(random, 0.001 + Math.pow(random.nextDouble(), 3));
    }

    /** A triangle, a star around any place, or one with a hole. */
    String polygon() {
        return switch (random.nextInt(3)) {
            case 0 -> written("Polygon", triangle());
            case 1 -> written("Polygon", "[" + new TouchingPlane(spot()).ring(star()) + "]");
            default -> written("Polygon", holed(new TouchingPlane(spot()), star()));
        };
    }

    private static String holed(TouchingPlane plane, List<double[]> star) {
        String hole = plane.ring(TouchingPlane.scaled(star, 0.6));
        return "[" + plane.ring(star) + "," + hole + "]";
    }

    /** An island in the hole of another. */
    String polygons() {
        TouchingPlane plane = new TouchingPlane(spot());
        List<double[]> star = star();
        String island = "[" + plane.ring(TouchingPlane.scaled(star, 0.3)) + "]";
        return written("MultiPolygon", "[" + holed(plane, star) + "," + island + "]");
    }

    /** A polygon or several. */
    String area() {
        return random.nextInt(3) == 0 ? polygons() : polygon();
    }

    /** Any type. */
    String any() {
        return switch (random.nextInt(8)) {
            case 0 -> "{'type':'GeometryCollection','geometries':" + some(this::part) + "}";
            default -> part();
        };
    }

    private String part() {
        return switch (random.nextInt(6)) {
            case 0 -> point();
            case 1 -> line();
            case 2 -> polygon();
            case 3 -> written("MultiPoint", some(() -> pair(spot())));
            case 4 -> written("MultiLineString", some(this::path));
            default -> polygons();
        };
    }
}
