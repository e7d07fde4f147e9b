package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules on places, through the facade. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeoRulesTest {

    private static final String POLYGON =
            "{'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}";

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection places = smilodon.database("d").collection("places");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static Document read(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    private void insert(String... documents) {
        for (String document : documents) {
            places.insertOne(read(document));
        }
    }

    private List<String> ids(String filter) {
        return ids(FindRequest.of(read(filter)));
    }

    private List<String> ids(FindRequest request) {
        return ids(places, request);
    }

    private static List<String> ids(DocumentCollection places, FindRequest request) {
        List<String> ids = new ArrayList<>();
        try (DocumentCursor cursor = places.find(request)) {
            while (cursor.hasNext()) {
                ids.add(ValueText.of(cursor.next().get("_id")));
            }
        }
        return ids;
    }

    private int codeOf(Runnable failing) {
        return assertThrows(SmilodonException.class, failing::run).code().number();
    }

    private String plan(String filter) {
        return ValueText.of(places.explain(FindRequest.of(read(filter)), Verbosity.QUERY_PLANNER));
    }

    @Test
    void rule_114_documents_without_a_place_are_not_in_the_index_and_invalid_ones_are_refused() {
        places.createIndex(read("{'key':{'at':'2dsphere'}}"));
        insert("{'_id':1}", "{'_id':2,'at':null}", "{'_id':3,'at':[]}", "{'_id':4,'at':[180,-90]}");

        assertEquals(List.of("4"), ids("{'at':{'$nearSphere':[0,0]}}"));
        for (String invalid :
                List.of(
                        "[181,0]",
                        "[0,91]",
                        "'here'",
                        "{'type':'Polygon','coordinates':[[[0,0],[1,1],[0,1]]]}",
                        "{'type':'LineString','coordinates':[[0,0]]}")) {
            assertEquals(16755, codeOf(() -> insert("{'at':" + invalid + "}")), invalid);
        }
        assertEquals(4, places.count(Document.EMPTY));
        assertTrue(places.verify().isEmpty());
    }

    @Test
    void rule_115_near_needs_an_index_stands_at_the_top_and_sorts() {
        insert("{'_id':1,'at':[2,0]}", "{'_id':2,'at':[1,0]}", "{'_id':3,'at':" + POLYGON + "}");
        assertEquals(291, codeOf(() -> ids("{'at':{'$nearSphere':[0,0]}}")));

        places.createIndex(read("{'key':{'at':'2dsphere'}}"));
        assertEquals(2, codeOf(() -> ids("{'$or':[{'at':{'$nearSphere':[0,0]}},{'_id':1}]}")));
        assertEquals(List.of("3", "2", "1"), ids("{'at':{'$nearSphere':[-1,-1]}}"));
        assertEquals(
                List.of("1", "2", "3"),
                ids(
                        FindRequest.of(read("{'at':{'$nearSphere':[-1,-1]}}"))
                                .withSort(Document.of("_id", Value.of(1)))));
        String point = "{'$geometry':{'type':'Point','coordinates':[-1,0]},'$maxDistance':";
        assertEquals(List.of("3"), ids("{'at':{'$near':" + point + "111400}}}"));
        assertEquals(List.of(), ids("{'at':{'$near':" + point + "111200}}}"));
        assertEquals(List.of("3"), ids("{'at':{'$nearSphere':[-1,0],'$maxDistance':0.0175}}"));
        assertEquals(List.of(), ids("{'at':{'$nearSphere':[-1,0],'$maxDistance':0.0174}}"));
    }

    @Test
    void rule_116_within_works_without_index_and_takes_the_smaller_side() {
        insert("{'_id':1,'at':[5,5]}", "{'_id':2,'at':[-5,5]}");
        String within = "{'at':{'$geoWithin':{'$geometry':" + POLYGON + "}}}";
        String other = within.replace("[10,0],[10,10],[0,10]", "[0,10],[10,10],[10,0]");
        String wound =
                other.replace(
                        "'coordinates'",
                        "'crs':{'type':'name','properties':{'name':"
                                + "'urn:x-mongodb:crs:strictwinding:EPSG:4326'}},'coordinates'");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of("1"), ids(within));
            assertEquals(List.of("1"), ids(other));
            assertEquals(List.of("2"), ids(wound));
            places.createIndex(read("{'key':{'at':'2dsphere'},'name':'at'}"));
        }
        assertTrue(plan(within).contains("IXSCAN"), plan(within));
    }

    @Test
    void an_index_of_places_serves_only_filters_that_ask_for_places() {
        places.createIndex(read("{'key':{'k':1,'at':'2dsphere'},'name':'at'}"));
        insert("{'_id':1,'k':1}", "{'_id':2,'k':1,'at':[1,1]}");

        assertEquals(List.of("1", "2"), ids("{'k':1}"));
        assertTrue(plan("{'k':1}").contains("COLLSCAN"));
        assertEquals(
                291, codeOf(() -> ids(FindRequest.of(read("{'k':1}")).withHint(Value.of("at")))));
        assertTrue(plan("{'k':1,'at':{'$nearSphere':[0,0]}}").contains("GEO_NEAR_2DSPHERE"));
    }

    @Test
    void transactions_see_their_own_places_through_the_index() {
        places.createIndex(read("{'key':{'at':'2dsphere'},'name':'at'}"));
        insert("{'_id':1,'at':[1,1]}", "{'_id':2,'at':[2,2]}", "{'_id':3,'at':[3,3]}");
        String near = "{'at':{'$nearSphere':[0,0]}}";
        String within = "{'at':{'$geoWithin':{'$centerSphere':[[0,0],0.04]}}}";
        FindRequest indexed = FindRequest.of(read(within)).withHint(Value.of("at"));
        smilodon.transaction(
                transaction -> {
                    DocumentCollection own = transaction.database("d").collection("places");
                    own.deleteOne(read("{'_id':1}"));
                    own.updateOne(read("{'_id':3}"), read("{'$set':{'at':[0,1]}}"));
                    own.insertOne(read("{'_id':4,'at':[0,0]}"));
                    assertEquals(List.of("4", "3", "2"), ids(own, FindRequest.of(read(near))));
                    assertEquals(Set.of("4", "3"), Set.copyOf(ids(own, indexed)));
                    assertEquals(List.of("1", "2", "3"), ids(near));
                    assertEquals(List.of("1"), ids(indexed));
                    return true;
                });
        assertEquals(List.of("4", "3", "2"), ids(near));
        assertEquals(Set.of("4", "3"), Set.copyOf(ids(indexed)));
        assertTrue(places.verify().isEmpty());
    }

    /** Ranges of large cells hold more than a circle does: the entries tell what lies outside. */
    @Test
    void documents_outside_a_circle_in_a_plane_are_not_read() {
        places.createIndex(read("{'key': {'q': '2d'}}"));
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 40; y++) {
                insert("{'q': [%d, %d]}".formatted(x, y));
            }
        }
        FindRequest request =
                FindRequest.of(read("{'q': {'$geoWithin': {'$center': [[20, 20], 7.3]}}}"))
                        .withHint(read("{'q': '2d'}"));
        Document ran =
                (Document) places.explain(request, Verbosity.EXECUTION_STATS).get("executionStats");

        assertEquals(ids(request).size(), number(ran, "totalDocsExamined"));
        assertTrue(number(ran, "totalKeysExamined") > number(ran, "totalDocsExamined"));
    }

    private static long number(Document document, String name) {
        return ((NumberValue) document.get(name)).toLong();
    }
}
