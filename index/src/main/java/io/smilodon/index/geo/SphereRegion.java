package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;

/** What a document holds, as far as it has to be known to find the cells that are stored. */
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
                GeometryWork.take(bounds.size());
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
}
