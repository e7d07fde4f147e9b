package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NearRingsTest {

    private static final int POINTS = 500;

    private static final IndexDefinition SPHERE = index("2dsphere");
    private static final IndexDefinition PLANE = index("2d");

    private static IndexDefinition index(String kind) {
        return IndexDefinition.parse(
                ExtendedJson.readDocument("{\"key\": {\"a\": \"" + kind + "\"}}"));
    }

    private static Nearness all(PlanePoint center, Nearness.Metric metric) {
        return new Nearness(center, metric, 0, Double.POSITIVE_INFINITY);
    }

    /** Of places that lie evenly on the earth. */
    @Test
    void the_rings_around_many_places_are_few() {
        NearRings rings =
                new NearRings(all(new PlanePoint(10, 50), Nearness.Metric.RADIANS), SPHERE, false);
        long places = 200_000;
        double inside = 0;
        int found = 0;
        int count = 0;
        while (rings.advance(found)) {
            double until = places * (1 - Math.cos(rings.outer())) / 2;
            found = (int) (until - inside);
            inside = until;
            count++;
        }
        assertEquals(places, inside, 1);
        assertTrue(count < 250, "rings: " + count);
    }

    @Test
    void a_ring_leaves_out_what_others_have_asked_for_but_misses_no_place() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (Nearness.Metric metric : Nearness.Metric.values()) {
            PlanePoint center = place(random);
            Nearness nearness = all(center, metric);
            checkOnce(nearness, metric == Nearness.Metric.METRES ? SPHERE : PLANE, random, seed);
            if (metric == Nearness.Metric.RADIANS) {
                checkOnce(nearness, SPHERE, random, seed);
            }
        }
    }

    private static PlanePoint place(Random random) {
        return new PlanePoint(random.nextDouble() * 360 - 180, random.nextDouble() * 180 - 90);
    }

    /** A place is asked for in the ring where it lies, or in one before, and never twice. */
    private void checkOnce(Nearness nearness, IndexDefinition index, Random random, long seed) {
        boolean isSphere = index == SPHERE;
        PlaneGrid grid = PlaneGrid.of(index.options().ofType());
        List<PlanePoint> unread = new ArrayList<>();
        for (int count = 0; count < POINTS; count++) {
            unread.add(place(random));
        }
        NearRings rings = new NearRings(nearness, index, random.nextBoolean());
        IntervalSet asked = IntervalSet.NONE;
        int found = 0;
        while (rings.advance(found)) {
            IntervalSet cells = rings.cells();
            assertEquals(IntervalSet.NONE, cells.intersection(asked), "seed " + seed);
            asked = asked.union(cells);
            int before = unread.size();
            unread.removeIf(place -> cells.contains(key(place, isSphere, grid)));
            found = before - unread.size();
            for (PlanePoint place : unread) {
                double distance = distance(nearness, place);
                assertTrue(distance > rings.outer(), () -> "seed " + seed + ": " + place);
            }
        }
        assertEquals(List.of(), unread, "seed " + seed);
    }

    private static Value key(PlanePoint place, boolean isSphere, PlaneGrid grid) {
        long cell = isSphere ? SphereCell.of(place.onSphere()).id() : grid.first(grid.cell(place));
        return new Int64Value(cell);
    }

    private static double distance(Nearness nearness, PlanePoint place) {
        return switch (nearness.metric()) {
            case PLANE -> nearness.center().distance(place);
            case RADIANS -> nearness.center().onSphere().distance(place.onSphere());
            case METRES ->
                    nearness.center().onSphere().distance(place.onSphere())
                            * Nearness.EARTH_RADIUS_METRES;
        };
    }
}
