package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Middles, distances, bounds and grids. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SphereMeasuresTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40);

    /** Divides each triangle of a fan until its chords are as good as its surface. */
    private static SpherePoint moment(
            SpherePoint one, SpherePoint two, SpherePoint three, int depth) {
        if (depth == 0) {
            SpherePoint sides = two.plus(one.times(-1)).cross(three.plus(one.times(-1)));
            double area = Math.copySign(sides.length() / 2, one.dot(sides));
            return one.plus(two).plus(three).normalized().times(area);
        }
        SpherePoint a = two.plus(three).normalized();
        SpherePoint b = three.plus(one).normalized();
        SpherePoint c = one.plus(two).normalized();
        return moment(one, c, b, depth - 1)
                .plus(moment(c, two, a, depth - 1))
                .plus(moment(b, a, three, depth - 1))
                .plus(moment(a, b, c, depth - 1));
    }

    @Test
    void middles_of_areas_are_those_of_many_small_triangles() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() * Math.pow(10, -shapes.random().nextInt(4)) / 2;
            List<SpherePoint> star = shapes.star(center, radius);
            if (star.size() > 12) {
                continue;
            }
            SpherePoint sum = new SpherePoint(0, 0, 0);
            for (int index = 0; index < star.size(); index++) {
                SpherePoint next = star.get((index + 1) % star.size());
                sum = sum.plus(moment(center, star.get(index), next, 5));
            }
            SphereGeometry area =
                    SphereGeometry.of(new SpherePolygon(Loop.smaller(star), List.of()));
            double error = SphereCentroid.of(area).get().distance(sum.normalized());
            assertTrue(error < 1e-3 * radius, () -> "seed " + seed + ": " + error / radius);
        }
    }

    @Test
    void the_two_ways_to_the_middle_of_an_area_meet() {
        SpherePoint center = SpherePoint.ofDegrees(13.4, 52.5);
        double[] directions = {0, 0.5, 1, 4};
        List<Double> away = new ArrayList<>();
        for (double radius : new double[] {0.9e-4, 1.5e-4}) {
            List<SpherePoint> corners = new ArrayList<>();
            for (double direction : directions) {
                corners.add(RandomShapes.away(center, direction, radius));
            }
            SphereGeometry area =
                    SphereGeometry.of(new SpherePolygon(Loop.smaller(corners), List.of()));
            away.add(SphereCentroid.of(area).get().distance(center) / radius);
        }
        assertEquals(away.get(0), away.get(1), 1e-7);
    }

    @Test
    void opposite_points_have_no_middle() {
        SpherePoint point = SpherePoint.ofDegrees(20, 30);
        assertTrue(
                SphereCentroid.of(
                                new SphereGeometry(
                                        List.of(point, point.antipode()), List.of(), List.of()))
                        .isEmpty());
    }

    @Test
    void distances_of_lines_are_those_of_their_nearest_edges() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            SphereGeometry one = SphereGeometry.of(shapes.polygon(center, radius));
            SphereGeometry other =
                    SphereGeometry.of(shapes.polygon(shapes.near(center, 3 * radius), radius));
            double least = Math.PI;
            for (Arc arc : one.edges().get(0).arcs()) {
                for (Arc that : other.edges().get(0).arcs()) {
                    least = Math.min(least, arc.distance(that));
                }
            }
            double expected = one.intersects(other) ? 0 : least;
            assertEquals(expected, one.distance(other, count -> {}), 1e-15, () -> "seed " + seed);
        }
    }

    private static double degrees(Document box, String side) {
        return ((NumberValue) box.get(side)).toDouble();
    }

    @Test
    void bounds_hold_every_point_and_no_more() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SphereGeometry place = shapes.geometry(shapes.point(), shapes.radius());
            Document box = SphereBounds.of(place).toDocument().get();
            double north = -90;
            double south = 90;
            List<SpherePoint> points = new ArrayList<>(place.points());
            for (Edges edges : place.edges()) {
                for (Arc arc : edges.arcs()) {
                    for (int step = 0; step <= 200; step++) {
                        points.add(arc.at(arc.length() * step / 200));
                    }
                }
            }
            for (SpherePoint point : points) {
                north = Math.max(north, point.latitude());
                south = Math.min(south, point.latitude());
                if (Math.abs(point.latitude()) < 89.99) {
                    double turn = (point.longitude() - degrees(box, "west") + 720) % 360;
                    double width = (degrees(box, "east") - degrees(box, "west") + 360) % 360;
                    assertTrue(
                            width == 0 || turn <= width + 1e-6 || turn >= 360 - 1e-6,
                            () -> "seed " + seed);
                }
            }
            assertTrue(degrees(box, "north") >= north - 1e-9, () -> "seed " + seed);
            assertTrue(degrees(box, "south") <= south + 1e-9, () -> "seed " + seed);
            if (!place.hasArea()) {
                assertEquals(north, degrees(box, "north"), 0.01, () -> "seed " + seed);
                assertEquals(south, degrees(box, "south"), 0.01, () -> "seed " + seed);
            }
        }
    }

    @Test
    void many_points_are_within_bounds_that_leave_out_the_widest_gap() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            double gap = -180 + 330 * shapes.random().nextDouble();
            SphereBounds bounds = SphereBounds.NONE;
            for (int count = 0; count < 2_000; count++) {
                double longitude = gap + 30 + 330 * shapes.random().nextDouble();
                SpherePoint point =
                        SpherePoint.ofDegrees(longitude > 180 ? longitude - 360 : longitude, 10);
                bounds = bounds.union(SphereBounds.of(SphereGeometry.of(point)));
            }
            Document box = bounds.toDocument().get();
            double width = (degrees(box, "east") - degrees(box, "west") + 360) % 360;
            assertEquals(330, width, 3, () -> "seed " + seed);
        }
    }

    @Test
    void cells_of_grids_hold_their_points() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint point = shapes.point();
            int fineness = 1 + shapes.random().nextInt(12);
            assertHolds(GeoGrid.geohash(point, fineness), point, 90, seed);
            assertHolds(GeoGrid.tile(point, fineness), point, 85.0511, seed);
            SphereGeometry cell = GeoGrid.cellArea(GeoGrid.cell(point, fineness));
            assertTrue(cell.intersects(SphereGeometry.of(point)), () -> "seed " + seed);
        }
    }

    private static void assertHolds(String name, SpherePoint point, double most, long seed) {
        Document box = GeoGrid.box(name).toDocument().get();
        double longitude = point.longitude();
        double latitude = Math.clamp(point.latitude(), -most, most);
        assertTrue(
                longitude >= degrees(box, "west") - 1e-9
                        && longitude <= degrees(box, "east") + 1e-9
                        && latitude >= degrees(box, "south") - 1e-9
                        && latitude <= degrees(box, "north") + 1e-9,
                () -> "seed " + seed + ": " + name + " " + box);
    }

    @Test
    void names_of_cells_are_those_that_others_use() {
        SpherePoint jutland = SpherePoint.ofDegrees(10.40744, 57.64911);
        assertEquals("u4pruydqqvj", GeoGrid.geohash(jutland, 11));
        assertEquals("7/67/38", GeoGrid.tile(jutland, 7));
        assertEquals("0/0/0", GeoGrid.tile(SpherePoint.ofDegrees(180, -90), 0));
        assertEquals("2/3/3", GeoGrid.tile(SpherePoint.ofDegrees(180, -90), 2));
    }

    @Test
    void what_names_no_cell_is_refused() {
        for (String name : List.of("", "abc", "u33db0000000x", "30/1/1", "2/4/0", "2/0/4", "1/2")) {
            assertThrows(SmilodonException.class, () -> GeoGrid.box(name), name);
        }
        for (long id : new long[] {0, -1, 2, Long.MAX_VALUE}) {
            assertThrows(SmilodonException.class, () -> GeoGrid.cellArea(id));
        }
    }
}
