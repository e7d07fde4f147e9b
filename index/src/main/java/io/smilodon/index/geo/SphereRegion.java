package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;

/** A part of the sphere, as far as it has to be known to find the cells that cover it. */
interface SphereRegion {

    /** How far beyond its area a cell still counts as touched: more than touching, to be sure. */
    double MARGIN = 4 * Arc.TOUCHING;

    /** Whether it has a point in the cell; may say yes if it has none. */
    boolean mayIntersect(CellArea cell);

    /** Whether all of the cell is in it; may say no if it is. */
    boolean contains(CellArea cell);

    static SphereRegion of(SphereGeometry geometry) {
        List<Cap> bounds = new ArrayList<>();
        geometry.points().forEach(point -> bounds.add(new Cap(point, 0)));
        geometry.lines().forEach(line -> bounds.add(line.bound()));
        geometry.polygons().forEach(area -> bounds.add(area.bound()));
        return new SphereRegion() {
            @Override
            public boolean mayIntersect(CellArea cell) {
                return bounds.stream().anyMatch(bound -> bound.isNear(cell.bound(), MARGIN))
                        && geometry.intersects(cell.polygon(), MARGIN);
            }

            @Override
            public boolean contains(CellArea cell) {
                return geometry.hasArea()
                        && geometry.polygons().stream()
                                .anyMatch(area -> area.contains(cell.polygon()));
            }
        };
    }

    static SphereRegion of(Cap cap) {
        return new Ring(cap.center(), 0, cap.radius());
    }

    /** The points between two distances from a centre, in radians. */
    record Ring(SpherePoint center, double inner, double outer) implements SphereRegion {

        @Override
        public boolean mayIntersect(CellArea cell) {
            double middle = center.distance(cell.bound().center());
            double radius = cell.bound().radius() + MARGIN;
            return middle - radius <= outer
                    && middle + radius >= inner
                    && cell.distance(center) <= outer + MARGIN
                    && farthest(cell) >= inner - MARGIN;
        }

        @Override
        public boolean contains(CellArea cell) {
            return farthest(cell) <= outer && (inner == 0 || cell.distance(center) >= inner);
        }

        private double farthest(CellArea cell) {
            return Math.PI - cell.distance(center.antipode());
        }
    }
}
