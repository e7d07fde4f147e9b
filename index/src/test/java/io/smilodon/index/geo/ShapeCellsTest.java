package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The fast ways to tell where a point lies against the exact one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShapeCellsTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40) * 5;
    private static final IndexDefinition INDEX =
            IndexDefinition.parse(ExtendedJson.readDocument("{\"key\": {\"a\": \"2dsphere\"}}"));

    private static AskedShape shape(RandomShapes shapes, SpherePoint center, double radius) {
        return shapes.random().nextInt(3) == 0
                ? new AskedShape.InCap(new Cap(center, radius))
                : new AskedShape.OnSphere(shapes.geometry(center, radius));
    }

    @Test
    void what_is_on_one_side_as_a_whole_is_so_in_each_of_its_points() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            AskedShape shape = shape(shapes, center, radius);
            SphereArea area = shape.onSphere().orElseThrow();
            for (int probe = 0; probe < 10; probe++) {
                SpherePoint middle = shapes.near(center, 2 * radius);
                double reach = Math.pow(10, -9 * shapes.random().nextDouble());
                Side side = area.side(middle, reach);
                SpherePoint point = shapes.near(middle, reach);
                StoredGeometry place =
                        StoredGeometry.of(SphereGeometry.of(probe % 2 == 0 ? point : middle));
                if (side == Side.OUTSIDE) {
                    assertFalse(shape.contains(place), () -> "seed " + seed);
                    assertFalse(shape.intersects(place), () -> "seed " + seed);
                } else if (side == Side.INSIDE) {
                    assertTrue(shape.contains(place), () -> "seed " + seed);
                    assertTrue(shape.intersects(place), () -> "seed " + seed);
                }
            }
        }
    }

    @Test
    void no_entry_of_a_point_that_passes_is_left_out() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() * (round % 2 == 0 ? 1 : 1e-6);
            AskedShape shape = shape(shapes, center, radius);
            ShapeCells cells = new ShapeCells(shape);
            IntervalSet ranges = cells.in(INDEX, false).orElseThrow();
            for (int probe = 0; probe < 10; probe++) {
                SpherePoint point = shapes.near(center, 1.2 * radius);
                long cell = SphereCell.of(point).id();
                boolean isFound =
                        ranges.contains(new Int64Value(cell))
                                && cells.side(floor(cell), probe % 2 == 0) != Side.OUTSIDE;
                StoredGeometry place = StoredGeometry.of(SphereGeometry.of(point));
                assertTrue(isFound || !shape.intersects(place), () -> "seed " + seed);
            }
        }
    }

    /** Else documents would be handed on that nobody has asked. */
    @Test
    void every_entry_inside_is_of_a_point_that_passes() {
        int inside = 0;
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() * (round % 2 == 0 ? 1 : 1e-6);
            AskedShape shape = shape(shapes, center, radius);
            ShapeCells cells = new ShapeCells(shape);
            for (int probe = 0; probe < 10; probe++) {
                SpherePoint point = shapes.near(center, 1.2 * radius);
                double cell = floor(SphereCell.of(point).id());
                StoredGeometry place = StoredGeometry.of(SphereGeometry.of(point));
                boolean isInside = cells.side(cell, false) == Side.INSIDE;
                boolean passes = shape.contains(place) && shape.intersects(place);
                assertTrue(passes || !isInside, () -> "seed " + seed);
                assertTrue(cells.side(cell, true) != Side.INSIDE, () -> "seed " + seed);
                inside += isInside ? 1 : 0;
            }
        }
        assertTrue(inside > CASES);
    }

    /** A point far outside of a circle lies in a cell outside, for its cell is small. */
    @Test
    void entries_in_a_plane_tell_which_points_lie_outside() {
        Random random = new Random(Seeds.next());
        for (int round = 0; round < CASES; round++) {
            int bits = 20 + random.nextInt(13);
            IndexDefinition index =
                    IndexDefinition.parse(
                            Document.builder()
                                    .put("key", Document.of("q", Value.of("2d")))
                                    .put("bits", bits)
                                    .build());
            PlanePoint center = new PlanePoint(random.nextInt(200) - 100, random.nextInt(99));
            PlaneRegion.Circle circle = new PlaneRegion.Circle(center, random.nextInt(20));
            DoubleFunction<Side> sides =
                    new ShapeCells(new AskedShape.OnPlane(circle)).sides(index, false);
            for (int probe = 0; probe < 10; probe++) {
                PlanePoint point =
                        new PlanePoint(
                                center.x() + random.nextGaussian(0, 9),
                                center.y() + random.nextGaussian(0, 9));
                PlaneGrid grid = PlaneGrid.of(index.options().ofType());
                Side side = sides.apply(floor(grid.first(grid.cell(point))));
                boolean isFarOut = center.distance(point) > circle.radius() + 0.001;
                assertFalse(side == Side.OUTSIDE && circle.contains(point), point::toString);
                assertEquals(isFarOut && bits <= 26, isFarOut && side == Side.OUTSIDE);
            }
        }
    }

    private static double floor(long number) {
        double nearest = number;
        return (long) nearest > number ? Math.nextDown(nearest) : nearest;
    }

    @Test
    void a_point_passes_as_the_shape_itself_says() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            AskedShape shape = shape(shapes, center, radius);
            SpherePoint point = shapes.near(center, 1.2 * radius);
            Document place =
                    ExtendedJson.readDocument(
                            "{\"type\":\"Point\",\"coordinates\":["
                                    + point.longitude()
                                    + ","
                                    + point.latitude()
                                    + "]}");
            boolean passes = shape.contains(StoredGeometry.parse(place));
            new ShapeCells(shape)
                    .holds(place)
                    .ifPresent(holds -> assertEquals(passes, holds, () -> "seed " + seed));
            new ShapeCells(shape)
                    .holds(place.get("coordinates"))
                    .ifPresent(holds -> assertEquals(passes, holds, () -> "seed " + seed));
        }
    }

    @Test
    void what_is_no_plain_point_is_left_to_the_shape() {
        ShapeCells cells =
                new ShapeCells(new AskedShape.InCap(new Cap(new SpherePoint(1, 0, 0), 1)));
        for (String place :
                new String[] {
                    "{'type':'LineString','coordinates':[[1,1],[2,2]]}",
                    "{'coordinates':[1,1],'type':'Point'}",
                    "{'type':'Point','coordinates':[1,1],'crs':1}",
                    "{'type':'Point','coordinates':[1]}",
                    "{'type':'Point','coordinates':['1',1]}",
                    "{'type':'Point','coordinates':[200,1]}",
                    "{'x':1,'y':1}",
                    "{}"
                }) {
            assertTrue(
                    cells.holds(ExtendedJson.readDocument(place.replace('\'', '"'))).isEmpty(),
                    place);
        }
    }

    /** The covering costs little, and leaves out most of what is outside. */
    @Test
    void a_circle_is_covered_by_few_cells_that_fit_it() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            double radius = 0.001;
            Cap circle = new Cap(shapes.point(), radius);
            int cells = CellCovering.of(circle::side, GeoCells.CELLS_MAX).size();
            assertTrue(cells <= GeoCells.CELLS_MAX + 6, () -> "seed " + seed + ": " + cells);
            double area =
                    CellCovering.of(circle::side, GeoCells.CELLS_MAX).stream()
                            .mapToDouble(cell -> cell.area().polygon().area())
                            .sum();
            double times = area / (Math.PI * radius * radius);
            assertTrue(times < 5, () -> "seed " + seed + ": " + times);
        }
    }
}
