package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Geometries made of others, against the predicates of the sphere at random points. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SphereOperationsTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40);
    private static final int POINTS = 40;
    private static final double CLOSE = 1e-7;
    private static final LongConsumer ANY = count -> {};

    private static double toEdges(SphereGeometry geometry, SpherePoint point) {
        double least = Math.PI;
        for (Edges edges : geometry.edges()) {
            least = Math.min(least, edges.distance(point));
        }
        return least;
    }

    private static boolean has(Optional<SphereGeometry> geometry, SpherePoint point) {
        return geometry.filter(some -> some.intersects(SphereGeometry.of(point))).isPresent();
    }

    private static boolean has(SphereGeometry geometry, SpherePoint point) {
        return has(Optional.of(geometry), point);
    }

    private static SphereGeometry written(SphereGeometry geometry) {
        return StoredGeometry.onSphere(GeoJsonWriter.write(geometry));
    }

    @Test
    void unions_and_intersections_have_the_points_that_they_should() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() / 3;
            SphereGeometry one = shapes.geometry(center, radius);
            SphereGeometry other = shapes.geometry(shapes.near(center, radius), radius);
            Optional<SphereGeometry> union = SphereOverlay.union(List.of(one, other), ANY);
            Optional<SphereGeometry> common = SphereOverlay.intersection(List.of(one, other), ANY);
            for (int count = 0; count < POINTS; count++) {
                SpherePoint point = shapes.near(center, 2 * radius);
                if (Math.min(toEdges(one, point), toEdges(other, point)) > CLOSE) {
                    boolean inOne = has(one, point);
                    boolean inOther = has(other, point);
                    assertEquals(inOne || inOther, has(union, point), () -> "seed " + seed);
                    assertEquals(inOne && inOther, has(common, point), () -> "seed " + seed);
                }
            }
            for (SpherePoint vertex : one.vertices()) {
                assertTrue(written(union.get()).distance(vertex) < CLOSE, () -> "seed " + seed);
            }
        }
    }

    @Test
    void the_areas_of_union_and_intersection_add_up() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() / 3;
            SphereGeometry one = SphereGeometry.of(shapes.withHole(center, radius));
            SphereGeometry other =
                    SphereGeometry.of(shapes.polygon(shapes.near(center, radius), radius));
            double union = written(SphereOverlay.union(List.of(one, other), ANY).get()).area();
            double common =
                    SphereOverlay.intersection(List.of(one, other), ANY)
                            .map(SphereOperationsTest::written)
                            .map(SphereGeometry::area)
                            .orElse(0.0);
            assertEquals(
                    one.area() + other.area(), union + common, 1e-8 * radius, () -> "seed " + seed);
        }
    }

    @Test
    void buffers_are_as_wide_as_they_say() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() / 4;
            SphereGeometry place = shapes.geometry(center, radius);
            double distance = radius * (0.01 + shapes.random().nextDouble());
            SphereGeometry wide = SphereBuffer.of(place, distance).get();
            Optional<SphereGeometry> narrow = SphereBuffer.of(place, -distance / 8);
            for (int count = 0; count < POINTS; count++) {
                SpherePoint point = shapes.near(center, 3 * radius);
                double away = place.distance(point);
                if (Math.abs(away - distance) > distance * SphereBuffer.ERROR_SHARE) {
                    assertEquals(away < distance, has(wide, point), () -> "seed " + seed);
                }
                double deep = toEdges(place, point);
                if (Math.abs(deep - distance / 8) > distance / 8 * SphereBuffer.ERROR_SHARE) {
                    boolean isInside =
                            place.polygons().stream().anyMatch(area -> area.contains(point));
                    boolean isLeft =
                            place.polygons().stream()
                                    .anyMatch(
                                            area ->
                                                    area.contains(point)
                                                            && toEdges(
                                                                            SphereGeometry.of(area),
                                                                            point)
                                                                    > distance / 8);
                    assertEquals(isInside && isLeft, has(narrow, point), () -> "seed " + seed);
                }
            }
        }
    }

    @Test
    void what_simplifying_leaves_out_is_near() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() / 2;
            SphereGeometry place = shapes.geometry(center, radius);
            double tolerance = radius * shapes.random().nextDouble() / 2;
            SphereGeometry simple =
                    written(new SphereSimplifier(() -> {}).simplified(place, tolerance));
            assertEquals(place.polygons().size(), simple.polygons().size());
            for (SpherePoint vertex : place.vertices()) {
                double away =
                        Math.min(
                                toEdges(simple, vertex),
                                simple.points().stream()
                                        .mapToDouble(vertex::distance)
                                        .min()
                                        .orElse(Math.PI));
                assertTrue(away <= tolerance + Arc.TOUCHING, () -> "seed " + seed);
            }
        }
    }

    @Test
    void relations_are_those_of_the_predicates() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            RandomShapes shapes = new RandomShapes(seed);
            SpherePoint center = shapes.point();
            double radius = shapes.radius() / 3;
            SphereGeometry one = shapes.geometry(center, radius);
            double share = shapes.random().nextDouble();
            SphereGeometry other =
                    SphereGeometry.of(shapes.polygon(shapes.near(center, radius), radius * share));
            SphereRelation relation = SphereRelation.of(one, other, ANY);
            assertEquals(
                    one.intersects(other), !relation.matches("FF*FF****"), () -> "seed " + seed);
            assertEquals(other.contains(one), relation.matches("T*F**F***"), () -> "seed " + seed);
        }
    }

    @Test
    void what_touches_within_millimetres_touches() {
        SphereGeometry line =
                SphereGeometry.of(
                        new SphereLine(
                                List.of(
                                        SpherePoint.ofDegrees(0, 50),
                                        SpherePoint.ofDegrees(40, 53))));
        SpherePoint on = line.lines().get(0).edges().arcs().get(0).at(0.3);
        SphereGeometry area =
                written(
                        SphereGeometry.of(
                                new SpherePolygon(
                                        Loop.smaller(
                                                List.of(
                                                        on,
                                                        SpherePoint.ofDegrees(25, 60),
                                                        SpherePoint.ofDegrees(20, 60))),
                                        List.of())));
        assertEquals("F01FF0212", SphereRelation.of(line, area, ANY).matrix());
    }

    @Test
    void geometries_that_do_not_fit_together_are_refused() {
        SphereGeometry here = SphereGeometry.of(SpherePoint.ofDegrees(0, 0));
        SphereGeometry beyond = SphereGeometry.of(SpherePoint.ofDegrees(179, 0));
        SphereGeometry many =
                new SphereGeometry(
                        Collections.nCopies(
                                SphereOverlay.VERTICES_MAX, SpherePoint.ofDegrees(0, 0)),
                        List.of(),
                        List.of());
        assertTrue(SphereOverlay.intersection(List.of(here, beyond), ANY).isEmpty());
        assertTrue(SphereOverlay.union(List.of(many), ANY).isPresent());
        assertBadValue(() -> SphereOverlay.union(List.of(here, beyond), ANY));
        assertBadValue(() -> SphereOverlay.union(List.of(here, many), ANY));
        assertBadValue(() -> SphereBuffer.of(here, Math.PI / 2));
        assertBadValue(() -> SphereBuffer.of(many, 1e-3));
    }

    @Test
    void two_combs_are_refused_before_they_fill_the_memory() {
        List<SpherePoint> along = new ArrayList<>();
        List<SpherePoint> across = new ArrayList<>();
        for (int tooth = 0; tooth < 300; tooth++) {
            double there = tooth % 2 == 0 ? 0 : 9;
            along.add(SpherePoint.ofDegrees(there, tooth * 0.03));
            across.add(SpherePoint.ofDegrees(tooth * 0.03, there));
        }
        SphereGeometry one = SphereGeometry.of(new SphereLine(along));
        SphereGeometry other = SphereGeometry.of(new SphereLine(across));
        assertBadValue(() -> SphereOverlay.union(List.of(one, other), ANY));
        assertBadValue(() -> SphereRelation.of(one, other, ANY));
    }

    private static void assertBadValue(Runnable work) {
        assertEquals(2, assertThrows(SmilodonException.class, work::run).code().number());
    }
}
