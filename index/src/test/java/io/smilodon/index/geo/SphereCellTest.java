package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SphereCellTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40);

    @Test
    void every_point_is_in_its_cell_and_in_all_cells_around_it() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            SpherePoint point = new RandomShapes(seed).point();
            SphereCell cell = SphereCell.of(point);
            assertEquals(SphereCell.LEVEL_MAX, cell.level());
            while (!cell.isFace()) {
                SphereCell parent = cell.parent();
                SphereCell child = cell;
                assertEquals(child.level() - 1, parent.level());
                assertTrue(parent.children().contains(child), () -> "seed " + seed);
                assertTrue(parent.first() <= child.first() && child.last() <= parent.last());
                assertTrue(parent.area().contains(point, 1e-15), () -> "seed " + seed);
                assertTrue(parent.bound().contains(point), () -> "seed " + seed);
                assertTrue(parent.bound().radius() <= parent.radiusMax(), () -> "seed " + seed);
                cell = parent;
            }
            assertTrue(SphereCell.faces().contains(cell));
        }
    }

    @Test
    void no_cell_is_larger_than_its_level_says() {
        List<SphereCell> cells = SphereCell.faces();
        for (int level = 0; level <= 6; level++) {
            for (SphereCell cell : cells) {
                SpherePoint middle = cell.middle();
                double farthest =
                        cell.corners().stream().mapToDouble(middle::distance).max().orElseThrow();
                assertTrue(farthest <= cell.radius(middle) + 1e-15, cell::toString);
                assertTrue(cell.radius(middle) <= farthest * 1.001, cell::toString);
                assertTrue(cell.radius(middle) <= cell.radiusMax(), cell::toString);
            }
            cells = cells.stream().flatMap(cell -> cell.children().stream()).toList();
        }
    }

    @Test
    void a_number_rounded_down_tells_where_the_point_is() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            SpherePoint point = new RandomShapes(seed).point();
            long number = SphereCell.of(point).id() & -512;
            SphereCell cell = SphereCell.aroundPoint(number);
            assertEquals(24, cell.level());
            assertTrue(
                    cell.middle().distance(point) <= SphereCell.POINT_REACH, () -> "seed " + seed);
            assertTrue(cell.bound().radius() <= SphereCell.POINT_REACH, () -> "seed " + seed);
        }
    }

    @Test
    void the_four_cells_inside_a_cell_have_its_area_and_its_numbers() {
        for (SphereCell face : SphereCell.faces()) {
            SphereCell cell = face.children().get(3).children().get(1);
            double area =
                    cell.children().stream()
                            .mapToDouble(child -> child.area().polygon().area())
                            .sum();
            assertEquals(cell.area().polygon().area(), area, 1e-12);
            List<SphereCell> children = cell.children();
            assertEquals(cell.first(), children.get(0).first());
            assertEquals(cell.last(), children.get(3).last());
            assertEquals(children.get(0).last() + 2, children.get(1).first());
        }
    }

    @Test
    void a_covering_leaves_out_no_point_of_its_region() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            SphereGeometry geometry = shapes.geometry(center, radius);
            List<SphereCell> cells = SphereCovering.of(SphereRegion.of(geometry), 12, 23);
            for (int probe = 0; probe < 20; probe++) {
                SpherePoint point = shapes.near(center, radius);
                long id = SphereCell.of(point).id();
                boolean isCovered =
                        cells.stream().anyMatch(cell -> cell.first() <= id && id <= cell.last());
                assertTrue(
                        isCovered || !geometry.intersects(SphereGeometry.of(point)),
                        () -> "seed " + seed);
            }
            for (SpherePoint point : geometry.points()) {
                long id = SphereCell.of(point).id();
                assertTrue(
                        cells.stream().anyMatch(c -> c.first() <= id && id <= c.last()),
                        () -> "seed " + seed);
            }
            assertTrue(cells.size() <= 18, () -> "seed " + seed);
        }
    }

    @Test
    void a_ring_is_covered_and_its_middle_left_out() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double inner = shapes.radius();
            double outer = Math.min(Math.PI, inner * 2);
            List<SphereCell> cells = CellCovering.of(SphereArea.ring(center, inner, outer), 24);
            for (int probe = 0; probe < 20; probe++) {
                double distance = inner + shapes.random().nextDouble() * (outer - inner);
                SpherePoint point = RandomShapes.away(center, probe, distance);
                long id = SphereCell.of(point).id();
                assertTrue(
                        cells.stream().anyMatch(c -> c.first() <= id && id <= c.last()),
                        () -> "seed " + seed);
            }
        }
    }
}
