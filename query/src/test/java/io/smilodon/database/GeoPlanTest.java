package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

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
            documents.add(document("{'_id':" + id + ",'at':[" + longitude + "," + latitude + "]}"));
        }
        return documents;
    }

    private static Document document(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }
}
