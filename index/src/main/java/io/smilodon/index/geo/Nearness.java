package io.smilodon.index.geo;

import java.util.OptionalDouble;

/**
 * What {@code $near} asks: how far places are from a centre, and how far they may be.
 *
 * @param center in degrees, or in the units of a plane
 * @param metric what distances mean
 * @param distanceMin the least distance
 * @param distanceMax the greatest distance, possibly infinite
 */
public record Nearness(PlanePoint center, Metric metric, double distanceMin, double distanceMax) {

    /** MongoDB's radius of the earth. */
    public static final double EARTH_RADIUS_METRES = 6_378_100;

    /** What a distance is. */
    public enum Metric {
        /** Metres on the earth: of GeoJSON points. */
        METRES,
        /** The angle at the centre of the earth: {@code $nearSphere} of a pair. */
        RADIANS,
        /** Units of the plane: {@code $near} of a pair. */
        PLANE;

        /** Whether it is on the sphere. */
        public boolean isSpherical() {
            return this != PLANE;
        }

        /** The angle of a distance. */
        double radians(double distance) {
            return this == METRES ? distance / EARTH_RADIUS_METRES : distance;
        }
    }

    /** How far a place is away; empty if it is not of the metric's world. */
    public OptionalDouble distance(StoredGeometry place) {
        if (metric == Metric.PLANE) {
            return place.flat().isPresent()
                    ? OptionalDouble.of(place.flat().get().distance(center))
                    : OptionalDouble.empty();
        }
        if (place.sphere().isEmpty()) {
            return OptionalDouble.empty();
        }
        double radians = place.sphere().get().distance(center.onSphere());
        return OptionalDouble.of(metric == Metric.METRES ? radians * EARTH_RADIUS_METRES : radians);
    }

    /** Whether a place at this distance is asked for. */
    public boolean accepts(double distance) {
        return distance >= distanceMin && distance <= distanceMax;
    }
}
