package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases, collections and their properties as clients written for RESTHeart see them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartCatalogueTest {

    private static final String ROOT = "/restheart";
    private static final String DB = ROOT + "/shop";
    private static final String COLL = DB + "/items";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer patch(String path, String body, String... tag) {
        String[] headers =
                tag.length == 0
                        ? new String[] {"Content-Type", "application/json"}
                        : new String[] {"Content-Type", "application/json", "If-Match", tag[0]};
        return http.send("PATCH", path, body, headers);
    }

    @Test
    void databases_and_collections_are_listed_by_name() {
        http.put(DB, "{}");
        http.put(ROOT + "/bakery", "{}");
        http.put(COLL, "{}");
        http.put(DB + "/about", "{}");
        assertEquals("[\"bakery\",\"shop\"]", http.get(ROOT).text());
        assertEquals("[\"shop\"]", http.get(ROOT + "?pagesize=1&page=2").text());
        assertEquals("[\"about\",\"items\"]", http.get(DB).text());
        assertEquals(Value.of(2), http.get(ROOT + "/_size").get("_size"));
        assertEquals(Value.of(2), http.get(DB + "/_size").get("_size"));
        Document hal = http.get(DB + "?rep=HAL").json();
        assertEquals(Value.of(2), hal.get("_size"));
        assertTrue(((Document) hal.get("_embedded")).get("rh:coll") instanceof ArrayValue);
        assertEquals(404, http.get(ROOT + "/none").status());
        assertEquals(404, http.get(ROOT + "/none/_size").status());
    }

    /** Collections have names, which a database cannot make up. */
    @Test
    void what_a_route_does_not_know_is_refused_with_what_it_knows() {
        http.put(DB, "{}");
        for (String path : new String[] {DB, DB + "/", ROOT}) {
            Http.Answer answer = http.post(path, "{}");
            assertEquals(405, answer.status(), path);
            Set<String> allowed = Set.of(answer.header("Allow").split(", ?"));
            assertTrue(allowed.containsAll(Set.of("GET", "HEAD")), allowed::toString);
            assertEquals(!path.equals(ROOT), allowed.contains("PUT"), allowed::toString);
            assertFalse(allowed.contains("POST"), allowed::toString);
        }
        assertEquals(404, http.post("/nowhere", "{}").status());
    }

    @Test
    void properties_are_replaced_and_changed() {
        assertEquals(404, http.put(COLL, "{}").status());
        assertEquals(201, http.put(DB, "{\"descr\": \"a shop\"}").status());
        assertEquals(200, http.put(DB, "{\"descr\": \"my shop\"}").status());
        assertEquals(201, http.put(COLL, "{\"descr\": \"things\"}").status());
        assertEquals(200, patch(COLL, "{\"owner\": \"Bob\"}").status());
        assertEquals(
                "{\"_id\":\"_meta\",\"descr\":\"things\",\"owner\":\"Bob\"}",
                http.get(COLL + "/_meta").text());
        assertEquals("{\"_id\":\"_meta\",\"descr\":\"my shop\"}", http.get(DB + "/_meta").text());
        assertEquals(200, http.put(COLL, "").status());
        assertEquals("{\"_id\":\"_meta\"}", http.get(COLL + "/_meta").text());
        assertEquals(404, patch(DB + "/none", "{\"owner\": \"Bob\"}").status());
    }

    @Test
    void pipelines_can_be_properties() {
        http.put(DB, "{}");
        String aggrs =
                """
                {"aggrs": [{"type": "pipeline", "uri": "n",
                            "stages": [{"$match": {"n": {"$var": "n"}}}]}]}""";
        assertEquals(201, http.put(COLL, aggrs).status());
        assertTrue(http.get(COLL + "/_meta").text().contains("{\"$var\":\"n\"}"));
        assertEquals(200, patch(COLL, aggrs).status());
    }

    @Test
    void what_a_driver_has_made_has_no_properties_until_somebody_writes_some() {
        test.smilodon().database("shop").collection("items").insertOne(Document.EMPTY);
        assertEquals("[\"items\"]", http.get(DB).text());
        assertEquals("{\"_id\":\"_meta\"}", http.get(COLL + "/_meta").text());
        assertEquals(200, patch(COLL, "{\"owner\": \"Bob\"}").status());
        assertEquals(Value.of("Bob"), http.get(COLL + "/_meta").get("owner"));
        assertEquals("[\"items\"]", http.get(DB).text());
    }

    @Test
    void dropping_needs_the_etag() {
        http.put(DB, "{}");
        http.put(COLL, "{\"descr\": \"things\"}");
        Http.Answer refused = http.send("DELETE", COLL, "");
        assertEquals(409, refused.status(), refused.text());
        assertEquals(http.get(COLL).header("ETag"), refused.header("ETag"));
        assertEquals(412, http.send("DELETE", COLL, "", "If-Match", "\"1\"").status());
        String tag = refused.header("ETag");
        assertEquals(204, http.send("DELETE", COLL, "", "If-Match", tag).status());
        assertEquals(404, http.get(COLL).status());
        assertEquals(404, http.send("DELETE", COLL, "").status());
        assertEquals(201, http.put(COLL, "{}").status());
        assertEquals("{\"_id\":\"_meta\"}", http.get(COLL + "/_meta").text());

        String ofDatabase = http.get(DB).header("ETag");
        assertEquals(409, http.send("DELETE", DB, "").status());
        assertEquals(204, http.send("DELETE", DB, "", "If-Match", ofDatabase).status());
        assertEquals(404, http.send("DELETE", DB, "", "If-Match", ofDatabase).status());
    }

    @Test
    void what_a_driver_has_made_is_dropped_with_the_etag_of_the_refusal() {
        test.smilodon().database("shop").collection("items").insertOne(Document.EMPTY);
        String tag = http.send("DELETE", COLL, "").header("ETag");
        assertEquals(204, http.send("DELETE", COLL, "", "If-Match", tag).status());
    }

    @Test
    void a_change_of_properties_keeps_to_the_version_that_it_knows() {
        http.put(DB, "{}");
        String old = http.put(COLL, "{\"n\": 1}").header("ETag");
        assertEquals(409, patch(COLL + "?checkEtag", "{\"n\": 2}").status());
        Http.Answer changed = patch(COLL, "{\"n\": 2}", old);
        assertEquals(200, changed.status(), changed.text());
        assertNotEquals(old, changed.header("ETag"));
        assertEquals(412, patch(COLL, "{\"n\": 3}", old).status());
        assertEquals(Value.of(2), http.get(COLL + "/_meta").get("n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/config",
                "/local",
                "/shop/system.views",
                "/shop/_properties",
                "/shop/x.chunks",
                "/shop/items/_aggrs"
            })
    void reserved_names_lead_nowhere(String path) {
        http.put(DB, "{}");
        http.put(COLL, "{}");
        for (String request : new String[] {"GET", "PUT", "DELETE", "POST"}) {
            int status = http.send(request, ROOT + path, "").status();
            assertTrue(status == 403 || status == 404 || status == 405, request + status);
        }
        assertEquals(403, http.get(ROOT + path).status());
        assertFalse(http.get(DB).text().contains("_properties"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_size", "/shop/_meta", "/shop/_size", "/shop/items/_meta"})
    void what_is_asked_for_by_name_is_not_written_by_it(String path) {
        http.put(DB, "{}");
        http.put(COLL, "{}");
        assertEquals(403, http.put(ROOT + path + "", "{}").status());
        assertEquals(200, http.get(ROOT + path).status());
    }

    @Test
    void an_unknown_route_below_the_mount_is_told_as_its_clients_know_it() {
        Http.Answer answer = http.get(ROOT + "/a/b/c/d/e");
        assertEquals(404, answer.status());
        assertEquals(Value.of(404), answer.get("http status code"));
        assertEquals(Value.of("Not Found"), answer.get("http status description"));
        assertTrue(answer.header("Content-Type").startsWith("application/json"));
    }
}
