package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GraphQlRoutesTest {

    private static final String GRAPHQL = "/api/v1/dbs/cinema/graphql";
    private static final String APP =
            "{\"schema\": \"type Query { old(before: Int!): [Movie] } type Movie { title: String }\","
                    + " \"mappings\": {\"Query\": {\"old\": {\"collection\": \"movies\", \"find\":"
                    + " {\"year\": {\"$lt\": {\"$arg\": \"before\"}}}}}}}";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer ask(String path, String query) {
        Document body = Document.of("query", Value.of(query));
        return http.post(path, ExtendedJson.write(body, JsonMode.RELAXED));
    }

    @Test
    void a_new_database_can_be_asked_at_once() {
        test.insertMovies(3);
        Http.Answer answer =
                ask(GRAPHQL, "{ movies(filter: {year: {_gt: 1901}}) { _id title } movies_count }");
        assertEquals(200, answer.status());
        assertEquals(
                "{\"data\":{\"movies\":[{\"_id\":2,\"title\":\"m2\"}],\"movies_count\":3}}",
                answer.text());
    }

    @Test
    void variables_and_get_work_and_get_does_not_write() {
        test.insertMovies(3);
        String body =
                "{\"query\": \"query Q($f: Filter) { movies(filter: $f) { _id } } query P"
                        + " { movies_count }\", \"operationName\": \"Q\","
                        + " \"variables\": {\"f\": {\"year\": {\"$lt\": 1901}}}}";
        assertEquals("{\"data\":{\"movies\":[{\"_id\":0}]}}", http.post(GRAPHQL, body).text());
        String query = "?query=" + Http.encoded("query($i: Int!) {movies_byId(_id: $i) {year}}");
        String variables = "&variables=" + Http.encoded("{\"i\": 2}");
        assertEquals(
                "{\"data\":{\"movies_byId\":{\"year\":1902}}}",
                http.get(GRAPHQL + query + variables).text());
        String delete = Http.encoded("mutation { movies_deleteOne(filter: {}) }");
        assertTrue(http.get(GRAPHQL + "?query=" + delete).text().contains("\"code\":20"));
        assertEquals(Value.of(3), http.post(MOVIES + "/count", "{}").get("count"));
    }

    @Test
    void the_schema_can_be_read() {
        test.insertMovies(1);
        Http.Answer schema = http.get(GRAPHQL);
        assertTrue(schema.header("Content-Type").startsWith("text/plain"));
        assertTrue(schema.text().contains("movies_count(filter: Filter): Long!"), schema.text());
    }

    @Test
    void definitions_are_checked_stored_used_and_deleted() {
        test.insertMovies(3);
        assertEquals(200, http.put(GRAPHQL + "/app", APP).status());
        assertEquals(
                "{\"data\":{\"old\":[{\"title\":\"m0\"}]}}",
                ask(GRAPHQL + "/app", "{ old(before: 1901) { title } }").text());
        Http.Answer wrong = http.put(GRAPHQL + "/app", APP.replace("\"before\"", "\"x\""));
        assertEquals(400, wrong.status());
        assertEquals(Value.of("/mappings/Query/old/find/year/$lt/$arg"), wrong.get("pointer"));
        assertEquals(200, http.put(GRAPHQL + "/app", APP.replace("$lt", "$gt")).status());
        assertEquals(
                "{\"data\":{\"old\":[{\"title\":\"m2\"}]}}",
                ask(GRAPHQL + "/app", "{ old(before: 1901) { title } }").text());
        assertEquals(204, http.send("DELETE", GRAPHQL + "/app", "").status());
        assertEquals(404, http.send("DELETE", GRAPHQL + "/app", "").status());
        assertEquals(404, ask(GRAPHQL + "/app", "{ old(before: 1) { title } }").status());
    }

    @Test
    void what_is_no_request_is_told_with_its_place() {
        Http.Answer misspelt = http.post(GRAPHQL, "{\"qery\": \"{ a }\"}");
        assertEquals(400, misspelt.status());
        assertEquals(Value.of("/qery"), misspelt.get("pointer"));
        assertEquals(Value.of("/query"), http.post(GRAPHQL, "{}").get("pointer"));
        Http.Answer variables = http.post(GRAPHQL, "{\"query\": \"{ a }\", \"variables\": 1}");
        assertEquals(Value.of("/variables"), variables.get("pointer"));
        Http.Answer name = http.post(GRAPHQL, "{\"query\": \"{ a }\", \"operationName\": 1}");
        assertEquals(Value.of("/operationName"), name.get("pointer"));
        Http.Answer newType =
                http.send(
                        "POST",
                        GRAPHQL,
                        "{\"query\": \"{ a }\"}",
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/graphql-response+json");
        assertEquals(400, newType.status());
    }

    @Test
    void a_request_has_a_time_limit_and_is_an_operation_that_can_be_ended() {
        String slow =
                "{\\\"$expr\\\": {\\\"$gt\\\": [{\\\"$sum\\\": {\\\"$map\\\": {\\\"input\\\":"
                        + " {\\\"$range\\\": [0, 999999]}, \\\"in\\\": {\\\"$size\\\":"
                        + " {\\\"$range\\\": [0, 999999]}}}}}, 0]}}";
        test.insertMovies(2);
        ask(GRAPHQL, "{ movies_count }"); // derives the schema
        String query = "{ movies(filter: \"" + slow + "\") { _id } b: movies_count }";
        Http.Answer late = ask(GRAPHQL + "?maxTimeMS=200", query);
        assertTrue(late.text().contains("\"code\":50"), late.text());
        CompletableFuture<Http.Answer> ended =
                CompletableFuture.supplyAsync(() -> ask(GRAPHQL, query));
        ArrayValue running = ArrayValue.of();
        while (running.isEmpty()) {
            running = (ArrayValue) http.get("/api/v1/ops").get("ops");
        }
        assertEquals(1, running.size(), "the finds of a request belong to it");
        Document operation = (Document) running.get(0);
        assertTrue(((Document) operation.get("command")).has("graphql"), operation.toString());
        long id = ((NumberValue) operation.get("opid")).toLong();
        assertEquals(204, http.send("DELETE", "/api/v1/ops/" + id, "").status());
        String answer = ended.join().text();
        assertTrue(answer.contains("\"code\":11601"), answer);
        assertEquals(
                ExtendedJson.readDocument("{\"data\": null}").get("data"),
                ExtendedJson.readDocument(answer).get("data"));
    }
}
