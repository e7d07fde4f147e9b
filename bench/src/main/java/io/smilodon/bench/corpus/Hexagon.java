package io.smilodon.bench.corpus;

import java.util.Arrays;

/** Six corners, against the clock, in degrees. Its edges are straight lines on the map. */
public record Hexagon(double[] longitudes, double[] latitudes) {

    public static final int CORNERS = 6;

    public boolean contains(double longitude, double latitude) {
        for (int corner = 0; corner < CORNERS; corner++) {
            if (across(corner) * latitude - up(corner) * longitude < line(corner)) {
                return false;
            }
        }
        return true;
    }

    /** How far east the edge from this corner to the next one goes. */
    public double across(int corner) {
        return longitudes[(corner + 1) % CORNERS] - longitudes[corner];
    }

    /** How far north the edge from this corner goes. */
    public double up(int corner) {
        return latitudes[(corner + 1) % CORNERS] - latitudes[corner];
    }

    /** What {@code across · latitude - up · longitude} is on the edge; inside it is no less. */
    public double line(int corner) {
        return across(corner) * latitudes[corner] - up(corner) * longitudes[corner];
    }

    public double west() {
        return Arrays.stream(longitudes).min().orElseThrow();
    }

    public double east() {
        return Arrays.stream(longitudes).max().orElseThrow();
    }

    public double south() {
        return Arrays.stream(latitudes).min().orElseThrow();
    }

    public double north() {
        return Arrays.stream(latitudes).max().orElseThrow();
    }
}
