package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParameterCommandsTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String get(String parameter) {
        return Json.text(server.adminOk("{'getParameter': 1, '%s': 1}".formatted(parameter)));
    }

    private Document set(String parameters) {
        return server.adminOk("{'setParameter': 1, %s}".formatted(parameters));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cursorTimeoutMillis | 600000",
                "featureCompatibilityVersion | {'version':'8.0'}",
                "internalQueryLegacyDottedPathNullSemantics | true",
                "internalQueryMaxBlockingSortMemoryUsageBytes | 104857600",
                "localLogicalSessionTimeoutMinutes | 30",
                "maxBSONDepth | 100",
                "notablescan | false",
                "scramIterationCount | 600000",
                "scramSHA256IterationCount | 600000",
                "transactionLifetimeLimitSeconds | 60",
                "ttlMonitorEnabled | true",
                "ttlMonitorSleepSecs | 60"
            })
    void parameters_have_the_values_of_this_server(String name, String value) {
        assertEquals("{'%s':%s}".formatted(name, value), get(name));
    }

    @Test
    void what_is_set_is_told_and_so_is_what_was() {
        assertEquals("{'was':60}", Json.text(set("'ttlMonitorSleepSecs': 30")));
        assertEquals("{'ttlMonitorSleepSecs':30}", get("ttlMonitorSleepSecs"));
        Document two = set("'ttlMonitorSleepSecs': 20, 'notablescan': 1, 'comment': 'x'");
        assertEquals("{'was':false}", Json.text(two));
        assertEquals("{'notablescan':true}", get("notablescan"));
    }

    @Test
    void details_say_what_can_be_set() {
        assertEquals(
                "{'notablescan':{'value':false,'settableAtRuntime':true,"
                        + "'settableAtStartup':false}}",
                Json.text(
                        server.adminOk(
                                "{'getParameter': {'showDetails': true}, 'notablescan': 1}")));
        Document all = server.adminOk("{'getParameter': {'allParameters': true}}");
        assertEquals(server.smilodon().parameters().names().size(), all.size());
        Document settable =
                server.adminOk("{'getParameter': {'allParameters': true, 'setAt': 'runtime'}}");
        assertTrue(settable.has("notablescan"));
        assertFalse(settable.has("maxBSONDepth"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "72 | {'setParameter': 1}",
                "72 | {'setParameter': 1, 'nothing': 1}",
                "72 | {'setParameter': 1, 'notablescan': true, 'nothing': 1}",
                "72 | {'getParameter': 1}",
                "72 | {'getParameter': 1, 'nothing': 1}",
                "20 | {'setParameter': 1, 'maxBSONDepth': 7}",
                "2 | {'setParameter': 1, 'ttlMonitorSleepSecs': 0}",
                "2 | {'setParameter': 1, 'ttlMonitorSleepSecs': 'soon'}",
                "2 | {'setParameter': 1, 'cursorTimeoutMillis': 3000000000}",
                "2 | {'setParameter': 1, 'scramIterationCount': 99999}",
                "2 | {'setParameter': 1, 'scramSHA256IterationCount': 10000001}",
                "2 | {'setParameter': 1, 'notablescan': 'yes'}"
            })
    void what_cannot_be_set_is_refused(int code, String command) {
        server.adminFails(code, command);
        assertEquals("{'notablescan':false}", get("notablescan"));
        server.fails(13, command);
    }

    @Test
    void expired_documents_go_as_soon_as_is_said() {
        server.ok(
                "{'insert': 'a', 'documents': [{'_id': 1, 'at': {'$date': '2020-01-01T00:00:00Z'}}]}");
        server.ok(
                "{'createIndexes': 'a', 'indexes': [{'key': {'at': 1}, 'name': 'at_1',"
                        + " 'expireAfterSeconds': 1}]}");
        set("'ttlMonitorEnabled': false, 'ttlMonitorSleepSecs': 1");
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        assertEquals(1, number(server.ok("{'count': 'a'}"), "n"));
        set("'ttlMonitorEnabled': true");
        Await.until("they are gone", () -> number(server.ok("{'count': 'a'}"), "n") == 0);
    }

    @Test
    void cursors_that_wait_longer_than_is_said_are_closed() {
        Clock hour = Clock.offset(Clock.systemUTC(), Duration.ZERO);
        try (CommandServer other =
                new CommandServer(
                        DatabaseOptions.DEFAULTS.withClock(hour).withCursorIdleMillisMax(60_000))) {
            other.insertFilms();
            other.ok("{'find': 'films', 'batchSize': 1}");
            assertEquals(1, other.smilodon().cursors().openCount());
            other.adminOk("{'setParameter': 1, 'cursorTimeoutMillis': 1}");
            Await.until("it is closed", () -> other.smilodon().cursors().openCount() == 0);
        }
    }

    @Test
    void what_no_index_serves_is_refused_on_request() {
        server.insertFilms();
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        server.ok("{'find': 'films', 'filter': {'title': 'Heat'}}");
        set("'notablescan': true");
        server.fails(291, "{'find': 'films', 'filter': {'title': 'Heat'}}");
        server.fails(
                291, "{'find': 'films', 'filter': {'title': 'Heat'}, 'hint': {'$natural': 1}}");
        server.fails(
                291,
                "{'aggregate': 'films', 'pipeline': [{'$match': {'title': 'x'}}], 'cursor': {}}");
        server.fails(291, "{'explain': {'find': 'films', 'filter': {'title': 'Heat'}}}");
        server.ok("{'find': 'films'}");
        server.ok("{'find': 'films', 'filter': {'_id': 1}}");
        server.ok("{'find': 'films', 'filter': {'_id': {'$gt': 1}}}");
        set("'notablescan': false");
        server.ok("{'find': 'films', 'filter': {'title': 'Heat'}}");
    }

    private String ids(String filter) {
        Document found =
                server.ok("{'find': 'c', 'projection': {'_id': 1}, 'filter': " + filter + "}");
        return Json.text(CommandServer.part(found, "cursor").get("firstBatch"))
                .replaceAll("[^0-9,]", "");
    }

    /** Plans that are remembered, and indexes of some documents, are those of one of both ways. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'key': {'a.b': 1}, 'name': 'i'}",
                "{'key': {'a.b': 1, 'c': 1}, 'name': 'i'}",
                "{'key': {'a.$**': 1}, 'name': 'i'}",
                "{'key': {'a.b': 1}, 'name': 'i', 'sparse': true}",
                "{'key': {'c': 1}, 'name': 'i', 'partialFilterExpression': {'a.b': null}}",
            })
    void rule_016_null_below_a_path_is_read_as_is_said(String index) {
        server.ok(
                "{'insert': 'c', 'documents': [{'_id': 1, 'c': 1, 'a': []},"
                        + " {'_id': 2, 'c': 1, 'a': [1]}, {'_id': 3, 'c': 1, 'a': [{}]},"
                        + " {'_id': 4, 'c': 1, 'a': [{'b': 1}]}, {'_id': 5, 'c': 1}]}");
        if (!index.isEmpty()) {
            server.ok("{'createIndexes': 'c', 'indexes': [" + index + "]}");
        }
        String both = "{'a.b': null, 'c': 1}";
        String join =
                "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$match': {'_id': 5}}, {'$lookup':"
                        + " {'from': 'c', 'localField': 'x', 'foreignField': 'a.b', 'as': 'n'}},"
                        + " {'$project': {'_id': 0, 'n': {'$size': '$n'}}}]}";
        for (int turn = 0; turn < 3; turn++) {
            set("'internalQueryLegacyDottedPathNullSemantics': true");
            assertEquals("3,5", ids("{'a.b': null}"), index);
            assertEquals("3,5", ids(both), index);
            assertEquals("1,2,4", ids("{'a.b': {'$ne': null}}"), index);
            assertTrue(server.text(join).contains("{'n':2}"), () -> server.text(join));
            set("'internalQueryLegacyDottedPathNullSemantics': false");
            assertEquals("1,2,3,5", ids("{'a.b': null}"), index);
            assertEquals("1,2,3,5", ids(both), index);
            assertEquals("4", ids("{'a.b': {'$ne': null}}"), index);
            assertTrue(server.text(join).contains("{'n':4}"), () -> server.text(join));
        }
    }

    /** Whatever requests mean by null: what was stored means what it did. */
    @Test
    void rule_016_the_rule_of_a_collection_is_read_as_ever() {
        server.ok("{'create': 'c', 'validator': {'a.b': null}}");
        for (boolean isLegacy : new boolean[] {true, false}) {
            set("'internalQueryLegacyDottedPathNullSemantics': " + isLegacy);
            server.ok("{'insert': 'c', 'documents': [{'a': [{}]}]}");
            Document refused = server.ok("{'insert': 'c', 'documents': [{'a': [1]}]}");
            assertTrue(Json.text(refused).contains("'code':121"), () -> Json.text(refused));
        }
    }

    /** Three documents: reading all of them is cheapest, unless it is refused. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_index_is_used_instead_of_a_scan(boolean isRemembered) {
        server.insertFilms();
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        String find = "{'find': 'films', 'filter': {'year': {'$ne': 7}, 'title': 'Heat'}}";
        if (isRemembered) {
            server.ok(find);
        }
        set("'notablescan': true");
        String plan = Json.text(server.ok("{'explain': " + find + "}"));
        assertTrue(plan.contains("'IXSCAN'"), plan);
        Document cursor = CommandServer.part(server.ok(find), "cursor");
        assertTrue(Json.text(cursor).contains("Heat"));
    }
}
