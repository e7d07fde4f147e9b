package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.database.SessionRegistry;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions as MongoDB's clients speak of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionCommandsTest {

    static final String FIRST =
            "'lsid': {'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAQ==', 'subType': '04'}}}";
    static final String SECOND =
            "'lsid': {'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAg==', 'subType': '04'}}}";
    private static final String INSERT = "'insert': 'a', 'documents': [{'_id': %d}]";
    static final String COUNT = "'count': 'a'";

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final CommandServer server =
            new CommandServer(DatabaseOptions.DEFAULTS.withClock(new SetClock(millis)));

    /** A clock that shows what a test says. */
    private static final class SetClock extends Clock {

        private final AtomicLong millis;

        SetClock(AtomicLong millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    static String insert(int id) {
        return INSERT.formatted(id);
    }

    /** The first statement of a transaction. */
    static String begin(String session, int transaction, String command) {
        return statement(session, transaction, command + ", 'startTransaction': true");
    }

    static String statement(String session, int transaction, String command) {
        return "{%s, %s, 'txnNumber': %d, 'autocommit': false}"
                .formatted(command, session, transaction);
    }

    private Document end(String command, String session, int transaction) {
        return server.admin(statement(session, transaction, "'" + command + "': 1"));
    }

    private long count() {
        return number(server.ok("{" + COUNT + "}"), "n");
    }

    static void assertTransient(Document answer) {
        assertEquals(
                "['TransientTransactionError']",
                Json.text(answer.get("errorLabels")),
                () -> Json.text(answer));
    }

    @Test
    void statements_of_a_transaction_are_committed_together() {
        server.ok(begin(FIRST, 1, insert(1)));
        server.ok(statement(FIRST, 1, insert(2)));
        assertEquals(2, number(server.ok(statement(FIRST, 1, COUNT)), "n"));
        assertEquals(0, count());

        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));

        assertEquals(2, count());
        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));
        assertCode(256, end("abortTransaction", FIRST, 1));
        server.fails(256, statement(FIRST, 1, insert(3)));
    }

    @Test
    void an_aborted_transaction_leaves_nothing() {
        server.ok(begin(FIRST, 1, insert(1)));

        CommandServer.withoutOk(end("abortTransaction", FIRST, 1));

        assertEquals(0, count());
        Document late = server.run(statement(FIRST, 1, insert(1)));
        assertCode(251, late);
        assertTransient(late);
        assertCode(251, end("commitTransaction", FIRST, 1));
        assertTransient(end("abortTransaction", FIRST, 1));
    }

    @Test
    void a_commit_says_how_durable_it_is() {
        server.ok(begin(FIRST, 1, insert(1)));
        String commit = "'commitTransaction': 1, 'writeConcern': %s, 'recoveryToken': {'a': 1}";
        assertCode(100, server.admin(statement(FIRST, 1, commit.formatted("{'w': 2}"))));
        server.adminOk(statement(FIRST, 1, commit.formatted("{'w': 'majority', 'j': true}")));
        assertEquals(1, count());
    }

    @Test
    void sessions_do_not_see_each_other() {
        server.ok("{'create': 'a'}");
        server.ok(begin(FIRST, 1, insert(1)));
        server.ok(begin(SECOND, 1, insert(2)));
        CommandServer.withoutOk(end("commitTransaction", SECOND, 1));
        assertEquals(1, number(server.ok(statement(FIRST, 1, COUNT)), "n"));
        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));
        assertEquals(2, count());
    }

    @Test
    void a_conflict_aborts_and_may_be_tried_again() {
        server.ok("{'insert': 'a', 'documents': [{'_id': 1}]}");
        String update = "'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'$inc': {'n': 1}}}]";
        server.ok(begin(FIRST, 1, update));
        server.ok("{" + update + "}");

        Document conflict = end("commitTransaction", FIRST, 1);

        assertCode(112, conflict);
        assertTransient(conflict);
        server.ok(begin(FIRST, 2, update));
        CommandServer.withoutOk(end("commitTransaction", FIRST, 2));
        Document found = server.ok("{'find': 'a'}");
        assertTrue(Json.text(found).contains("'n':2"), () -> Json.text(found));
    }

    @Test
    void any_failure_aborts() {
        server.ok(begin(FIRST, 1, insert(1)));
        server.fails(14, statement(FIRST, 1, "'find': 'a', 'limit': 'x'"));
        server.fails(251, statement(FIRST, 1, insert(2)));
        server.ok(begin(FIRST, 2, insert(1)));
        server.fails(40415, statement(FIRST, 2, insert(2) + ", 'nope': 1"));
        assertCode(251, end("commitTransaction", FIRST, 2));
        assertEquals(0, count());
    }

    @Test
    void what_does_not_belong_into_a_transaction_leaves_it_alone() {
        server.ok(begin(FIRST, 1, insert(1)));
        server.fails(263, statement(FIRST, 1, "'drop': 'a'"));
        server.fails(72, statement(FIRST, 1, insert(2) + ", 'writeConcern': {'w': 1}"));
        server.fails(72, statement(FIRST, 1, COUNT + ", 'readConcern': {'level': 'snapshot'}"));
        assertCode(263, server.admin(begin(FIRST, 1, "'commitTransaction': 1")));
        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));
        assertEquals(1, count());
    }

    @Test
    void a_new_transaction_aborts_the_one_before() {
        server.ok(begin(FIRST, 1, insert(1)));
        server.ok(begin(FIRST, 2, insert(2)));
        assertEquals(1, server.smilodon().transactions().openCount());
        server.fails(225, statement(FIRST, 1, insert(3)));
        server.fails(225, begin(FIRST, 1, insert(3)));
        server.fails(117, begin(FIRST, 2, insert(3)));
        assertCode(225, end("commitTransaction", FIRST, 1));
        CommandServer.withoutOk(end("commitTransaction", FIRST, 2));
        assertEquals(1, count());
    }

    @Test
    void a_write_with_a_newer_number_aborts_the_transaction_before_and_an_older_one_is_refused() {
        server.ok(begin(FIRST, 2, insert(1)));
        server.fails(225, "{" + insert(2) + ", " + FIRST + ", 'txnNumber': 1}");
        server.ok("{" + insert(3) + ", " + FIRST + ", 'txnNumber': 3}");
        assertEquals(1, count());
        assertCode(225, end("commitTransaction", FIRST, 2));
        server.ok("{" + insert(3) + ", " + FIRST + ", 'txnNumber': 3}"); // it comes again
        server.fails(225, "{" + insert(2) + ", " + FIRST + ", 'txnNumber': 2}");
        assertCode(251, end("commitTransaction", FIRST, 3));
        server.ok("{" + insert(4) + ", " + SECOND + ", 'txnNumber': 0}");
        assertEquals(2, count());
    }

    @Test
    void what_a_server_that_ends_has_not_done_is_sent_again() {
        server.ok(begin(FIRST, 1, insert(1)));
        server.close();
        assertTransient(server.run(statement(FIRST, 1, insert(2)))); // it was aborted
        assertLabels("['TransientTransactionError']", server.run(begin(SECOND, 1, insert(2))));
        assertLabels(
                "['RetryableWriteError','UnknownTransactionCommitResult']",
                end("commitTransaction", FIRST, 1));
        assertLabels(
                "['RetryableWriteError']",
                server.run("{" + insert(3) + ", " + SECOND + ", 'txnNumber': 2}"));
    }

    @Test
    void of_many_documents_that_may_come_again_only_few_go_alone_for_one_that_fails() {
        server.ok("{" + insert(700) + "}");
        String documents =
                IntStream.range(0, 1000)
                        .mapToObj("{'_id': %d}"::formatted)
                        .collect(Collectors.joining(","));
        String command =
                "{'insert': 'a', 'ordered': false, 'documents': [%s], 'txnNumber': 1, %s}"
                        .formatted(documents, FIRST);
        long before = server.smilodon().statistics().store().commits();

        String answer = server.text(command);

        long commits = server.smilodon().statistics().store().commits() - before;
        assertTrue(commits <= 20, () -> commits + " commits");
        assertTrue(answer.contains("'n':999") && answer.contains("'index':700"), answer);
        assertEquals(answer, server.text(command));
        assertEquals(1000, count());
    }

    private static void assertLabels(String labels, Document answer) {
        assertCode(91, answer);
        assertEquals(labels, Json.text(answer.get("errorLabels")), () -> Json.text(answer));
    }

    @Test
    void a_statement_belongs_to_a_transaction_that_has_begun() {
        Document answer = server.run(statement(FIRST, 1, insert(1)));
        assertCode(251, answer);
        assertTransient(answer);
        assertCode(251, end("commitTransaction", FIRST, 1));
        server.adminFails(125, "{'commitTransaction': 1}");
        server.adminFails(125, "{'abortTransaction': 1, " + FIRST + "}");
        server.fails(13, "{'commitTransaction': 1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "72 | 'txnNumber': 1",
                "72 | 'autocommit': false",
                "72 | 'txnNumber': 1, 'autocommit': false, 'startTransaction': true",
                "72 | 'autocommit': false, S",
                "72 | 'txnNumber': 1, 'autocommit': true, S",
                "72 | 'txnNumber': 1, 'startTransaction': true, S",
                "72 | 'txnNumber': 1, 'autocommit': false, 'startTransaction': false, S",
                "72 | 'txnNumber': -1, 'autocommit': false, 'startTransaction': true, S",
                "14 | 'txnNumber': 'x', S",
                "72 | 'txnNumber': 1, 'autocommit': false, 'startTransaction': true, S, 'readConcern': {'level': 'linearizable'}",
                "14 | 'lsid': {'id': 1}",
                "14 | 'lsid': {'id': {'$binary': {'base64': 'AAA=', 'subType': '04'}}}",
                "14 | 'lsid': 1",
                "40414 | 'lsid': {}",
                "40415 | 'lsid': {'id': 1, 'x': 1}",
            })
    void fields_that_do_not_go_together(int code, String fields) {
        server.fails(code, "{" + insert(1) + ", " + fields.replace("S", FIRST) + "}");
        assertEquals(0, count());
    }

    @Test
    void a_transaction_reads_at_the_levels_that_mongodb_knows() {
        int transaction = 0;
        for (String level : new String[] {"local", "majority", "snapshot"}) {
            String concern = ", 'readConcern': {'level': '" + level + "'}";
            server.ok(begin(FIRST, transaction++, COUNT + concern));
        }
    }

    @Test
    void cursors_of_a_transaction_read_on_in_it() {
        server.insertFilms();
        Document first =
                part(server.ok(begin(FIRST, 1, "'find': 'films', 'batchSize': 2")), "cursor");
        server.ok(
                statement(
                        FIRST,
                        1,
                        "'getMore': %d, 'collection': 'films'".formatted(number(first, "id"))));
        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));
    }

    @Test
    void sessions_are_given_ids() {
        Document one = server.ok("{'startSession': 1}");
        assertEquals(30, number(one, "timeoutMinutes"));
        assertNotEquals(one.get("id"), server.ok("{'startSession': 1}").get("id"));
        String session = "'lsid': " + Json.text(one.get("id"));
        server.ok("{'ping': 1, " + session + "}");
        server.ok(begin(session, 1, insert(1)));
        CommandServer.withoutOk(end("commitTransaction", session, 1));
    }

    @Test
    void an_ended_session_aborts_its_transaction() {
        server.ok(begin(FIRST, 5, insert(1)));
        server.ok("{'endSessions': [" + FIRST.substring("'lsid': ".length()) + "]}");
        assertEquals(0, server.smilodon().transactions().openCount());
        server.fails(251, statement(FIRST, 5, insert(1)));
        server.ok(begin(FIRST, 1, insert(1)));
        server.fails(14, "{'endSessions': 1}");
        server.fails(14, "{'refreshSessions': [1]}");
        server.fails(40414, "{'killSessions': [{}]}");
        server.ok("{'endSessions': []}");
    }

    @Test
    void an_idle_session_is_forgotten_unless_it_is_refreshed() {
        server.ok(begin(FIRST, 5, insert(1)));
        server.ok(begin(SECOND, 5, insert(2)));
        millis.addAndGet(SessionRegistry.IDLE_MILLIS_MAX);
        server.ok("{'refreshSessions': [" + FIRST.substring("'lsid': ".length()) + "]}");
        millis.addAndGet(1);
        server.fails(251, statement(SECOND, 4, COUNT));
        server.fails(225, statement(FIRST, 4, COUNT));
        assertEquals(1, server.smilodon().sessions().all().size());
    }

    @Test
    void killing_sessions_ends_what_runs_in_them() {
        server.ok(begin(FIRST, 1, insert(1)));
        StringBuilder documents = new StringBuilder();
        for (int id = 0; id < 300; id++) {
            documents.append(id == 0 ? "" : ", ").append("{'_id': ").append(id).append("}");
        }
        server.ok("{'insert': 'many', 'documents': [" + documents + "]}");
        String join = "{'$lookup': {'from': 'many', 'pipeline': [], 'as': 'x'}}, {'$unwind': '$x'}";
        String endless =
                "{'aggregate': 'many', 'cursor': {}, 'pipeline': [%s, %s, {'$count': 'n'}], %s}"
                        .formatted(join, join, SECOND);
        CompletableFuture<Document> answer =
                CompletableFuture.supplyAsync(() -> server.run(endless));
        Await.until(
                "it runs",
                () -> !server.smilodon().operations().running().isEmpty() || answer.isDone());
        server.ok("{'killSessions': [" + SECOND.substring("'lsid': ".length()) + "]}");
        assertCode(11601, answer.join());
        server.ok(statement(FIRST, 1, COUNT));
        server.ok("{'killSessions': []}");
        server.fails(251, statement(FIRST, 1, COUNT));
    }
}
