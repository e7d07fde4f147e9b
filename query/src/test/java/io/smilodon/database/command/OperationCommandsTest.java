package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.database.OperationDescription;
import io.smilodon.database.OperationRegistry;
import io.smilodon.database.RunningOperation;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationCommandsTest {

    /** Looks at some millions of pairs: it lasts until somebody ends it. */
    private static final String LONG_ONE =
            "{'aggregate': 'a', 'cursor': {}, 'pipeline': [{'$lookup': {'from': 'a', 'as': 'x',"
                    + " 'let': {'i': '$_id'}, 'pipeline': [{'$match': {'$expr': {'$gt': ['$b',"
                    + " '$$i']}}}]}}, {'$match': {'x': {'$size': 1}}}]%s}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private void insertMany() {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            documents.append(i == 0 ? "" : ",").append("{'_id': %d}".formatted(i));
        }
        server.ok("{'insert': 'a', 'documents': [" + documents + "]}");
    }

    private RunningOperation running() {
        return Await.present(
                "something runs",
                () -> server.smilodon().operations().running().stream().findFirst());
    }

    @Test
    void an_operation_that_runs_is_listed_and_can_be_ended() {
        insertMany();
        CompletableFuture<Document> answer =
                CompletableFuture.supplyAsync(() -> server.run(LONG_ONE.formatted("")));
        int id = running().id();
        Document listed =
                server.adminOk("{'currentOp': 1, '$all': true, 'ns': {'$regex': 'cinema'}}");
        String text = Json.text(listed);
        assertTrue(text.startsWith("{'inprog':[{'type':'op','opid':" + id), text);
        assertTrue(text.contains("'command':{'aggregate':'a'"), text);

        server.adminOk("{'killOp': 1, 'op': %d}".formatted(id));

        assertCode(11601, answer.join());
        assertEquals(0, server.smilodon().operations().running().size());
    }

    @Test
    void rule_120_an_operation_that_takes_too_long_is_50() {
        insertMany();
        server.fails(50, LONG_ONE.formatted(", 'maxTimeMS': 20"));
        server.fails(2, "{'insert': 'a', 'documents': [{}], 'maxTimeMS': -1}");
    }

    @Test
    void current_op_sees_itself() {
        Document listed = server.adminOk("{'currentOp': 1}");
        assertEquals(1, ((ArrayValue) listed.get("inprog")).size());
        assertEquals(
                "{'inprog':[]}",
                Json.text(server.adminOk("{'currentOp': 1, 'secs_running': {'$gt': 99}}")));
        server.fails(13, "{'currentOp': 1}");
    }

    @Test
    void an_unknown_operation_can_be_ended_too() {
        assertEquals(
                "{'info':'attemptingtokillop'}",
                Json.text(server.adminOk("{'killOp': 1, 'op': 99999}")));
        server.adminFails(40414, "{'killOp': 1}");
        server.fails(13, "{'killOp': 1, 'op': 1}");
    }

    @Test
    void a_profiled_database_keeps_what_was_done() {
        assertEquals("{'was':0,'slowms':100,'sampleRate':1.0}", server.text("{'profile': 2}"));
        server.insertFilms();
        assertEquals("{'was':2,'slowms':100,'sampleRate':1.0}", server.text("{'profile': 0}"));
        server.ok("{'count': 'films'}");

        List<Document> kept = profile("cinema");

        assertEquals(2, kept.size());
        assertEquals("'cinema.films'", Json.text(kept.get(1).get("ns")));
        assertEquals(0, profile("other").size());
    }

    private List<Document> profile(String database) {
        List<Document> kept = new ArrayList<>();
        try (DocumentCursor cursor =
                server.smilodon()
                        .database(database)
                        .collection("system.profile")
                        .find(Document.EMPTY)) {
            cursor.forEachRemaining(kept::add);
        }
        return kept;
    }

    @Test
    void a_request_larger_than_a_document_is_profiled_by_its_name() {
        server.ok("{'profile': 2}");
        Document large = Document.of("t", Value.of("x".repeat(9_000_000)));
        Document insert =
                Document.of("insert", Value.of("a"))
                        .with("documents", ArrayValue.of(List.of(large, large)));
        CommandServer.withoutOk(Commands.run(server.context("cinema"), insert));

        List<Document> kept = profile("cinema");

        assertEquals(
                "{'insert':'a','$truncatedBytes':50331648}", Json.text(kept.get(1).get("command")));
    }

    @Test
    void level_1_keeps_what_took_long() {
        server.ok("{'profile': 1, 'slowms': 100000}");
        server.insertFilms();
        assertEquals(0, profile("cinema").size());
        server.ok("{'profile': -1, 'slowms': 0}");
        server.ok("{'count': 'films'}");
        assertEquals(2, profile("cinema").size());
        assertEquals(2, number(server.adminOk("{'getLog': 'global'}"), "totalLinesWritten"));
    }

    @Test
    void a_request_on_which_the_filter_fails_is_not_kept_and_does_not_fail() {
        server.ok("{'profile': 1, 'filter': {'$expr': {'$eq': [{'$toInt': '$ns'}, 1]}}}");
        server.insertFilms();
        server.ok("{'count': 'films'}");
        assertEquals(0, profile("cinema").size());
        server.ok("{'profile': 2, 'filter': 'unset'}");
        server.ok("{'count': 'films'}");
        assertEquals(2, profile("cinema").size());
    }

    @Test
    void a_database_that_was_dropped_is_not_profiled_any_more() {
        server.ok("{'profile': 2, 'filter': {'millis': {'$gte': 0}}}");
        server.ok("{'dropDatabase': 1}");
        server.insertFilms();
        assertEquals("{'was':0,'slowms':100,'sampleRate':1.0}", server.text("{'profile': 2}"));
        server.ok("{'count': 'films'}");
        assertEquals(2, profile("cinema").size());
    }

    @Test
    void levels_outside_of_0_to_2_only_ask() {
        server.ok("{'profile': 1, 'slowms': 50}");
        for (String level : List.of("3", "-1", "-2", "1000000000000")) {
            assertEquals(
                    "{'was':1,'slowms':50,'sampleRate':1.0}",
                    server.text("{'profile': " + level + "}"));
        }
    }

    @Test
    void what_cannot_be_profiled() {
        server.fails(14, "{'profile': 'all'}");
        server.fails(2, "{'profile': 1, 'sampleRate': -0.5}");
        server.fails(2, "{'profile': 1, 'filter': 1}");
    }

    @Test
    void logs_are_listed() {
        assertEquals(
                "{'names':['global','startupWarnings']}",
                Json.text(server.adminOk("{'getLog': '*'}")));
        assertEquals(
                "{'totalLinesWritten':0,'log':[]}",
                Json.text(server.adminOk("{'getLog': 'startupWarnings'}")));
        server.adminFails(96, "{'getLog': 'other'}");
    }

    @Test
    void a_large_request_is_kept_by_its_size() {
        server.ok("{'profile': 2}");
        insertMany();
        Document kept = profile("cinema").get(1);
        Document command = CommandServer.part(kept, "command");
        assertEquals("'a'", Json.text(command.get("insert")));
        assertTrue(number(command, "$truncatedBytes") > 4096);
    }

    @Test
    void a_request_tells_how_far_it_has_come() {
        OperationDescription description =
                new OperationDescription("import", "cinema", "films", Document.EMPTY, "");
        OperationRegistry operations = server.smilodon().operations();
        Document listed =
                operations.run(
                        description,
                        0,
                        () -> {
                            OperationScope.progress(5, 9);
                            return operations.running().getFirst().toDocument();
                        });
        assertEquals("{'done':5,'total':9}", Json.text(listed.get("progress")));
    }
}
