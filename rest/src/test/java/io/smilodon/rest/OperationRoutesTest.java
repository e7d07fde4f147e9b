package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationLimits;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationRoutesTest {

    private static final String OPS = "/api/v1/ops";

    /** Looks at some millions of pairs: it lasts until somebody ends it. */
    private static final String LONG_ONE =
            """
            {"pipeline": [{"$lookup": {"from": "movies", "as": "x", "let": {"i": "$_id"},
              "pipeline": [{"$match": {"$expr": {"$gt": ["$year", "$$i"]}}}]}},
              {"$match": {"x": {"$size": 1}}}]}
            """;

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private RunningOperation running(String name) {
        return Await.present(
                name + " runs",
                () ->
                        test.smilodon().operations().running().stream()
                                .filter(operation -> operation.description().name().equals(name))
                                .findFirst());
    }

    @Test
    void an_action_that_runs_is_listed_and_can_be_ended() {
        test.insertMovies(4_000);
        CompletableFuture<Http.Answer> answer =
                CompletableFuture.supplyAsync(
                        () -> http.post(TestServer.MOVIES + "/aggregate", LONG_ONE));
        int id = running("aggregate").id();

        String listed = http.get(OPS).text().replace(" ", "");
        assertTrue(listed.contains("\"opid\":" + id), listed);
        assertTrue(listed.contains("\"ns\":\"cinema.movies\""), listed);
        assertTrue(listed.contains("\"command\":{\"aggregate\":\"movies\",\"pipeline\""), listed);

        assertEquals(204, http.send("DELETE", OPS + "/" + id, "").status());
        assertEquals(499, answer.join().status());
        assertEquals("{\"ops\":[]}", http.get(OPS).text().replace(" ", ""));
    }

    @Test
    void a_write_ends_at_its_limit_and_writes_nothing() {
        test.insertMovies(1);
        String endless =
                """
                {"filter": {}, "maxTimeMS": 50, "update": [{"$set": {"x": {"$sum": {"$map": {
                  "input": {"$range": [0, 999999]},
                  "in": {"$size": {"$range": [0, 999999]}}}}}}}]}
                """;

        Http.Answer answer = http.post(TestServer.MOVIES + "/updateOne", endless);

        assertEquals(Value.of(50), answer.json().get("code"), answer.text());
        Http.Answer written =
                http.post(
                        TestServer.MOVIES + "/count", "{\"filter\": {\"x\": {\"$exists\": true}}}");
        assertEquals(Value.of(0), written.json().get("count"), written.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    insertOne  | {"document": {}
                    insertMany | {"documents": [{}]
                    bulkWrite  | {"operations": [{"insertOne": {"document": {}}}]
                    deleteOne  | {"filter": {}
                    find       | {"filter": {}
                    """)
    void every_action_takes_a_time_limit_of_an_hour_at_most(String action, String body) {
        String path = TestServer.MOVIES + "/" + action;
        Http.Answer inTime = http.post(path, body + ", \"maxTimeMS\": 3600000}");
        assertEquals(2, inTime.status() / 100, inTime.text());
        Http.Answer tooLong = http.post(path, body + ", \"maxTimeMS\": 3600001}");
        assertEquals(400, tooLong.status(), tooLong.text());
        assertEquals(Value.of(2), tooLong.get("code"));
        assertEquals(Value.of("/maxTimeMS"), tooLong.get("pointer"));
        Http.Answer negative = http.post(path, body + ", \"maxTimeMS\": -1}");
        assertEquals(Value.of(51024), negative.get("code"), negative.text());
    }

    @Test
    void commands_and_routes_of_documents_have_the_same_limits() {
        Http.Answer command =
                http.post(
                        "/api/v1/dbs/cinema/command",
                        "{\"count\": \"movies\", \"maxTimeMS\": 3600001}");
        assertEquals(Value.of(2), command.get("code"), command.text());
        String documents = TestServer.MOVIES + "/documents";
        assertEquals(400, http.get(documents + "?maxTimeMS=3600001").status());
        assertEquals(200, http.get(documents + "?maxTimeMS=3600000").status());
        assertEquals(400, http.put(documents + "/1?maxTimeMS=3600001", "{}").status());
        assertEquals(201, http.put(documents + "/1?maxTimeMS=3600000", "{}").status());
    }

    @Test
    void who_finds_the_memory_of_all_taken_is_told_when_to_come_again() {
        OperationLimits limits = OperationLimits.DEFAULTS.withSharedMemoryBytesMax(1);
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withOperations(limits);
        try (TestServer small = new TestServer(Smilodon.inMemory(options))) {
            small.insertMovies(10);
            String sort = "{\"sort\": {\"title\": 1}, \"allowDiskUse\": false}";

            Http.Answer answer = small.http().post(TestServer.MOVIES + "/find", sort);

            assertEquals(503, answer.status(), answer.text());
            assertEquals(Value.of(365), answer.get("code"));
            assertEquals("1", answer.header("Retry-After"));
        }
    }

    @Test
    void counting_beside_a_list_is_an_operation_that_can_be_ended() {
        test.insertMovies(4_000);
        String slow =
                "{\"$expr\": {\"$gte\": [{\"$reduce\": {\"input\": {\"$range\": [0, 100000]},"
                        + " \"initialValue\": 0, \"in\": \"$$this\"}}, 0]}}";
        String path = TestServer.MOVIES + "/documents?count=exact&limit=1&filter=";
        CompletableFuture<Http.Answer> answer =
                CompletableFuture.supplyAsync(() -> http.get(path + Http.encoded(slow)));
        RunningOperation counting = running("count");

        assertEquals(204, http.send("DELETE", OPS + "/" + counting.id(), "").status());

        assertEquals(499, answer.join().status());
    }

    @Test
    void what_does_not_run_cannot_be_ended() {
        assertEquals(404, http.send("DELETE", OPS + "/999999", "").status());
        assertEquals(400, http.send("DELETE", OPS + "/x", "").status());
    }

    @Test
    void every_route_that_acts_on_documents_is_counted() {
        test.insertMovies(3);
        String documents = TestServer.MOVIES + "/documents";
        http.get(documents);
        http.put(documents + "/int:1", "{\"year\": 2}");
        http.post(TestServer.MOVIES + "/find", "{}");
        http.post(
                "/api/v1/action/findOne", "{\"database\": \"cinema\", \"collection\": \"movies\"}");
        String status =
                http.post("/api/v1/dbs/admin/command", "{\"serverStatus\": 1}")
                        .text()
                        .replace(" ", "");
        assertTrue(
                status.contains("\"opcounters\":{\"insert\":3,\"query\":3,\"update\":0"), status);
        assertTrue(status.contains("\"getmore\":0,\"command\":2"), status);
    }
}
