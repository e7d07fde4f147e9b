package io.smilodon.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A plane that touches the sphere at one place: what is a great circle on the sphere is a straight
 * line there, so that flat geometry can tell what is inside. Immutable.
 */
final class TouchingPlane {

    private final double[] center;
    private final double[] east;
    private final double[] north;

    /** Touches at a longitude and a latitude, in degrees. */
    TouchingPlane(double[] place) {
        double x = Math.toRadians(place[0]);
        double y = Math.toRadians(place[1]);
        center = new double[] {Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)};
        east = new double[] {-Math.sin(x), Math.cos(x), 0};
        north = new double[] {-Math.sin(y) * Math.cos(x), -Math.sin(y) * Math.sin(x), Math.cos(y)};
    }

    /** A point of the plane as GeoJSON has it: longitude and latitude. */
    String pair(double[] point) {
        double[] sum = new double[3];
        for (int i = 0; i < 3; i++) {
            sum[i] = center[i] + point[0] * east[i] + point[1] * north[i];
        }
        double longitude = Math.toDegrees(Math.atan2(sum[1], sum[0]));
        double latitude = Math.toDegrees(Math.atan2(sum[2], Math.hypot(sum[0], sum[1])));
        return String.format(Locale.ROOT, "[%.9f,%.9f]", longitude, latitude);
    }

    /** The ring of these corners, closed. */
    String ring(List<double[]> corners) {
        return corners.stream()
                .map(this::pair)
                .collect(Collectors.joining(",", "[", "," + pair(corners.get(0)) + "]"));
    }

    /** Corners around the centre, which sees all of them: scaled ones lie inside each other. */
    static List<double[]> star(Random random, double radius) {
        int count = 4 + random.nextInt(5);
        List<double[]> corners = new ArrayList<>();
        for (int corner = 0; corner < count; corner++) {
            double angle = 2 * Math.PI * (corner + 0.7 * random.nextDouble()) / count;
            double distance = radius * (0.4 + 0.6 * random.nextDouble());
            corners.add(new double[] {distance * Math.cos(angle), distance * Math.sin(angle)});
        }
        return corners;
    }

    static List<double[]> scaled(List<double[]> corners, double by) {
        return corners.stream().map(at -> new double[] {at[0] * by, at[1] * by}).toList();
    }

    /** Whether a point is inside of a ring: a ray from it crosses an odd number of edges. */
    static boolean isInside(List<double[]> corners, double[] point) {
        boolean isInside = false;
        double[] from = corners.getLast();
        for (double[] to : corners) {
            boolean isBeside = from[1] > point[1] != to[1] > point[1];
            double share = (point[1] - from[1]) / (to[1] - from[1]);
            if (isBeside && point[0] < from[0] + share * (to[0] - from[0])) {
                isInside = !isInside;
            }
            from = to;
        }
        return isInside;
    }
}
