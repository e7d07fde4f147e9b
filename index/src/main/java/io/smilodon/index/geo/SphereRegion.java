package io.smilodon.index.geo;

/** A part of the sphere, as far as it has to be known to find the cells that cover it. */
interface SphereRegion {

    /** How far beyond its area a cell still counts as touched: more than touching, to be sure. */
    double MARGIN = 4 * Arc.TOUCHING;

    /** Whether it has a point in the cell; may say yes if it has none. */
    boolean mayIntersect(SpherePolygon cell);

    /** Whether all of the cell is in it; may say no if it is. */
    boolean contains(SpherePolygon cell);

    static SphereRegion of(SphereGeometry geometry) {
        return new SphereRegion() {
            @Override
            public boolean mayIntersect(SpherePolygon cell) {
                return geometry.intersects(cell, MARGIN);
            }

            @Override
            public boolean contains(SpherePolygon cell) {
                return geometry.polygons().stream().anyMatch(area -> area.contains(cell));
            }
        };
    }

    static SphereRegion of(Cap cap) {
        return new Ring(cap.center(), 0, cap.radius());
    }

    /** The points between two distances from a centre, in radians. */
    record Ring(SpherePoint center, double inner, double outer) implements SphereRegion {

        @Override
        public boolean mayIntersect(SpherePolygon cell) {
            return cell.distance(center) <= outer + MARGIN && farthest(cell) >= inner - MARGIN;
        }

        @Override
        public boolean contains(SpherePolygon cell) {
            return farthest(cell) <= outer && (inner == 0 || cell.distance(center) >= inner);
        }

        private double farthest(SpherePolygon cell) {
            return Math.PI - cell.distance(center.antipode());
        }
    }
}
