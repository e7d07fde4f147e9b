package io.smilodon.index.geo;

/** A part of the sphere, as far as it has to be known to find the cells that cover it. */
@FunctionalInterface
interface SphereArea {

    /**
     * How much farther than asked everything is looked at: more than touching and rounding, so that
     * what is inside or outside is so beyond doubt.
     */
    double MARGIN = 4 * Arc.TOUCHING;

    /**
     * On which side all points lie that are at most so far from this one; may be {@link Side#EDGE}
     * for any.
     *
     * @param distance in radians
     */
    Side side(SpherePoint point, double distance);

    /**
     * The points between two distances from a centre.
     *
     * @param inner in radians
     * @param outer in radians
     */
    static SphereArea ring(SpherePoint center, double inner, double outer) {
        Cap around = new Cap(center, outer);
        Cap hole = new Cap(center, inner);
        return (point, distance) ->
                inner == 0
                        ? around.side(point, distance)
                        : beyond(hole.side(point, distance), around.side(point, distance));
    }

    private static Side beyond(Side hole, Side around) {
        if (hole == Side.INSIDE || around == Side.OUTSIDE) {
            return Side.OUTSIDE;
        }
        return hole == Side.OUTSIDE ? around : Side.EDGE;
    }
}
