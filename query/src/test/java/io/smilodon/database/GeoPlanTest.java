package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an index of places is worth it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeoPlanTest {

    private static final int DOCUMENTS = 2_000;
    private static final int TOWNS = 8;

    /** More than a look into the index counts, which no guess about so many cells replaces. */
    @Test
    void a_shape_around_a_town_is_read_by_its_cells() {
        assertEquals("IXSCAN", plan("2dsphere", "{'$centerSphere':[[3,50],0.002]}"));
        assertEquals("IXSCAN", plan("2d", "{'$center':[[3,50],0.12]}"));
    }

    @Test
    void a_shape_around_everything_is_not() {
        assertEquals("COLLSCAN", plan("2dsphere", "{'$centerSphere':[[3,50],0.5]}"));
        assertEquals("COLLSCAN", plan("2d", "{'$center':[[3,50],40]}"));
    }

    /** Each ring would ask for the places under every name. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",'$maxDistance':50000", ",'$minDistance':1000"})
    void the_nearest_are_not_looked_for_under_all_values_of_another_field(String distances) {
        String near = "{'$near':{'$geometry':{'type':'Point','coordinates':[3,50]}%s}}";
        Document filter = document("{'at':" + near.formatted(distances) + "}");
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection places = smilodon.database("test").collection("places");
            places.createIndex(document("{'key':{'name':1,'at':'2dsphere'},'name':'a'}"));
            places.createIndex(document("{'key':{'at':'2dsphere'},'name':'b'}"));
            places.insertMany(documents(), true);
            assertEquals("b", index(places, filter));
            assertEquals("a", index(places, filter.with("name", Value.of("n7"))));
        }
    }

    private static String index(DocumentCollection places, Document filter) {
        Document explained = places.explain(FindRequest.of(filter), Verbosity.QUERY_PLANNER);
        String text = ExtendedJson.write(explained, JsonMode.RELAXED);
        String winner = text.substring(text.indexOf("winningPlan"));
        String name = "\"indexName\":\"";
        int at = winner.indexOf(name) + name.length();
        return winner.substring(at, winner.indexOf('"', at));
    }

    private static String plan(String type, String shape) {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection places = smilodon.database("test").collection("places");
            places.createIndex(document("{'key':{'at':'" + type + "'}}"));
            places.insertMany(documents(), true);
            FindRequest request = FindRequest.of(document("{'at':{'$geoWithin':" + shape + "}}"));
            Document explained = places.explain(request, Verbosity.EXECUTION_STATS);
            String text = ExtendedJson.write(explained, JsonMode.RELAXED);
            assertTrue(text.contains("\"executionSuccess\":true"), text);
            String winner = text.substring(0, text.indexOf("rejectedPlans"));
            return winner.contains("COLLSCAN") ? "COLLSCAN" : "IXSCAN";
        }
    }

    private static List<Document> documents() {
        Random random = new Random(7);
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < DOCUMENTS; id++) {
            double longitude = id % TOWNS + 0.1 * random.nextDouble() - 0.05;
            double latitude = 50 + 0.1 * random.nextDouble() - 0.05;
            String at = "[" + longitude + "," + latitude + "]";
            documents.add(document("{'_id':" + id + ",'name':'n" + id + "','at':" + at + "}"));
        }
        return documents;
    }

    private static Document document(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }
}
