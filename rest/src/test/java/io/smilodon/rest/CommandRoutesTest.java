package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandRoutesTest {

    private static final String COMMAND = "/api/v1/dbs/cinema/command";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void a_command_is_answered_as_a_driver_would_see_it() {
        test.insertMovies(3);

        Http.Answer counted = http.post(COMMAND, "{\"count\":\"movies\"}");

        assertEquals(200, counted.status(), counted.text());
        assertEquals("{\"n\":3,\"ok\":1.0}", counted.text().replace(" ", ""));
    }

    @Test
    void search_indexes_are_created_and_searched_by_commands() {
        test.insertMovies(3);
        http.post(
                COMMAND,
                "{\"createSearchIndexes\":\"movies\",\"indexes\":[{\"definition\":"
                        + "{\"mappings\":{\"dynamic\":true}}}]}");

        Http.Answer found =
                http.post(
                        COMMAND,
                        "{\"aggregate\":\"movies\",\"cursor\":{},\"pipeline\":[{\"$search\":"
                                + "{\"exists\":{\"path\":\"year\"}}},{\"$count\":\"n\"}]}");

        assertEquals(200, found.status(), found.text());
        String text = found.text().replace(" ", "");
        assertTrue(text.contains("[{\"n\":3}]"), text);
    }

    @Test
    void an_error_is_an_answer_of_status_200() {
        Http.Answer unknown = http.post(COMMAND, "{\"cuont\":\"movies\"}");

        assertEquals(200, unknown.status(), unknown.text());
        assertEquals(Value.of(59), unknown.json().get("code"));
        assertEquals(Value.of("CommandNotFound"), unknown.json().get("codeName"));
    }

    @Test
    void a_command_may_belong_to_a_transaction() {
        Http.Answer begun = http.post("/api/v1/transactions", "");
        String id = ((StringValue) begun.json().get("id")).value();
        String insert = "{\"insert\":\"log\",\"documents\":[{\"_id\":1}]}";
        String[] headers = {"Content-Type", "application/json", "X-Transaction", id};

        http.send("POST", COMMAND, insert, headers);

        assertEquals(
                "{\"n\":0,\"ok\":1.0}",
                http.post(COMMAND, "{\"count\":\"log\"}").text().replace(" ", ""));
        http.post("/api/v1/transactions/" + id + "/commit", "");
        assertEquals(
                "{\"n\":1,\"ok\":1.0}",
                http.post(COMMAND, "{\"count\":\"log\"}").text().replace(" ", ""));
    }

    @Test
    void a_transaction_of_a_session_is_one_too() {
        String session =
                "\"lsid\":{\"id\":{\"$binary\":{\"base64\":\"AAAAAAAAAAAAAAAAAAAAAQ==\","
                        + "\"subType\":\"04\"}}},\"txnNumber\":1,\"autocommit\":false";
        String insert = "{\"insert\":\"log\",\"documents\":[{\"_id\":1}],";

        http.post(COMMAND, insert + session + ",\"startTransaction\":true}");

        assertEquals(Value.of(0), http.post(COMMAND, "{\"count\":\"log\"}").get("n"));
        http.post("/api/v1/dbs/admin/command", "{\"commitTransaction\":1," + session + "}");
        assertEquals(Value.of(1), http.post(COMMAND, "{\"count\":\"log\"}").get("n"));
    }

    @Test
    void a_collection_is_changed_with_patch() {
        test.insertMovies(1);

        assertEquals(200, patch("{\"validator\":{\"_id\":{\"$lt\":5}}}").status());

        Http.Answer described = http.get(TestServer.MOVIES);
        assertEquals(
                "{\"validator\":{\"_id\":{\"$lt\":5}},\"validationLevel\":\"strict\","
                        + "\"validationAction\":\"error\"}",
                described.text().replaceAll(".*\"options\":(.*),\"documents\".*", "$1"));
        assertEquals(422, http.post(TestServer.MOVIES + "/documents", "{\"_id\":9}").status());
        assertEquals(400, patch("{\"colour\":1}").status());
        assertEquals(400, patch("{\"viewOn\":\"x\",\"pipeline\":[]}").status());
        assertEquals(
                404,
                http.send(
                                "PATCH",
                                TestServer.MOVIES + "2",
                                "{\"validator\":{}}",
                                "Content-Type",
                                "application/json")
                        .status());
    }

    private Http.Answer patch(String changes) {
        return http.send("PATCH", TestServer.MOVIES, changes, "Content-Type", "application/json");
    }
}
