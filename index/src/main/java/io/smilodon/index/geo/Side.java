package io.smilodon.index.geo;

/** Where places lie that are near a point, as seen from an area. */
public enum Side {
    /** All of them are in the area. */
    INSIDE,
    /** None of them is. */
    OUTSIDE,
    /** Some may be, and some not. */
    EDGE
}
