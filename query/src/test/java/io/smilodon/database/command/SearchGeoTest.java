package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Places in searches. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchGeoTest {

    /** The radius of Lucene's sphere. */
    private static final double RADIUS = 6_371_008.7714;

    private static final String ROME = "{'type': 'Point', 'coordinates': [12.5, 41.9]}";

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
        server.index(
                "places",
                "{'mappings': {'fields': {'spot': {'type': 'geo', 'indexShapes': true},"
                        + " 'in': {'type': 'document', 'fields': {'town': {'type': 'geo'}}},"
                        + " 'age': {'type': 'number'}}}}");
        server.insert(
                "{'_id': 20, 'age': 1, 'spot': %s}".formatted(ROME),
                "{'_id': 21, 'age': 2, 'spot': {'type': 'Point', 'coordinates': [9.2, 45.5]}}",
                "{'_id': 22, 'spot': {'type': 'Polygon', 'coordinates': [[[12, 41], [13, 41], [13, 43],"
                        + " [12, 43], [12, 41]]]}}",
                "{'_id': 23, 'spot': {'type': 'LineString', 'coordinates': [[9, 45], [13, 42]]}}",
                "{'_id': 24, 'spot': [{'type': 'Point', 'coordinates': [0, 0]}, 7, %s]}"
                        .formatted(ROME),
                "{'_id': 25, 'in': {'town': {'type': 'MultiPoint', 'coordinates': [[1, 1],"
                        + " [179.9, 1]]}}}",
                // what is no valid GeoJSON is left out, and keeps nothing else from being found
                "{'_id': 26, 'age': 3, 'spot': {'type': 'Polygon', 'coordinates': [[[0, 0], [2, 2],"
                        + " [2, 0], [0, 2], [0, 0]]]}}",
                "{'_id': 27, 'age': 3, 'spot': {'type': 'Point', 'coordinates': [200, 0]}}",
                "{'_id': 28, 'age': 3, 'spot': [12.5, 41.9]}");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    static Stream<String[]> found() throws IOException {
        return SearchOperatorsTest.lines("geo.txt");
    }

    @ParameterizedTest
    @MethodSource("found")
    void finds(String search, String ids) {
        String whole =
                search.replace("ROME", ROME)
                        .replaceAll(
                                "P\\((\\S+) (\\S+)\\)",
                                "{'type': 'Point', 'coordinates': [$1, $2]}");
        assertEquals(ids.strip(), server.found(whole), whole);
    }

    @Test
    void near_points_score_by_their_distance() {
        String stages =
                "{'$search': {'index': 'places', 'near': {'path': 'spot', 'origin': {'type': 'Point',"
                        + " 'coordinates': [12.5, 42.9]}, 'pivot': 111195}}}, {'$project': {'s':"
                        + " {'$meta': 'searchScore'}}}";
        List<Document> all = server.run(stages);
        assertEquals("20 24 21", SearchServer.ids(all));
        assertEquals(0.5, ((NumberValue) all.get(0).get("s")).toDouble(), 1e-4);
    }

    /** MongoDB's documentation shows these three, and their scores. */
    @Test
    void scores_are_those_of_mongodb() {
        try (SearchServer own = new SearchServer()) {
            own.index("places", "{'mappings': {'fields': {'at': {'type': 'geo'}}}}");
            own.insert(
                    "{'_id': 40, 'at': {'type': 'Point', 'coordinates': [-8.61308, 41.1413]}}",
                    "{'_id': 41, 'at': {'type': 'Point', 'coordinates': [-8.61294, 41.14126]}}",
                    "{'_id': 42, 'at': {'type': 'Point', 'coordinates': [-8.61318, 41.14107]}}");
            List<Document> found =
                    own.run(
                            "{'$search': {'index': 'places', 'near': {'path': 'at', 'pivot': 1000,"
                                    + " 'origin': {'type': 'Point', 'coordinates': [-8.61308,"
                                    + " 41.1413]}}}}, {'$set': {'s': {'$meta': 'searchScore'}}}");
            assertEquals("40 41 42", SearchServer.ids(found));
            assertEquals(
                    "[1.0, 0.9876177310943604, 0.973789632320404]",
                    found.stream().map(one -> one.get("s")).toList() + "");
        }
    }

    private record Place(int id, double longitude, double latitude) {

        String json() {
            return "{'type': 'Point', 'coordinates': [%s, %s]}".formatted(longitude, latitude);
        }

        double metresTo(Place other) {
            double north = Math.toRadians(other.latitude - latitude);
            double east = Math.toRadians(other.longitude - longitude);
            double square =
                    Math.pow(Math.sin(north / 2), 2)
                            + Math.cos(Math.toRadians(latitude))
                                    * Math.cos(Math.toRadians(other.latitude))
                                    * Math.pow(Math.sin(east / 2), 2);
            return 2 * RADIUS * Math.asin(Math.sqrt(Math.min(1, square)));
        }
    }

    private static Place place(Random random, int id) {
        return new Place(id, random.nextDouble() * 360 - 180, random.nextDouble() * 180 - 90);
    }

    /** Places within a centimetre of an edge are not asked for: Lucene rounds degrees. */
    @RepeatedTest(3)
    void points_within_shapes_agree_with_every_point() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<Place> places = new ArrayList<>();
        for (int id = 0; id < 100; id++) {
            places.add(place(random, 1_000 + id));
        }
        try (SearchServer own = new SearchServer()) {
            own.index("places", "{'mappings': {'fields': {'at': {'type': 'geo'}}}}");
            own.insert(
                    places.stream()
                            .map(one -> "{'_id': %d, 'at': %s}".formatted(one.id, one.json()))
                            .toArray(String[]::new));
            for (int i = 0; i < 30; i++) {
                Place center = place(random, 0);
                agreeInCircle(own, places, center, Math.pow(10, 3 + 4.3 * random.nextDouble()));
                agreeInBox(own, places, center, place(random, 0));
            }
        } catch (AssertionError wrong) {
            throw new AssertionError("seed " + seed, wrong);
        }
    }

    private static void agreeInCircle(
            SearchServer own, List<Place> places, Place center, double radius) {
        String circle = "{'center': %s, 'radius': %s}".formatted(center.json(), radius);
        TreeSet<Integer> found = within(own, "'circle': " + circle);
        for (Place place : places) {
            double beyond = place.metresTo(center) - radius;
            assertTrue(
                    Math.abs(beyond) < 1 || found.contains(place.id) == beyond < 0,
                    () -> place + " in " + circle);
        }
        String near =
                own.found(
                        "{'index': 'places', 'near': {'path': 'at', 'origin': %s, 'pivot': 1000}}"
                                .formatted(center.json()));
        assertNearestFirst(places, ids(near), place -> place.metresTo(center));
    }

    private static void assertNearestFirst(
            List<Place> places, List<Integer> found, ToDoubleFunction<Place> distance) {
        assertEquals(places.size(), found.size());
        double last = 0;
        for (int id : found) {
            Place place = places.get(id - 1_000);
            double metres = distance.applyAsDouble(place);
            double before = last;
            // Scores are floats: of far places they hardly differ.
            assertTrue(metres > before * (1 - 1e-5) - 1, () -> place + " behind " + before);
            last = metres;
        }
    }

    private static void agreeInBox(SearchServer own, List<Place> places, Place one, Place other) {
        Place low = new Place(0, one.longitude, Math.min(one.latitude, other.latitude));
        Place high = new Place(0, other.longitude, Math.max(one.latitude, other.latitude));
        String box = "{'bottomLeft': %s, 'topRight': %s}".formatted(low.json(), high.json());
        TreeSet<Integer> found = within(own, "'box': " + box);
        for (Place place : places) {
            boolean isBetween =
                    low.longitude <= high.longitude
                            ? low.longitude <= place.longitude && place.longitude <= high.longitude
                            : low.longitude <= place.longitude || place.longitude <= high.longitude;
            boolean isInside =
                    isBetween && low.latitude <= place.latitude && place.latitude <= high.latitude;
            assertEquals(isInside, found.contains(place.id), () -> place + " in " + box);
        }
    }

    private static TreeSet<Integer> within(SearchServer own, String shape) {
        String search = "{'index': 'places', 'geoWithin': {'path': 'at', %s}}".formatted(shape);
        return new TreeSet<>(ids(own.found(search)));
    }

    private static List<Integer> ids(String found) {
        return found.isEmpty()
                ? List.of()
                : List.of(found.split(" ")).stream()
                        .map(Integer::valueOf)
                        .collect(Collectors.toList());
    }

    @Test
    void documents_too_large_to_be_cut_into_triangles_are_left_out() {
        StringBuilder ring = new StringBuilder();
        for (int i = 0; i <= 10_000; i++) {
            double angle = 2 * Math.PI * (i % 10_000) / 10_000;
            ring.append(i == 0 ? "" : ", ")
                    .append("[%s, %s]".formatted(50 + Math.cos(angle), 50 + Math.sin(angle)));
        }
        server.insert(
                "{'_id': 30, 'spot': {'type': 'Polygon', 'coordinates': [[%s]]}}".formatted(ring));
        assertEquals(
                "",
                server.found(
                        "{'index': 'places', 'geoShape': {'path': 'spot', 'relation': 'contains',"
                                + " 'geometry': {'type': 'Point', 'coordinates': [50, 50]}}}"));
        server.commands().ok("{'delete': 'books', 'deletes': [{'q': {'_id': 30}, 'limit': 1}]}");
    }
}
