package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestServerTest {

    private static final String MOVIES = "/api/v1/dbs/cinema/collections/movies";

    private Smilodon smilodon;
    private RestServer server;
    private Http http;

    @BeforeEach
    void start() {
        smilodon = Smilodon.inMemory();
        server = RestServer.start(smilodon, RestOptions.DEFAULTS.withPort(0));
        http = new Http(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        smilodon.close();
    }

    private void insertMovies(int count) {
        StringBuilder array = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            array.append(i == 0 ? "" : ",");
            array.append("{\"_id\":%d,\"year\":%d,\"title\":\"m%d\"}".formatted(i, 1900 + i, i));
        }
        assertEquals(201, http.post(MOVIES + "/documents", array + "]").status());
    }

    // ---- Documents

    @Test
    void an_inserted_document_is_found_under_its_location() {
        Http.Answer inserted = http.post(MOVIES + "/documents", "{\"title\":\"Heat\"}");

        Http.Answer read = http.get(inserted.header("Location"));

        assertEquals(201, inserted.status());
        assertEquals(200, read.status());
        assertEquals(Value.of("Heat"), read.get("title"));
        assertEquals(inserted.get("insertedId"), read.get("_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                                  | int:1",
                "\"a/b c?\"                         | a/b%20c%3F",
                "\"a/b\"                            | a%2Fb",
                "{\"$oid\":\"65f000000000000000000001\"} | 65f000000000000000000001",
                "{\"$oid\":\"65f000000000000000000001\"} | oid:65f000000000000000000001",
                "\"65f000000000000000000001\"       | 65f000000000000000000001",
                "\"int:1\"                          | str:int:1",
                "{\"a\":1}                          | json:%7B%22a%22:1%7D",
            })
    void ids_of_every_kind_stand_in_paths(String id, String path) {
        assertEquals(
                201, http.post(MOVIES + "/documents", "{\"_id\":" + id + ",\"n\":7}").status());

        Http.Answer read = http.get(MOVIES + "/documents/" + path);

        assertEquals(200, read.status(), read.text());
        assertEquals(Value.of(7), read.get("n"));
    }

    @Test
    void a_list_says_which_plan_answered_it() {
        insertMovies(30);
        http.post(MOVIES + "/indexes", "{\"key\":{\"year\":1}}");

        Http.Answer found =
                http.get(
                        MOVIES
                                + "/documents?limit=2&count=exact&filter="
                                + Http.encoded("{\"year\":{\"$gte\":1910}}")
                                + "&sort="
                                + Http.encoded("{\"year\":-1}"));

        assertEquals(200, found.status(), found.text());
        assertEquals(Value.of("IXSCAN year_1"), found.get("plan"));
        assertEquals(20, ((NumberValue) found.get("count")).toLong());
        Document first = (Document) ((ArrayValue) found.get("documents")).get(0);
        assertEquals(Value.of(1929), first.get("year"));
    }

    @Test
    void a_long_answer_goes_on_under_its_cursor() {
        insertMovies(250);
        Document answer = http.post(MOVIES + "/find", "{\"filter\":{}}").json();
        int read = ((ArrayValue) answer.get("documents")).size();
        Value cursor = ((Document) answer.get("cursor")).get("id");
        assertEquals(101, read);

        while (cursor instanceof StringValue id) {
            answer =
                    http.post("/api/v1/cursors/" + id.value() + "/next", "{\"batchSize\":100}")
                            .json();
            read += ((ArrayValue) answer.get("documents")).size();
            cursor = ((Document) answer.get("cursor")).get("id");
        }

        assertEquals(NullValue.INSTANCE, cursor);
        assertEquals(250, read);
    }

    @Test
    void a_closed_cursor_is_gone() {
        insertMovies(150);
        Document cursor = (Document) http.post(MOVIES + "/find", "{}").get("cursor");
        String path = "/api/v1/cursors/" + ((StringValue) cursor.get("id")).value();

        assertEquals(204, http.send("DELETE", path, "").status());

        Http.Answer gone = http.post(path + "/next", "{}");
        assertEquals(404, gone.status());
        assertEquals(Value.of(43), gone.get("code"));
    }

    @Test
    void lines_of_ndjson_are_inserted_one_by_one() {
        Http.Answer inserted =
                http.send(
                        "POST",
                        MOVIES + "/documents",
                        "{\"_id\":1}\n{\"_id\":2}\n",
                        "Content-Type",
                        "application/x-ndjson");

        assertEquals(201, inserted.status(), inserted.text());
        assertEquals(Value.of(2), inserted.get("insertedCount"));
    }

    @Test
    void a_batch_that_fails_in_part_says_which_part() {
        Http.Answer answer =
                http.post(
                        MOVIES + "/documents?ordered=false",
                        "[{\"_id\":1},{\"_id\":1},{\"_id\":2}]");

        assertEquals(207, answer.status());
        assertEquals(Value.of(2), answer.get("insertedCount"));
        Document error = (Document) ((ArrayValue) answer.get("writeErrors")).get(0);
        assertEquals(Value.of(1), error.get("index"));
        assertEquals(Value.of(11000), error.get("code"));
    }

    // ---- Versions

    @Test
    void a_write_with_an_old_version_is_refused() {
        Http.Answer created = http.put(MOVIES + "/documents/int:1", "{\"n\":1}");
        String first = created.header("ETag");
        assertEquals(201, created.status(), created.text());
        assertEquals(200, http.put(MOVIES + "/documents/int:1", "{\"n\":2}").status());

        Http.Answer refused =
                http.send(
                        "PUT",
                        MOVIES + "/documents/int:1",
                        "{\"n\":3}",
                        "Content-Type",
                        "application/json",
                        "If-Match",
                        first);

        assertEquals(412, refused.status());
        assertEquals(Value.of(2), http.get(MOVIES + "/documents/int:1").get("n"));
    }

    @Test
    void an_unchanged_document_is_not_sent_again() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1}");
        String tag = http.get(MOVIES + "/documents/int:1").header("ETag");

        assertEquals(304, http.get(MOVIES + "/documents/int:1", "If-None-Match", tag).status());
    }

    @Test
    void create_only_does_not_replace() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1}");

        Http.Answer refused =
                http.send(
                        "PUT",
                        MOVIES + "/documents/int:1",
                        "{\"n\":2}",
                        "Content-Type",
                        "application/json",
                        "If-None-Match",
                        "*");

        assertEquals(412, refused.status());
    }

    @Test
    void a_document_changes_by_update_and_by_merge_patch() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1,\"a\":{\"b\":1,\"c\":2}}");

        Http.Answer updated =
                http.send(
                        "PATCH",
                        MOVIES + "/documents/int:1",
                        "{\"$inc\":{\"n\":5}}",
                        "Content-Type",
                        "application/json");
        Http.Answer merged =
                http.send(
                        "PATCH",
                        MOVIES + "/documents/int:1",
                        "{\"a\":{\"b\":null,\"d\":3}}",
                        "Content-Type",
                        "application/merge-patch+json");

        assertEquals(Value.of(6), updated.get("n"));
        assertEquals(
                Document.builder().put("c", 2).put("d", 3).build(), merged.get("a"), merged.text());
    }

    @Test
    void a_deleted_document_is_not_found() {
        http.put(MOVIES + "/documents/int:1", "{}");

        assertEquals(204, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
        assertEquals(404, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
        assertEquals(404, http.get(MOVIES + "/documents/int:1").status());
    }

    // ---- Catalogue

    @Test
    void collections_and_indexes_come_and_go() {
        assertEquals(201, http.put(MOVIES, "{}").status());
        assertEquals(200, http.put(MOVIES, "{}").status());
        assertEquals(
                201,
                http.post(MOVIES + "/indexes", "{\"key\":{\"a\":1},\"unique\":true}").status());
        assertEquals(
                200,
                http.post(MOVIES + "/indexes", "{\"key\":{\"a\":1},\"unique\":true}").status());
        assertEquals(2, ((ArrayValue) http.get(MOVIES + "/indexes").get("indexes")).size());
        assertEquals(204, http.send("DELETE", MOVIES + "/indexes/a_1", "").status());
        assertEquals(404, http.send("DELETE", MOVIES + "/indexes/a_1", "").status());
        assertEquals(204, http.send("DELETE", MOVIES, "").status());
        assertEquals(404, http.get(MOVIES).status());
    }

    // ---- Errors

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find      | {\"filter\":{\"year\":{\"$gtt\":1990}}} | 400 | 2     | /filter/year/$gtt",
                "find      | {\"filter\":{\"a\":1,\"a\":2}}          | 400 | 9     | /filter/a",
                "find      | {\"filter\":                            | 400 | 9     |",
                "find      | {\"fitler\":{}}                         | 400 | 40415 | /fitler",
                "aggregate | {\"pipeline\":[{\"$macth\":{}}]}        | 400 | 40324 | /pipeline/0/$macth",
                "updateOne | {\"filter\":{},\"update\":{\"$sett\":{}}} | 400 | 9   | /update/$sett",
                "insertOne | {\"document\":{\"_id\":[1]}}            | 400 | 53    |",
            })
    void wrong_input_is_told_with_code_and_place(
            String action, String body, int status, int code, String pointer) {
        Http.Answer answer = http.post(MOVIES + "/" + action, body);

        assertEquals(status, answer.status(), answer.text());
        assertEquals(Value.of(code), answer.get("code"), answer.text());
        assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
        if (pointer != null) {
            assertEquals(Value.of(pointer), answer.get("pointer"), answer.text());
        }
    }

    @Test
    void nesting_that_is_too_deep_writes_nothing() {
        String deep = "{\"a\":".repeat(101) + "1" + "}".repeat(101);

        Http.Answer answer = http.post(MOVIES + "/documents", deep);

        assertEquals(400, answer.status());
        assertEquals(404, http.get(MOVIES).status());
    }

    @Test
    void a_bad_name_is_refused() {
        Http.Answer answer = http.put("/api/v1/dbs/cinema/collections/a%24b", "{}");

        assertEquals(400, answer.status());
        assertEquals(Value.of(73), answer.get("code"), answer.text());
    }

    @Test
    void an_unknown_route_is_a_problem_document() {
        Http.Answer answer = http.get("/api/v1/nowhere");

        assertEquals(404, answer.status());
        assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
    }

    // ---- Browsers

    @Test
    void requests_for_other_hosts_and_from_other_origins_are_refused() {
        assertEquals(403, http.get("/api/v1/dbs", "Origin", "http://evil.example").status());
        assertEquals(
                415,
                http.send("POST", MOVIES + "/find", "{}", "Content-Type", "text/plain").status());
    }

    // ---- The server itself

    @Test
    void every_route_is_described_and_every_description_has_a_route() {
        Document paths = (Document) http.get("/api/v1/openapi.json").get("paths");
        Set<String> described = new TreeSet<>();
        for (Field path : paths) {
            for (Field method : (Document) path.value()) {
                described.add(method.name().toUpperCase(Locale.ROOT) + " " + path.name());
            }
        }
        Set<String> declared = new TreeSet<>();
        server.routes().forEach(route -> declared.add(route.method() + " " + route.openApiPath()));

        assertEquals(declared, described);
        assertTrue(server.routes().stream().noneMatch(route -> route.summary().isEmpty()));
        assertTrue(server.routes().stream().noneMatch(route -> route.answers().isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/docs, text/html",
        "/docs/ui/swagger-ui-bundle.js, javascript",
        "/health/live, application/json",
        "/health/ready, application/json",
        "/metrics, text/plain",
        "/api/v1, application/json",
        "/api/v1/status, application/json",
        "/api/v1/samples, application/json",
        "/api/v1/dbs, application/json",
    })
    void pages_and_figures_are_there(String path, String type) {
        Http.Answer answer = http.get(path);

        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").contains(type), answer.header("Content-Type"));
        assertFalse(answer.text().isEmpty());
    }

    @Test
    void a_sample_is_loaded_by_a_task() {
        Http.Answer started = http.post("/api/v1/samples/places", "{}");
        assertEquals(202, started.status(), started.text());

        String state = "";
        while (!state.equals("done") && !state.equals("failed")) {
            state = ((StringValue) http.get(started.header("Location")).get("state")).value();
        }

        assertEquals("done", state);
        assertEquals(409, http.post("/api/v1/samples/places", "{}").status());
        assertEquals(400, http.post("/api/v1/samples/nothing", "{}").status());
    }

    @Test
    void a_port_in_use_is_refused_by_name() {
        RestOptions same = RestOptions.DEFAULTS.withPort(server.port());

        PortInUseException refusal =
                assertThrows(PortInUseException.class, () -> RestServer.start(smilodon, same));

        assertEquals(server.port(), refusal.port());
    }

    @Test
    void values_are_written_as_the_request_asks() {
        http.post(MOVIES + "/documents", "{\"_id\":1,\"n\":{\"$numberLong\":\"5\"}}");
        String path = MOVIES + "/documents/int:1";

        assertTrue(http.get(path + "?jsonMode=canonical").text().contains("\"$numberLong\""));
        assertTrue(
                http.get(path, "Accept", "application/json; mode=canonical")
                        .text()
                        .contains("\"$numberLong\""));
        assertFalse(http.get(path + "?jsonMode=plain").text().contains("$"));
        assertEquals(400, http.get(path + "?jsonMode=loud").status());
    }

    @Test
    void the_data_api_shape_is_answered() {
        http.post(
                "/api/v1/action/insertOne",
                """
                {"dataSource":"any","database":"cinema","collection":"movies",
                 "document":{"_id":1,"title":"Heat"}}""");

        Http.Answer found =
                http.post(
                        "/api/v1/action/findOne",
                        """
                        {"database":"cinema","collection":"movies","filter":{"_id":1}}""");

        assertEquals(Value.of("Heat"), ((Document) found.get("document")).get("title"));
    }
}
