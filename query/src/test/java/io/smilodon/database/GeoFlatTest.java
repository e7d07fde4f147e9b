package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What is inside of polygons with holes, and of islands in these, anywhere on the sphere: as flat
 * geometry says, which shares nothing with the predicates of queries and indexes.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeoFlatTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40) / 4;
    private static final int POINTS = 40;

    private static final Document INDEX = Json.doc("{'key': {'a': '2dsphere'}, 'name': 'g'}");

    private static final double[][] PLACES = {
        {0, 90}, {70, -90}, {180, 10}, {-179.9, -75}, {12, 89.5}, {-90, 0}, {33, 47}
    };

    /** How much smaller than the star its hole is, and the island in that. */
    private static final double[] SCALES = {1, 0.6, 0.3};

    private long seed;
    private Random random;
    private TouchingPlane plane;
    private List<double[]> star;

    private void draw() {
        seed = Seeds.next();
        random = new Random(seed);
        double[] place = PLACES[random.nextInt(PLACES.length)];
        plane = new TouchingPlane(place);
        star = TouchingPlane.star(random, Math.pow(10, -4 * random.nextDouble()));
    }

    /** On the land of the star or of the island. */
    private boolean isInside(double[] point) {
        boolean isInside = false;
        for (double scale : SCALES) {
            isInside ^= TouchingPlane.isInside(TouchingPlane.scaled(star, scale), point);
        }
        return isInside;
    }

    private String ring(int number) {
        return plane.ring(TouchingPlane.scaled(star, SCALES[number]));
    }

    private String land() {
        return "{'type': 'MultiPolygon', 'coordinates': [[%s, %s], [%s]]}"
                .formatted(ring(0), ring(1), ring(2));
    }

    /** Some way off all edges, in and around the star, more of them towards its middle. */
    private double[] point() {
        double angle = 2 * Math.PI * random.nextDouble();
        double[] corner = star.get(random.nextInt(star.size()));
        double distance = 1.3 * random.nextDouble() * Math.hypot(corner[0], corner[1]);
        double[] point = {distance * Math.cos(angle), distance * Math.sin(angle)};
        double[] farther = {point[0] * (1 + 1e-4), point[1] * (1 + 1e-4)};
        double[] nearer = {point[0] * (1 - 1e-4), point[1] * (1 - 1e-4)};
        boolean isApart = isInside(farther) == isInside(nearer);
        return isApart ? point : point();
    }

    private static Set<String> ids(DocumentCollection places, String filter, boolean isIndexed) {
        FindRequest asked = FindRequest.of(Json.doc(filter));
        Document scan = Document.of("$natural", Value.of(1));
        FindRequest hinted = isIndexed ? asked.withHint(Value.of("g")) : asked.withHint(scan);
        Set<String> ids = new TreeSet<>();
        try (DocumentCursor cursor = places.find(hinted)) {
            cursor.forEachRemaining(found -> ids.add(Json.text(found.get("_id"))));
        }
        return ids;
    }

    private void requireFound(Set<String> expected, DocumentCollection places, String filter) {
        for (boolean isIndexed : List.of(true, false)) {
            assertEquals(
                    expected, ids(places, filter, isIndexed), () -> "seed " + seed + ": " + filter);
        }
    }

    private static Set<String> ids(List<double[]> points, Predicate<Integer> isMeant) {
        Set<String> ids = new TreeSet<>();
        for (int id = 0; id < points.size(); id++) {
            if (isMeant.test(id)) {
                ids.add(Integer.toString(id));
            }
        }
        return ids;
    }

    @Test
    void points_are_found_on_the_land_and_not_in_its_holes() {
        int found = 0;
        for (int round = 0; round < CASES; round++) {
            draw();
            List<double[]> points = new ArrayList<>();
            try (Smilodon smilodon = Smilodon.inMemory()) {
                DocumentCollection places = smilodon.database("d").collection("places");
                places.createIndex(INDEX);
                for (int id = 0; id < POINTS; id++) {
                    points.add(point());
                    String one = plane.pair(points.get(id));
                    String other = plane.pair(points.get(Math.max(0, id - 1)));
                    String several =
                            "{'_id': %d, 'a': {'type': 'MultiPoint', 'coordinates': [%s, %s]}}";
                    places.insertOne(Json.doc(several.formatted(id, one, other)));
                }
                Predicate<Integer> last = id -> isInside(points.get(id));
                Predicate<Integer> before = id -> isInside(points.get(Math.max(0, id - 1)));
                String land = "{'a': {'%s': {'$geometry': " + land() + "}}}";
                Set<String> any = ids(points, last.or(before));
                requireFound(any, places, land.formatted("$geoIntersects"));
                requireFound(ids(points, last.and(before)), places, land.formatted("$geoWithin"));
                found += any.size();
            }
        }
        assertTrue(found > CASES && found < CASES * POINTS, "found: " + found);
    }

    @Test
    void land_is_found_by_what_is_on_it_and_not_by_what_is_in_its_holes() {
        for (int round = 0; round < CASES; round++) {
            draw();
            try (Smilodon smilodon = Smilodon.inMemory()) {
                DocumentCollection places = smilodon.database("d").collection("places");
                places.createIndex(INDEX);
                places.insertOne(Json.doc("{'_id': 0, 'a': " + land() + "}"));
                for (int i = 0; i < POINTS; i++) {
                    double[] point = point();
                    String filter =
                            "{'a': {'$geoIntersects': {'$geometry': {'type': 'GeometryCollection',"
                                    + " 'geometries': [{'type': 'Point', 'coordinates': %s}]}}}}"
                                            .formatted(plane.pair(point));
                    Set<String> expected = isInside(point) ? Set.of("0") : Set.of();
                    requireFound(expected, places, filter);
                }
            }
        }
    }
}
