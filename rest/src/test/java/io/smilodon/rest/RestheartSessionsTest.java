package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and transactions of RESTHeart's clients, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartSessionsTest {

    private static final String MOVIES = "/restheart/cinema/movies";
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final TestServer server = new TestServer();
    private final Http http = server.http();

    @BeforeEach
    void insert() {
        server.insertMovies(3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The address of a new session. */
    private String session() {
        Http.Answer answer = http.post("/restheart/_sessions", "{}");
        assertEquals(201, answer.status());
        return answer.header("Location");
    }

    private static String id(String session) {
        return session.substring(session.lastIndexOf('/') + 1);
    }

    private String begin(String session) {
        Http.Answer answer = http.send("POST", session + "/_txns", "");
        assertEquals(201, answer.status(), answer.text());
        return answer.header("Location");
    }

    private String current(String session) {
        return http.get(session + "/_txns").text();
    }

    private int patch(int id, String change, String query) {
        String path = MOVIES + "/" + id + "?id_type=NUMBER" + query;
        return http.send("PATCH", path, change, JSON).status();
    }

    private String title(int id, String query) {
        return http.get(MOVIES + "/" + id + "?id_type=NUMBER" + query).text();
    }

    @Test
    void what_is_written_in_a_transaction_is_there_when_it_is_committed() {
        String session = session();
        assertEquals("{\"currentTxn\":null}", current(session));
        String transaction = begin(session);
        assertEquals(session + "/_txns/1", transaction);
        assertEquals("{\"currentTxn\":{\"id\":1,\"status\":\"IN\"}}", current(session));
        assertEquals(304, http.send("POST", session + "/_txns", "").status());
        String query = "&txn=1&sid=" + id(session);
        assertEquals(200, patch(1, "{\"title\": \"a\"}", query));
        assertEquals(201, http.post(MOVIES + "?" + query.substring(1), "{\"_id\": 7}").status());
        assertTrue(title(1, query).contains("\"a\""));
        assertTrue(title(1, "").contains("\"m1\""));
        String own = MOVIES + "/1?id_type=NUMBER" + query;
        assertEquals("", http.get(own).header("ETag")); // it has no version yet
        assertTrue(http.get(MOVIES + "?" + query.substring(1)).text().contains("\"_id\":7"));
        assertEquals(200, http.send("PATCH", transaction, "").status());
        assertEquals(200, http.send("PATCH", transaction, "").status());
        assertTrue(title(1, "").contains("\"a\""));
        assertEquals("{\"currentTxn\":{\"id\":1,\"status\":\"COMMITTED\"}}", current(session));
        assertEquals(409, http.send("DELETE", transaction, "").status());
        assertEquals(session + "/_txns/2", begin(session));
        assertEquals(400, patch(1, "{\"title\": \"b\"}", query));
    }

    @Test
    void what_is_aborted_was_never_there() {
        String session = session();
        String transaction = begin(session);
        String query = "&txn=1&sid=" + id(session);
        assertEquals(200, patch(1, "{\"title\": \"a\"}", query));
        assertEquals(204, http.send("DELETE", transaction, "").status());
        assertEquals("{\"currentTxn\":{\"id\":1,\"status\":\"ABORTED\"}}", current(session));
        assertEquals(404, http.send("PATCH", transaction, "").status());
        assertEquals(404, patch(1, "{\"title\": \"a\"}", query));
        assertTrue(title(1, "").contains("\"m1\""));
    }

    @Test
    void a_conflict_is_409_and_says_that_it_may_be_repeated() {
        String session = session();
        begin(session);
        String query = "&txn=1&sid=" + id(session);
        assertEquals(200, patch(1, "{\"title\": \"a\"}", query));
        assertEquals(200, patch(1, "{\"title\": \"b\"}", ""));
        String path = session + "/_txns/1";
        Http.Answer answer = http.send("PATCH", path, "");
        assertEquals(409, answer.status(), answer.text());
        assertTrue(answer.text().contains("TransientTransactionError"), answer.text());
        assertTrue(title(1, "").contains("\"b\""));
        assertEquals("{\"currentTxn\":{\"id\":1,\"status\":\"ABORTED\"}}", current(session));
    }

    @Test
    void a_session_that_ends_aborts_its_transaction() {
        String session = session();
        begin(session);
        assertEquals(200, patch(1, "{\"title\": \"a\"}", "&txn=1&sid=" + id(session)));
        assertEquals(204, http.send("DELETE", session, "").status());
        assertEquals("{\"currentTxn\":null}", current(session));
        assertEquals(0, server.smilodon().transactions().openCount());
    }

    @Test
    void an_aggregation_reads_in_a_transaction() {
        String definition = "{\"aggrs\": [{\"uri\": \"n\", \"stages\": [{\"$count\": \"n\"}]}]}";
        assertEquals(200, http.send("PATCH", MOVIES, definition, JSON).status());
        String session = session();
        begin(session);
        String query = "?txn=1&sid=" + id(session);
        assertEquals(201, http.post(MOVIES + query, "{\"_id\": 7}").status());
        assertEquals("[{\"n\":4}]", http.get(MOVIES + "/_aggrs/n" + query).text());
        assertEquals("[{\"n\":3}]", http.get(MOVIES + "/_aggrs/n").text());
    }

    @Test
    void a_session_alone_changes_nothing() {
        assertEquals(200, patch(1, "{\"title\": \"a\"}", "&sid=" + id(session())));
        assertTrue(title(1, "").contains("\"a\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&sid=x",
                "&txn=1",
                "&sid=00000000-0000-0000-0000-000000000001&txn=x",
                "&sid=0-0-0-0-1&txn=1",
            })
    void what_is_no_session_or_transaction_is_told(String query) {
        assertEquals(400, patch(1, "{\"title\": \"a\"}", query));
        assertEquals(400, http.send("DELETE", "/restheart/_sessions/x", "").status());
    }

    @Test
    void what_is_unknown_is_404_and_what_cannot_be_done_in_one_is_refused() {
        String session = session();
        assertEquals(404, patch(1, "{\"title\": \"a\"}", "&txn=1&sid=" + id(session)));
        assertEquals(404, http.send("PATCH", session + "/_txns/1", "").status());
        begin(session);
        Http.Answer answer = http.send("PUT", "/restheart/other?txn=1&sid=" + id(session), "");
        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("\"code\":263"), answer.text());
    }
}
