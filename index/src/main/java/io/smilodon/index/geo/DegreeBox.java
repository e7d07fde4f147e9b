package io.smilodon.index.geo;

/** Boxes of longitude and latitude around parts of the sphere, for indexes of planes. */
final class DegreeBox {

    private static final double MARGIN_DEGREES = 1e-6;
    private static final double HALF_TURN = 180;
    private static final double POLE = 90;

    private DegreeBox() {}

    /**
     * The box around a cap. Where the cap holds a pole, or goes across the antimeridian, the box
     * has all longitudes.
     */
    static PlaneRegion.Box around(Cap cap) {
        double radius = Math.toDegrees(cap.radius()) + MARGIN_DEGREES;
        double south = cap.center().latitude() - radius;
        double north = cap.center().latitude() + radius;
        double reach = HALF_TURN;
        if (south > -POLE && north < POLE) {
            double share =
                    Math.sin(Math.toRadians(radius))
                            / Math.cos(Math.toRadians(cap.center().latitude()));
            reach = Math.toDegrees(Math.asin(Math.min(1, share))) + MARGIN_DEGREES;
        }
        double west = cap.center().longitude() - reach;
        double east = cap.center().longitude() + reach;
        boolean isAcross = west < -HALF_TURN || east > HALF_TURN;
        return new PlaneRegion.Box(
                new PlanePoint(isAcross ? -HALF_TURN : west, south),
                new PlanePoint(isAcross ? HALF_TURN : east, north));
    }
}
