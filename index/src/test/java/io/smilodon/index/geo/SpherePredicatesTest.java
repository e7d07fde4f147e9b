package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpherePredicatesTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40);
    private static final double CLOSE = 1e-7;

    /** The half-versed sine, which is exact for small distances and independent of vectors. */
    private static double haversine(SpherePoint one, SpherePoint other) {
        double phi1 = Math.toRadians(one.latitude());
        double phi2 = Math.toRadians(other.latitude());
        double dPhi = phi2 - phi1;
        double dLambda = Math.toRadians(other.longitude() - one.longitude());
        double h =
                Math.pow(Math.sin(dPhi / 2), 2)
                        + Math.cos(phi1) * Math.cos(phi2) * Math.pow(Math.sin(dLambda / 2), 2);
        return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    @RepeatedTest(20)
    void distances_are_those_of_the_haversine_formula() {
        long seed = Seeds.next();
        RandomShapes shapes = new RandomShapes(seed);
        SpherePoint one = shapes.point();
        SpherePoint other = shapes.point();
        assertEquals(haversine(one, other), one.distance(other), 1e-7, () -> "seed " + seed);
    }

    @Test
    void points_are_at_their_longitude_and_latitude() {
        SpherePoint point = SpherePoint.ofDegrees(-73.97, 40.77);
        assertEquals(-73.97, point.longitude(), 1e-12);
        assertEquals(40.77, point.latitude(), 1e-12);
        assertEquals(
                0, SpherePoint.ofDegrees(180, 10).distance(SpherePoint.ofDegrees(-180, 10)), 1e-15);
        assertEquals(0, SpherePoint.ofDegrees(17, 90).distance(SpherePoint.ofDegrees(-99, 90)), 0);
    }

    /** In the projection from the centre of the sphere, great circles are straight lines. */
    @Test
    void areas_contain_what_they_contain_in_gnomonic_projection() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            List<SpherePoint> star = shapes.star(center, radius);
            if (shapes.random().nextBoolean()) {
                star = star.reversed();
            }
            SpherePolygon area = new SpherePolygon(Loop.smaller(star), List.of());
            Path2D projected = projected(star, center);
            for (int probe = 0; probe < 30; probe++) {
                SpherePoint point = shapes.near(center, 1.5);
                if (probe % 2 == 0) {
                    point = shapes.near(center, radius);
                }
                if (area.distance(point) == 0 || area.distance(point) > CLOSE) {
                    double[] at = project(point, center);
                    boolean isClose = closeToEdge(area, point);
                    assertTrue(
                            isClose || projected.contains(at[0], at[1]) == area.contains(point),
                            () -> "seed " + seed);
                }
                assertFalse(area.contains(point.antipode()), () -> "seed " + seed);
            }
        }
    }

    private static boolean closeToEdge(SpherePolygon area, SpherePoint point) {
        return area.loops().stream().anyMatch(loop -> loop.edges().distance(point) < CLOSE);
    }

    private static Path2D projected(List<SpherePoint> ring, SpherePoint center) {
        Path2D path = new Path2D.Double();
        double[] start = project(ring.getFirst(), center);
        path.moveTo(start[0], start[1]);
        for (SpherePoint vertex : ring.subList(1, ring.size())) {
            double[] at = project(vertex, center);
            path.lineTo(at[0], at[1]);
        }
        path.closePath();
        return path;
    }

    private static double[] project(SpherePoint point, SpherePoint center) {
        SpherePoint one = center.perpendicular();
        SpherePoint other = center.cross(one);
        double depth = point.dot(center);
        return new double[] {point.dot(one) / depth, point.dot(other) / depth};
    }

    @Test
    void what_intersects_or_contains_is_shown_by_points_along_the_lines() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius();
            SpherePolygon area = shapes.withHole(center, radius);
            SphereLine line = shapes.line(center, radius);
            SpherePolygon inner = shapes.polygon(shapes.near(center, radius), radius / 4);
            boolean anyInside = samples(line.edges()).stream().anyMatch(area::contains);
            boolean allInside = samples(line.edges()).stream().allMatch(area::contains);
            assertTrue(area.intersects(line) || !anyInside, () -> "seed " + seed);
            assertTrue(allInside || !area.contains(line), () -> "seed " + seed);
            assertEquals(
                    crosses(area, line.edges()),
                    anyInside && !allInside || area.intersects(line) && !area.contains(line),
                    () -> "seed " + seed);
            boolean isWithin =
                    samples(inner.shell().edges()).stream().allMatch(area::contains)
                            && !inner.contains(area.loops().get(1).inside());
            assertTrue(isWithin || !area.contains(inner), () -> "seed " + seed);
            assertEquals(area.intersects(inner), inner.intersects(area), () -> "seed " + seed);
            assertTrue(
                    area.intersects(inner)
                            || samples(inner.shell().edges()).stream().noneMatch(area::contains),
                    () -> "seed " + seed);
        }
    }

    private static boolean crosses(SpherePolygon area, Edges edges) {
        for (Loop loop : area.loops()) {
            for (Arc edge : loop.edges().arcs()) {
                if (edges.arcs().stream().anyMatch(edge::crosses)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<SpherePoint> samples(Edges edges) {
        List<SpherePoint> samples = new ArrayList<>();
        for (Arc arc : edges.arcs()) {
            for (int step = 0; step <= 40; step++) {
                double share = step / 40.0;
                samples.add(arc.from().times(1 - share).plus(arc.to().times(share)).normalized());
            }
        }
        return samples;
    }

    @Test
    void distances_between_shapes_are_those_of_their_nearest_points() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            SphereGeometry one = shapes.geometry(center, 0.3);
            SphereGeometry other = shapes.geometry(shapes.near(center, 0.9), 0.3);
            double distance = one.distance(other, count -> {});
            assertEquals(distance, other.distance(one, count -> {}), 1e-9, () -> "seed " + seed);
            assertEquals(distance == 0, one.intersects(other), () -> "seed " + seed);
            double least = Math.PI;
            for (SphereLine line : other.lines()) {
                for (SpherePoint sample : samples(line.edges())) {
                    least = Math.min(least, one.distance(sample));
                }
            }
            double sampled = least;
            assertTrue(distance <= sampled + 1e-9, () -> "seed " + seed);
        }
    }

    @Test
    void caps_contain_what_is_near_their_centre() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            Cap cap = new Cap(center, shapes.random().nextDouble() * Math.PI);
            SphereLine line = shapes.line(shapes.point(), 1);
            SpherePolygon area = shapes.withHole(shapes.point(), 1);
            boolean isLineIn = samples(line.edges()).stream().allMatch(cap::contains);
            boolean isShellIn = samples(area.shell().edges()).stream().allMatch(cap::contains);
            assertTrue(isLineIn || !cap.contains(line), () -> "seed " + seed);
            assertTrue(isShellIn || !cap.contains(area), () -> "seed " + seed);
            boolean leavesOut = isShellIn && area.contains(cap.center().antipode());
            assertTrue(
                    cap.contains(area) || !isShellIn || leavesOut || isClose(cap, area),
                    () -> "seed " + seed);
        }
    }

    private static boolean isClose(Cap cap, SpherePolygon area) {
        double room = Math.PI - cap.radius();
        return area.distance(cap.center().antipode()) < room + 0.001;
    }

    @Test
    void the_smaller_side_of_a_ring_is_its_area_and_the_left_side_of_a_wound_one() {
        List<SpherePoint> ring =
                List.of(
                        SpherePoint.ofDegrees(0, 60),
                        SpherePoint.ofDegrees(90, 60),
                        SpherePoint.ofDegrees(180, 60),
                        SpherePoint.ofDegrees(-90, 60));
        SpherePoint pole = SpherePoint.ofDegrees(0, 90);
        SpherePoint equator = SpherePoint.ofDegrees(33, 0);
        assertTrue(Loop.smaller(ring).contains(pole));
        assertTrue(Loop.smaller(ring.reversed()).contains(pole));
        assertTrue(Loop.left(ring).contains(pole));
        assertFalse(Loop.left(ring.reversed()).contains(pole));
        assertTrue(Loop.left(ring.reversed()).contains(equator));
        assertEquals(4 * Math.PI, Loop.left(ring).area() + Loop.left(ring.reversed()).area(), 1e-9);
    }

    @Test
    void an_octant_is_an_eighth_of_the_sphere() {
        Loop octant =
                Loop.smaller(
                        List.of(
                                SpherePoint.ofDegrees(0, 0),
                                SpherePoint.ofDegrees(90, 0),
                                SpherePoint.ofDegrees(0, 90)));
        assertEquals(Math.PI / 2, octant.area(), 1e-12);
    }

    /** At 60 degrees north the way along the parallel is far south of the great circle. */
    @Test
    void edges_are_great_circles_not_parallels() {
        SpherePolygon area =
                new SpherePolygon(
                        Loop.smaller(
                                List.of(
                                        SpherePoint.ofDegrees(-60, 50),
                                        SpherePoint.ofDegrees(60, 50),
                                        SpherePoint.ofDegrees(60, 60),
                                        SpherePoint.ofDegrees(-60, 60))),
                        List.of());
        assertFalse(area.contains(SpherePoint.ofDegrees(0, 55)));
        assertTrue(area.contains(SpherePoint.ofDegrees(0, 70)));
    }

    @Test
    void points_on_an_edge_or_at_a_vertex_are_inside() {
        SpherePolygon area =
                new SpherePolygon(
                        Loop.smaller(
                                List.of(
                                        SpherePoint.ofDegrees(170, 0),
                                        SpherePoint.ofDegrees(-170, 0),
                                        SpherePoint.ofDegrees(-170, 10),
                                        SpherePoint.ofDegrees(170, 10))),
                        List.of());
        assertTrue(area.contains(SpherePoint.ofDegrees(180, 0)));
        assertTrue(area.contains(SpherePoint.ofDegrees(-170, 5)));
        assertTrue(area.contains(SpherePoint.ofDegrees(170, 10)));
        assertTrue(area.contains(SpherePoint.ofDegrees(-179, 5)));
        assertFalse(area.contains(SpherePoint.ofDegrees(0, 5)));
        assertFalse(area.contains(SpherePoint.ofDegrees(180, -0.001)));
    }
}
