package io.smilodon.bench.corpus;

/**
 * The places within so many kilometres of a point, by the haversine formula. Degrees; nowhere near
 * the poles or the date line.
 */
public record Circle(double longitude, double latitude, double kilometres) {

    /** Of the earth, as MongoDB's documents have it. */
    public static final double EARTH_KILOMETRES = 6_378.1;

    public double radians() {
        return kilometres / EARTH_KILOMETRES;
    }

    /** The same around the same point, so many times as wide. */
    public Circle times(double factor) {
        return new Circle(longitude, latitude, kilometres * factor);
    }

    public double west() {
        return longitude - width();
    }

    public double east() {
        return longitude + width();
    }

    private double width() {
        double cosine = Math.cos(Math.toRadians(latitude));
        return Math.toDegrees(Math.asin(Math.sin(radians()) / cosine));
    }

    public double south() {
        return latitude - Math.toDegrees(radians());
    }

    public double north() {
        return latitude + Math.toDegrees(radians());
    }

    public boolean contains(double otherLongitude, double otherLatitude) {
        double byLatitude = square(Math.sin(Math.toRadians(otherLatitude - latitude) / 2));
        double byLongitude = square(Math.sin(Math.toRadians(otherLongitude - longitude) / 2));
        double cosines =
                Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude));
        return 2 * Math.asin(Math.sqrt(byLatitude + cosines * byLongitude)) <= radians();
    }

    private static double square(double value) {
        return value * value;
    }

    /** The hexagon whose corners lie on this circle. */
    public Hexagon hexagon() {
        double[] longitudes = new double[Hexagon.CORNERS];
        double[] latitudes = new double[Hexagon.CORNERS];
        for (int corner = 0; corner < Hexagon.CORNERS; corner++) {
            double angle = 2 * Math.PI * corner / Hexagon.CORNERS;
            longitudes[corner] = longitude + width() * Math.cos(angle);
            latitudes[corner] = latitude + Math.toDegrees(radians()) * Math.sin(angle);
        }
        return new Hexagon(longitudes, latitudes);
    }
}
