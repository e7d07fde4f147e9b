package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionRoutesTest {

    private static final String TRANSACTIONS = "/api/v1/transactions";
    private static final String LOG = "/api/v1/dbs/audit/collections/log";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private String begin() {
        Http.Answer begun = http.post(TRANSACTIONS, "");
        assertEquals(201, begun.status(), begun.text());
        return ((StringValue) begun.get("id")).value();
    }

    private Http.Answer post(String id, String path, String json) {
        return http.send(
                "POST", path, json, "Content-Type", "application/json", "X-Transaction", id);
    }

    private Http.Answer get(String id, String path) {
        return http.get(path, "X-Transaction", id);
    }

    private Http.Answer end(String id, String how) {
        return http.post(TRANSACTIONS + "/" + id + "/" + how, "");
    }

    private static void assertProblem(int status, int code, Http.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(Value.of(code), answer.get("code"), answer.text());
    }

    @Test
    void requests_of_a_transaction_are_committed_together() {
        test.insertMovies(2);
        String id = begin();
        assertEquals(
                201,
                post(id, MOVIES + "/insertOne", "{\"document\":{\"_id\":7,\"year\":1995}}")
                        .status());
        assertEquals(201, post(id, LOG + "/documents", "{\"_id\":\"seven\"}").status());
        assertEquals(200, get(id, MOVIES + "/documents/int:7").status());
        assertEquals("", get(id, MOVIES + "/documents/int:7").header("ETag"));
        assertEquals(404, http.get(MOVIES + "/documents/int:7").status());
        assertEquals(
                Value.of(3), post(id, MOVIES + "/count", "{\"filter\":{}}").json().get("count"));

        Http.Answer committed = end(id, "commit");

        assertEquals(200, committed.status(), committed.text());
        assertEquals(committed.text(), end(id, "commit").text());
        assertEquals(200, http.get(MOVIES + "/documents/int:7").status());
        assertEquals(200, http.get(LOG + "/documents/seven").status());
        assertProblem(409, 256, post(id, MOVIES + "/count", "{}"));
        assertProblem(409, 256, end(id, "abort"));
    }

    @Test
    void an_aborted_transaction_leaves_nothing_and_is_gone() {
        String id = begin();
        post(id, LOG + "/documents", "{\"_id\":\"x\"}");

        assertEquals(204, end(id, "abort").status());
        assertEquals(404, http.get(LOG + "/documents/x").status());
        assertProblem(404, 251, post(id, LOG + "/documents", "{}"));
        assertProblem(404, 251, end(id, "commit"));
        assertProblem(404, 251, end(id, "abort"));
        assertProblem(404, 251, end("0123", "commit"));
    }

    @Test
    void a_conflict_is_409_with_the_label_that_drivers_know() {
        test.insertMovies(1);
        String id = begin();
        String update = "{\"filter\":{\"_id\":0},\"update\":{\"$inc\":{\"year\":1}}}";
        assertEquals(200, get(id, MOVIES + "/documents/int:0").status());
        http.post(MOVIES + "/updateOne", update);

        Http.Answer conflict = post(id, MOVIES + "/updateOne", update);

        assertProblem(409, 112, conflict);
        assertEquals(
                ArrayValue.of(List.of(Value.of("TransientTransactionError"))),
                conflict.get("errorLabels"));
        assertProblem(404, 251, end(id, "commit"));
    }

    @Test
    void what_does_not_belong_into_a_transaction_is_refused_and_harmless() {
        String id = begin();

        assertProblem(400, 263, post(id, MOVIES + "/indexes", "{\"key\":{\"a\":1}}"));
        assertProblem(400, 263, http.send("DELETE", "/api/v1/dbs/cinema", "", "X-Transaction", id));
        assertEquals(201, post(id, MOVIES + "/documents", "{\"_id\":1}").status());
        assertEquals(200, end(id, "commit").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"isolation\":\"chaos\"}              | 2",
                "{\"isolatoin\":\"snapshot\"}           | 40415",
                "{\"isolation\":1}                      | 14",
                "{\"durability\":\"twice\"}             | 2",
                "{\"writeConcern\":{\"w\":2}}           | 100",
                "{\"writeConcern\":{\"w\":\"dc1\"}}     | 79",
                "{\"writeConcern\":{\"w\":-1}}          | 9",
                "{\"writeConcern\":{\"w\":true}}        | 9",
                "{\"writeConcern\":{\"x\":1}}           | 40415",
                "{\"writeConcern\":{\"wtimeout\":-1}}   | 9",
            })
    void wishes_that_cannot_be_met_are_errors(String body, int code) {
        assertProblem(400, code, http.post(TRANSACTIONS, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"isolation\":\"serializable\"}",
                "{\"writeConcern\":{\"w\":\"majority\",\"j\":true,\"wtimeout\":100}}",
                "{\"writeConcern\":{\"w\":0}}",
                "{\"durability\":\"sync\"}",
            })
    void wishes_that_can_be_met_are_none(String body) {
        assertEquals(201, http.post(TRANSACTIONS, body).status());
    }

    @Test
    void requests_at_the_same_time_do_not_share_a_transaction() {
        test.insertMovies(3_000);
        String id = begin();
        String slow = "{\"filter\":{},\"update\":{\"$inc\":{\"year\":1}}}";

        List<CompletableFuture<Http.Answer>> answers =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> post(id, MOVIES + "/updateMany", slow)))
                        .toList();

        List<Http.Answer> done = answers.stream().map(CompletableFuture::join).toList();
        Set<Integer> statuses = done.stream().map(Http.Answer::status).collect(Collectors.toSet());
        assertTrue(Set.of(200, 409).containsAll(statuses), statuses::toString);
        long count = done.stream().filter(answer -> answer.status() == 200).count();
        assertEquals(200, end(id, "commit").status());
        Document first = http.get(MOVIES + "/documents/int:0").json();
        assertEquals(Value.of((int) (1900 + count)), first.get("year"));
    }

    @Test
    void a_request_with_an_id_has_its_effect_once() {
        String insert =
                "{\"document\":{\"n\":1},\"requestId\":\"r-1\",\"writeConcern\":{\"j\":true}}";

        Http.Answer first = http.post(MOVIES + "/insertOne", insert);
        Http.Answer second = http.post(MOVIES + "/insertOne", insert);

        assertEquals(201, first.status(), first.text());
        assertEquals(first.text(), second.text());
        assertEquals(Value.of(1), http.post(MOVIES + "/count", "{\"filter\":{}}").get("count"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"requestId\":\"\"               | 2",
                "\"writeConcern\":{\"w\":3}       | 100",
                "\"durability\":\"mostly\"        | 2",
            })
    void a_write_says_what_it_cannot_have(String option, int code) {
        assertProblem(
                400, code, http.post(MOVIES + "/insertOne", "{\"document\":{}," + option + "}"));
    }

    @Test
    void options_of_single_writes_have_no_place_inside() {
        String body = "{\"document\":{},\"requestId\":\"r\"}";
        assertProblem(400, 72, post(begin(), MOVIES + "/insertOne", body));
        String journaled = "{\"document\":{},\"writeConcern\":{\"j\":true}}";
        assertProblem(400, 72, post(begin(), MOVIES + "/insertOne", journaled));
    }

    @Test
    void the_state_of_an_earlier_commit_is_read_by_its_tag() {
        test.insertMovies(2);
        String tag = http.get(MOVIES + "/documents/int:1").header("ETag").replace("\"", "");
        http.post(MOVIES + "/deleteMany", "{\"filter\":{}}");
        String filter = "&count=exact&filter=" + Http.encoded("{\"year\":{\"$gt\":1800}}");

        assertEquals(404, http.get(MOVIES + "/documents/int:1").status());
        assertEquals(200, http.get(MOVIES + "/documents/int:1?asOf=" + tag).status());
        Http.Answer list = http.get(MOVIES + "/documents?asOf=" + tag + filter);
        assertEquals(Value.of(2), list.get("count"), list.text());
        Http.Answer sum = http.post(MOVIES + "/count", "{\"asOf\":" + tag + "}");
        assertEquals(Value.of(2), sum.get("count"), sum.text());
        assertProblem(400, 2, http.get(MOVIES + "/documents?asOf=2999-01-01T00:00:00Z"));
        assertProblem(400, 2, http.get(MOVIES + "/documents?asOf=then"));
        assertProblem(400, 72, get(begin(), MOVIES + "/documents?asOf=" + tag));
    }
}
