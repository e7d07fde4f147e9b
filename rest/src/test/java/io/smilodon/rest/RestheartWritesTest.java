package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as clients that are written for RESTHeart write them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartWritesTest {

    private static final String DB = "/restheart/shop";
    private static final String COLL = DB + "/items";
    private static final String ITEMS =
            """
            [{"_id": 1, "item": "journal", "status": "A"},
             {"_id": 2, "item": "notebook", "status": "A"},
             {"_id": 3, "item": "paper", "status": "D"},
             {"_id": 4, "item": "planner", "status": "D"}]""";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @BeforeEach
    void create() {
        assertEquals(201, http.put(DB, "{}").status());
        assertEquals(201, http.put(COLL, "").status());
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private long left(String filter) {
        return test.smilodon().database("shop").collection("items").count(UsersServer.doc(filter));
    }

    @Test
    void put_replaces_what_is_there_and_creates_only_as_an_upsert() {
        assertEquals(404, http.put(COLL + "/a", "{\"n\": 1}").status());
        Http.Answer created = http.put(COLL + "/a?wm=upsert", "{\"n\": 1}");
        assertEquals(201, created.status(), created.text());
        assertEquals(COLL + "/a", created.header("Location"));
        assertEquals(200, http.put(COLL + "/a", "{\"m\": 2}").status());
        assertEquals(UsersServer.doc("{\"_id\": \"a\", \"m\": 2}"), http.get(COLL + "/a").json());
        assertEquals(409, http.put(COLL + "/a?wm=insert", "{\"m\": 3}").status());
        assertEquals(201, http.put(COLL + "/b?wm=insert", "{\"m\": 3}").status());
        assertEquals(400, http.put(COLL + "/b", "{\"_id\": \"c\"}").status());
    }

    @Test
    void patch_sets_fields_and_carries_operators_out() {
        http.put(COLL + "/a?wm=upsert", "{\"qty\": 1, \"size\": {\"h\": 1}, \"tags\": [\"x\"]}");
        Http.Answer done =
                http.send(
                        "PATCH",
                        COLL + "/a",
                        """
                        {"size.h": 20, "status": "B", "$inc": {"qty": 1}, "$push": {"tags": "y"},
                         "$currentDate": {"at": true}, "$set": {"set": 1}}""",
                        "Content-Type",
                        "application/json");
        assertEquals(200, done.status(), done.text());
        Document now = http.get(COLL + "/a").json();
        assertEquals(
                UsersServer.doc(
                        """
                        {"_id": "a", "qty": 2, "size": {"h": 20}, "tags": ["x", "y"]}"""),
                now.without("at").without("set").without("status"));
        assertTrue(now.has("at") && now.has("set") && now.has("status"), now.toString());
    }

    @Test
    void patch_takes_a_pipeline_and_creates_only_as_an_upsert() {
        assertEquals(404, patch("/a", "{\"n\": 1}").status());
        assertEquals(201, patch("/a?wm=upsert", "{\"n\": 1}").status());
        assertEquals(200, patch("/a?wm=upsert", "{\"n\": 2}").status());
        assertEquals(200, patch("/a", "[{\"$set\": {\"m\": {\"$add\": [\"$n\", 1]}}}]").status());
        assertEquals(Value.of(3), http.get(COLL + "/a").get("m"));
        assertEquals(400, patch("/a?wm=insert", "{\"n\": 1}").status());
        assertEquals(400, patch("/a", "{}").status());
    }

    private Http.Answer patch(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return http.send("PATCH", COLL + path, body, all.toArray(String[]::new));
    }

    @Test
    void post_inserts_and_with_another_mode_replaces() {
        Http.Answer posted = http.post(COLL, "{\"n\": 1}");
        assertEquals(201, posted.status());
        assertEquals(Value.of(1), http.get(posted.header("Location")).get("n"));
        assertEquals(201, http.post(COLL, "{\"_id\": \"a\"}").status());
        Http.Answer taken = http.post(COLL, "{\"_id\": \"a\"}");
        assertEquals(409, taken.status());
        assertEquals(Value.of(11000), taken.get("code"));
        assertEquals(200, http.post(COLL + "?wm=upsert", "{\"_id\": \"a\", \"n\": 2}").status());
        assertEquals(201, http.post(COLL + "?wm=upsert", "{\"n\": 2}").status());
        assertEquals(404, http.post(COLL + "?wm=update", "{\"_id\": \"z\"}").status());
        assertEquals(400, http.post(COLL + "?wm=update", "{}").status());
        assertEquals(400, http.post(COLL, "{\"$set\": {\"a\": 1}}").status());
        assertEquals(
                201, http.post(COLL, "{\"_id\": 9, \"$currentDate\": {\"at\": true}}").status());
        assertTrue(http.get(COLL + "/9?id_type=NUMBER").json().has("at"));
    }

    /** As MongoDB refuses it: who sends it has lost documents on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?wm=insert", "?wm=update", "?wm=upsert"})
    void no_documents_at_all_are_refused(String mode) {
        Http.Answer refused = http.post(COLL + mode, " [ ]");
        assertEquals(400, refused.status(), refused.text());
        assertEquals(Value.of(16), refused.get("code"), refused.text());
        assertEquals(Value.of(0), http.get(COLL + "/_size").get("_size"));
    }

    @Test
    void many_are_posted_at_once_and_what_fails_is_told() {
        Http.Answer done = http.post(COLL, "[{\"_id\": \"a\"}, {\"_id\": 1}, {\"_id\": \"a\"}]");
        assertEquals(207, done.status(), done.text());
        assertEquals(Value.of(2), done.get("inserted"));
        assertEquals(
                ArrayValue.of(Value.of(COLL + "/a"), Value.of(COLL + "/1?id_type=NUMBER")),
                done.get("links"));
        Document error = (Document) ((ArrayValue) done.get("errors")).iterator().next();
        assertEquals(Value.of(2), error.get("index"));
        assertEquals(Value.of(409), error.get("httpStatus"));

        Http.Answer again =
                http.post(COLL + "?wm=upsert", "[{\"_id\": \"a\", \"n\": 1}, {\"n\": 2}]");
        assertEquals(200, again.status(), again.text());
        assertEquals(Value.of(1), again.get("inserted"));
        assertEquals(Value.of(1), again.get("modified"));
        assertEquals(400, http.post(COLL + "?wm=update", "[{\"n\": 2}]").status());
    }

    @Test
    void all_that_match_are_changed_or_deleted() {
        http.post(COLL, ITEMS);
        String filter = "?filter=" + Http.encoded("{'status':'D'}");
        Http.Answer changed = patch("/*" + filter, "{\"old\": true}");
        assertEquals(200, changed.status(), changed.text());
        assertEquals(Value.of(2), changed.get("matched"));
        assertEquals(Value.of(2), changed.get("modified"));
        assertEquals(Value.of(2), http.send("DELETE", COLL + "/*" + filter, "").get("deleted"));
        assertEquals(2, left("{\"status\": \"A\"}"));
        assertEquals(2, left("{}"));
    }

    @Test
    void a_bulk_write_without_a_filter_is_refused() {
        http.post(COLL, ITEMS);
        for (String query : List.of("", "?filter=", "?filter=%7B%7D", "?fliter=%7B%22a%22:1%7D")) {
            assertEquals(400, patch("/*" + query, "{\"old\": true}").status());
            assertEquals(400, http.send("DELETE", COLL + "/*" + query, "").status());
        }
        assertEquals(4, left("{\"old\": {\"$exists\": false}}"));
    }

    // ---- Versions

    @Test
    void a_write_goes_on_only_with_the_version_that_it_knows() {
        Http.Answer created = http.put(COLL + "/a?wm=upsert", "{\"n\": 1}");
        String old = created.header("ETag");
        assertEquals(old, http.get(COLL + "/a").header("ETag"));
        assertEquals(304, http.get(COLL + "/a", "If-None-Match", old).status());

        Http.Answer written = patch("/a", "{\"n\": 2}", "If-Match", old);
        assertEquals(200, written.status(), written.text());
        assertNotEquals(old, written.header("ETag"));
        Http.Answer late = patch("/a", "{\"n\": 3}", "If-Match", old);
        assertEquals(412, late.status());
        assertEquals(written.header("ETag"), late.header("ETag"));
        assertEquals(412, http.send("DELETE", COLL + "/a", "", "If-Match", old).status());
        assertEquals(
                412,
                http.send(
                                "PUT",
                                COLL + "/a",
                                "{}",
                                "If-Match",
                                old,
                                "Content-Type",
                                "application/json")
                        .status());
        assertEquals(404, patch("/none", "{\"n\": 3}", "If-Match", old).status());
        for (String foreign : List.of("5d95ef77ab3cf85b199ed3b7", "\"x\"", "W/\"1\"", "-1")) {
            assertEquals(412, patch("/a", "{\"n\": 3}", "If-Match", foreign).status());
            assertEquals(412, http.send("DELETE", COLL, "", "If-Match", foreign).status());
        }
        assertEquals(
                204,
                http.send("DELETE", COLL + "/a", "", "If-Match", late.header("ETag")).status());
        assertEquals(404, http.send("DELETE", COLL + "/a", "").status());
    }

    @Test
    void a_write_can_be_made_to_need_the_version() {
        http.put(COLL + "/a?wm=upsert", "{\"n\": 1}");
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            Http.Answer refused =
                    http.send(
                            method,
                            COLL + "/a?checkEtag",
                            method.equals("DELETE") ? "" : "{\"n\": 2}",
                            "Content-Type",
                            "application/json");
            assertEquals(409, refused.status(), refused.text());
            assertEquals(http.get(COLL + "/a").header("ETag"), refused.header("ETag"));
        }
        String tag = http.get(COLL + "/a").header("ETag");
        assertEquals(200, patch("/a?checkEtag", "{\"n\": 2}", "If-Match", tag).status());
    }

    @Test
    void a_collection_that_is_not_there_is_not_made_by_a_write() {
        assertEquals(404, http.post(DB + "/none", "{}").status());
        assertEquals(404, http.put(DB + "/none/a?wm=upsert", "{}").status());
        assertEquals(404, http.get(DB + "/none").status());
        assertEquals(404, http.get(DB + "/none/_size").status());
        assertEquals(404, http.get("/restheart/none/none").status());
    }
}
