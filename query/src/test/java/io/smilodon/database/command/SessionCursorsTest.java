package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.CursorRegistry;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a cursor is, how long it lives, and what ends with a session. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionCursorsTest {

    private static final String NOBODY = "";
    private static final String ID = "{'id': {'$binary': {'base64': '%s', 'subType': '04'}}}";
    private static final String FIRST = ID.formatted("AAAAAAAAAAAAAAAAAAAAAQ==");
    private static final String SECOND = ID.formatted("AAAAAAAAAAAAAAAAAAAAAg==");

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final CommandServer server =
            new CommandServer(DatabaseOptions.DEFAULTS.withClock(clock(millis)));

    private static Clock clock(AtomicLong millis) {
        return new Clock() {
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
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String of(String session) {
        return session.isEmpty() ? "" : ", 'lsid': " + session;
    }

    private static String transaction(int number) {
        return ", 'txnNumber': %d, 'autocommit': false".formatted(number);
    }

    /** Opens a cursor, and gives the command that reads it on, which is not whole yet. */
    private String open(String fields) {
        server.insertFilms();
        String find = "{'find': 'films', 'batchSize': 1%s}".formatted(fields);
        long id = number(part(server.ok(find), "cursor"), "id");
        return "{'getMore': %d, 'collection': 'films', 'batchSize': 1".formatted(id);
    }

    @Test
    void only_its_session_reads_a_cursor_on() {
        String outside = open(NOBODY);
        server.fails(50736, outside + of(FIRST) + "}");
        server.ok(outside + "}");
    }

    @Test
    void another_session_or_none_does_not_read_a_cursor_on() {
        String inside = open(of(FIRST));
        server.fails(50737, inside + "}");
        server.fails(50738, inside + of(SECOND) + "}");
        server.ok(inside + of(FIRST) + "}");
    }

    @Test
    void only_its_transaction_reads_a_cursor_on() {
        String outside = open(of(FIRST));
        server.ok("{'find': 'films', 'startTransaction': true" + of(FIRST) + transaction(1) + "}");
        server.fails(50739, outside + of(FIRST) + transaction(1) + "}");
        server.ok(outside + of(FIRST) + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'find': 'numbers', 'projection': {'r': {'$mod': ['$i', '$i']}}",
                "'aggregate': 'numbers', 'pipeline': [{'$group': {'_id': {'$mod': ['$i', '$i']}}}],"
                        + " 'cursor': {}"
            })
    void what_a_cursor_finds_wrong_in_a_transaction_is_told_as_outside(String command) {
        server.ok("{'insert': 'numbers', 'documents': [{'_id': 0, 'i': 0}]}");
        server.fails(16610, "{" + command + "}");
        String start = ", 'startTransaction': true" + of(FIRST) + transaction(1);
        assertUnlabelled(16610, server.run("{" + command + start + "}"));
        String commit = "{'commitTransaction': 1" + of(FIRST) + transaction(1) + "}";
        assertCode(251, server.admin(commit)); // it is over
    }

    @Test
    void also_what_it_finds_when_it_is_read_on() {
        server.ok(
                "{'insert': 'numbers', 'documents': [{'_id': 0, 'i': 1}, {'_id': 1, 'i': 1},"
                        + " {'_id': 2, 'i': 0}]}");
        String find =
                "{'find': 'numbers', 'projection': {'r': {'$mod': ['$i', '$i']}}, 'batchSize': 1,"
                        + " 'startTransaction': true";
        Document begun = server.ok(find + of(FIRST) + transaction(1) + "}");
        long id = number(part(begun, "cursor"), "id");
        String more = "{'getMore': %d, 'collection': 'numbers'".formatted(id);
        assertUnlabelled(16610, server.run(more + of(FIRST) + transaction(1) + "}"));
    }

    private static void assertUnlabelled(int code, Document failure) {
        assertCode(code, failure);
        assertFalse(failure.has("errorLabels"), () -> Json.text(failure));
    }

    @Test
    void a_cursor_of_a_transaction_is_not_read_on_outside_of_it() {
        String inside = open(", 'startTransaction': true" + of(FIRST) + transaction(1));
        server.fails(50740, inside + of(FIRST) + "}");
        server.ok(inside + of(FIRST) + transaction(1) + "}");
        server.ok("{'find': 'films', 'startTransaction': true" + of(FIRST) + transaction(2) + "}");
        server.fails(50741, inside + of(FIRST) + transaction(2) + "}");
    }

    @Test
    void the_cursors_of_a_session_end_with_it() {
        String ended = open(of(FIRST));
        server.ok("{'drop': 'films'}");
        String other = open(of(SECOND));
        server.ok("{'endSessions': [" + FIRST + "]}");
        server.fails(43, ended + of(FIRST) + "}");
        server.ok(other + of(SECOND) + "}");
        server.ok("{'killSessions': [" + SECOND + "]}");
        server.fails(43, other + of(SECOND) + "}");
    }

    @Test
    void killing_all_sessions_leaves_the_cursors_of_nobody() {
        String outside = open(NOBODY);
        server.ok("{'drop': 'films'}");
        String inside = open(of(FIRST));
        server.ok("{'killAllSessions': []}");
        server.fails(43, inside + of(FIRST) + "}");
        server.smilodon().cursors().kill(id(outside));
    }

    private static String id(String getMore) {
        return CursorReply.id(Long.parseLong(getMore.replaceAll("\\D+(\\d+).*", "$1")));
    }

    @Test
    void a_cursor_without_timeout_lives_as_long_as_its_session() {
        String kept = open(", 'noCursorTimeout': true" + of(FIRST));
        for (int i = 0; i < 3; i++) {
            millis.addAndGet(CursorRegistry.KEPT_MILLIS_MAX);
            server.ok(
                    i == 0
                            ? "{'refreshSessions': [" + FIRST + "]}"
                            : "{'ping': 1" + of(FIRST) + "}");
            assertEquals(1, server.smilodon().cursors().openCount());
        }
        millis.addAndGet(CursorRegistry.KEPT_MILLIS_MAX + 1);
        server.fails(43, kept + of(FIRST) + "}");
    }

    /** What a client is told of its commit is so, whoever kills its session meanwhile. */
    @Test
    void a_session_that_is_killed_at_its_commit_has_committed_or_not() throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 200; round++) {
                int id = round;
                server.ok(
                        "{'insert': 'a', 'documents': [{'_id': %d}], 'startTransaction': true%s}"
                                .formatted(id, of(FIRST) + transaction(id)));
                String commit = "{'commitTransaction': 1" + of(FIRST) + transaction(id) + "}";
                boolean isKilledFirst = random.nextBoolean();
                Future<Document> early = clients.submit(isKilledFirst ? this::kill : () -> null);
                Future<Document> answer = clients.submit(() -> server.admin(commit));
                Future<Document> late = clients.submit(isKilledFirst ? () -> null : this::kill);
                early.get();
                late.get();
                check("seed " + seed, id, answer.get(), server.admin(commit));
            }
        }
    }

    private Document kill() {
        return server.ok("{'killSessions': [" + FIRST + "]}");
    }

    private void check(String seed, int id, Document answer, Document again) {
        boolean isThere =
                number(server.ok("{'count': 'a', 'query': {'_id': %d}}".formatted(id)), "n") == 1;
        boolean isTold = answer.get("ok").equals(Value.of(1.0));
        String text =
                "%s: %s: %s, then %s".formatted(seed, isThere, Json.text(answer), Json.text(again));
        assertEquals(isThere, again.get("ok").equals(Value.of(1.0)), text);
        assertTrue(isTold == isThere, text);
    }
}
