package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is forbidden is refused on every way that goes over HTTP. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForbiddenRequestsTest {

    private static final String BAD = "{\"title\": {\"$regex\": \"m\"}}";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @BeforeEach
    void forbid() {
        test.insertMovies(3);
        test.smilodon().operations().forbid(Set.of("$regex", "$unset", "$inc"));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private static void assertForbidden(Http.Answer answer, String pointer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(224), answer.get("code"), answer.text());
        assertEquals(Value.of(pointer), answer.get("pointer"), answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find       | {\"filter\": %s}                               | /filter/title/$regex",
                "count      | {\"filter\": %s}                               | /filter/title/$regex",
                "deleteMany | {\"filter\": %s}                               | /filter/title/$regex",
                "distinct   | {\"key\": \"year\", \"filter\": %s}            | /filter/title/$regex",
                "updateOne  | {\"filter\": {}, \"update\": {\"$inc\": {\"a\": 1}}} | /update/$inc",
                "explain    | {\"filter\": %s}                               | /filter/title/$regex",
                "aggregate  | {\"pipeline\": [{\"$match\": %s}]}     | /pipeline/0/$match/title/$regex",
            })
    void actions_are_refused(String action, String body, String pointer) {
        String json = body.replace("%s", BAD);
        assertForbidden(http.post(MOVIES + "/" + action, json), pointer);
    }

    @Test
    void lists_changes_exports_definitions_and_watches_are_refused() {
        String filter = "?filter=" + Http.encoded(BAD);
        assertForbidden(http.get(MOVIES + "/documents" + filter), "/filter/title/$regex");
        assertForbidden(http.get(MOVIES + "/export" + filter), "/filter/title/$regex");
        Http.Answer patch =
                http.send(
                        "PATCH",
                        MOVIES + "/documents/int:1",
                        "{\"$inc\": {\"year\": 1}}",
                        "Content-Type",
                        "application/json");
        assertEquals(Value.of(224), patch.get("code"), patch.text());
        Http.Answer index =
                http.post(
                        MOVIES + "/indexes",
                        "{\"key\": {\"year\": 1}, \"partialFilterExpression\": " + BAD + "}");
        assertEquals(Value.of(224), index.get("code"), index.text());
        String watch = "/watch?pipeline=" + Http.encoded("[{\"$unset\": \"a\"}]");
        assertForbidden(http.get(MOVIES + watch), "/pipeline/0/$unset");
        Http.Answer command =
                http.post(
                        "/api/v1/dbs/cinema/command",
                        "{\"find\": \"movies\", \"filter\": " + BAD + "}");
        assertEquals(Value.of(224), command.get("code"), command.text());
    }

    @Test
    void graphql_is_refused_with_its_own_kind_of_error() {
        String query = "{ movies(filter: {title: {_regex: \\\"m\\\"}}) { _id } movies_count }";
        Http.Answer answer =
                http.post("/api/v1/dbs/cinema/graphql", "{\"query\": \"" + query + "\"}");
        assertTrue(answer.text().contains("\"code\":224"), answer.text());
        assertTrue(answer.text().contains("/filter/title/$regex"), answer.text());
    }

    @Test
    void an_index_that_is_built_in_the_background_is_refused_too() {
        Http.Answer accepted =
                http.post(
                        MOVIES + "/indexes?background=true",
                        "{\"key\": {\"year\": 1}, \"partialFilterExpression\": " + BAD + "}");
        Document last = accepted.json();
        if (accepted.status() == 202) {
            String task = accepted.header("Location");
            while (!last.toString().contains("224")) { // or the test's time is over
                last = http.get(task).json();
            }
        }
        assertTrue(last.toString().contains("224"), last.toString());
        assertTrue(!http.get(MOVIES + "/indexes").text().contains("year"));
    }

    @Test
    void what_is_not_forbidden_goes_on() {
        assertEquals(
                200,
                http.post(MOVIES + "/find", "{\"filter\": {\"year\": {\"$gt\": 1}}}").status());
    }
}
