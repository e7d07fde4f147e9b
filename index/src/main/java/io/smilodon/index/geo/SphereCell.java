package io.smilodon.index.geo;

import java.util.List;

/**
 * A cell of a hierarchy over the sphere: the six sides of a cube around it, each divided into four
 * again and again, {@value #LEVEL_MAX} times. Edges of cells are arcs of great circles.
 *
 * <pre>
 * id := face (3 bits) | two bits per level, x before y | 1 | 0 ... 0      (62 bits in all)
 * </pre>
 *
 * So the ids of the cells inside a cell lie around its own, and cells that are apart have ranges
 * that are. The id is positive. Sides are stretched so that cells of one level have nearly one
 * size; the idea is that of the S2 library, its numbers are others.
 *
 * @param id the number in entries of an index
 */
record SphereCell(long id) {

    /** Cells of this level are about two centimetres wide on the earth. */
    static final int LEVEL_MAX = 29;

    private static final int FACES = 6;
    private static final int POSITION_BITS = 2 * LEVEL_MAX + 1;
    private static final int CHILDREN = 4;

    /** Numbers of cells of areas, up to level 23, end with so many zeros. */
    private static final int AREA_BITS = 2 * (LEVEL_MAX - GeoKeys.LEVEL_MAX);

    /** Where the last bit of a cell of level 24 is: a double holds all that stand before it. */
    private static final int POINT_BITS = AREA_BITS - 2;

    /** No point of a cell is farther from its middle, with the columns of its level as unit. */
    private static final double RADIUS_MAX = 1.25;

    /** No point of a cell of level 24 is farther from its middle. */
    static final double POINT_REACH = RADIUS_MAX / (1L << LEVEL_MAX - POINT_BITS / 2);

    /** Up to this squared chord an angle is easily bounded by it. */
    private static final double SHORT_SQUARED = 0.25;

    static SphereCell ofFace(int face) {
        return new SphereCell(((2L * face) + 1) << (POSITION_BITS - 1));
    }

    static List<SphereCell> faces() {
        return List.of(ofFace(0), ofFace(1), ofFace(2), ofFace(3), ofFace(4), ofFace(FACES - 1));
    }

    /** Whether there is a cell of this number. */
    static boolean isId(long id) {
        return id > 0
                && id >>> POSITION_BITS < FACES
                && Long.numberOfTrailingZeros(id) % 2 == 0
                && Long.numberOfTrailingZeros(id) < POSITION_BITS;
    }

    /** The smallest cell with the point. */
    static SphereCell of(SpherePoint point) {
        int face = CubeFace.of(point);
        long x = column(CubeFace.u(face, point));
        long y = column(CubeFace.v(face, point));
        long position = 0;
        for (int bit = LEVEL_MAX - 1; bit >= 0; bit--) {
            position = (position << 2) | ((x >> bit & 1) << 1) | (y >> bit & 1);
        }
        return new SphereCell(((long) face << POSITION_BITS) | (position << 1) | 1);
    }

    /** Whether the cell of this number, which may be rounded down, may be one of an area. */
    static boolean mayBeOfArea(long number) {
        return (number & ((1L << AREA_BITS) - 1)) == 0;
    }

    /**
     * A small cell around the point whose cell has this number, which may be rounded down: the
     * point is within {@link #POINT_REACH} of its middle.
     */
    static SphereCell aroundPoint(long number) {
        long lowest = 1L << POINT_BITS;
        return new SphereCell(number & -lowest | lowest);
    }

    private static long column(double u) {
        long columns = 1L << LEVEL_MAX;
        return Math.clamp((long) Math.floor(CubeFace.stretched(u) * columns), 0, columns - 1);
    }

    private long lowestBit() {
        return id & -id;
    }

    int level() {
        return LEVEL_MAX - Long.numberOfTrailingZeros(id) / 2;
    }

    boolean isLeaf() {
        return lowestBit() == 1;
    }

    /** The lowest id of a cell inside this one. */
    long first() {
        return id - (lowestBit() - 1);
    }

    /** The highest id of a cell inside this one. */
    long last() {
        return id + (lowestBit() - 1);
    }

    List<SphereCell> children() {
        long step = lowestBit() >> 2;
        long start = id - lowestBit() + step;
        SphereCell[] children = new SphereCell[CHILDREN];
        for (int child = 0; child < CHILDREN; child++) {
            children[child] = new SphereCell(start + 2 * child * step);
        }
        return List.of(children);
    }

    /** The cell around this one; not for a face. */
    SphereCell parent() {
        long bit = lowestBit() << 2;
        return new SphereCell((id & -bit) | bit);
    }

    boolean isFace() {
        return level() == 0;
    }

    /** Its corners, counter-clockwise as seen from outside. */
    List<SpherePoint> corners() {
        int face = (int) (id >>> POSITION_BITS);
        long x = coordinate(1);
        long y = coordinate(0);
        double size = 1.0 / (1L << level());
        double u0 = CubeFace.unstretched(x * size);
        double u1 = CubeFace.unstretched((x + 1) * size);
        double v0 = CubeFace.unstretched(y * size);
        double v1 = CubeFace.unstretched((y + 1) * size);
        return List.of(
                CubeFace.point(face, u0, v0),
                CubeFace.point(face, u1, v0),
                CubeFace.point(face, u1, v1),
                CubeFace.point(face, u0, v1));
    }

    /**
     * The column or the row of the cell among those of its level.
     *
     * @param bit which one of each pair of bits
     */
    private long coordinate(int bit) {
        int positions = 2 * level();
        long position = id >>> POSITION_BITS - positions & (1L << positions) - 1;
        return everySecond(position >>> bit);
    }

    /** The lowest bit, the third, the fifth and so on, next to each other. */
    private static long everySecond(long bits) {
        long apart = bits & 0x5555_5555_5555_5555L;
        apart = (apart | apart >>> 1) & 0x3333_3333_3333_3333L;
        apart = (apart | apart >>> 2) & 0x0F0F_0F0F_0F0F_0F0FL;
        apart = (apart | apart >>> 4) & 0x00FF_00FF_00FF_00FFL;
        apart = (apart | apart >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (apart | apart >>> 16) & 0xFFFF_FFFFL;
    }

    SpherePoint middle() {
        double size = 1.0 / (1L << level());
        return CubeFace.point(
                (int) (id >>> POSITION_BITS),
                CubeFace.unstretched((coordinate(1) + 0.5) * size),
                CubeFace.unstretched((coordinate(0) + 0.5) * size));
    }

    /** A cap around it, about its middle. */
    Cap bound() {
        SpherePoint middle = middle();
        return new Cap(middle, radius(middle));
    }

    /** No point of a cell of this level is farther from its middle. */
    double radiusMax() {
        return RADIUS_MAX / (1L << level());
    }

    /**
     * No point of it is farther from its middle: the way to the farthest corner, or hardly more.
     */
    double radius(SpherePoint middle) {
        double squared = 0;
        for (SpherePoint corner : corners()) {
            squared = Math.max(squared, middle.squaredChord(corner));
        }
        double chord = Math.sqrt(squared);
        // The angle is chord + chord^3 / 24 and, where that is short, less than twice as much more.
        return squared <= SHORT_SQUARED ? chord * (1 + squared / 20) : 2 * Math.asin(chord / 2);
    }

    CellArea area() {
        return new CellArea(corners());
    }
}
