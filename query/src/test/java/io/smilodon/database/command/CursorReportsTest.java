package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Json;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What {@code currentOp} and the profile tell of cursors. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CursorReportsTest {

    private static final String FIND =
            "{'find':'x','filter':{'a':{'$gt':0}},'sort':{'a':1},'batchSize':2}";

    private static final List<String> HASHES =
            List.of("queryHash", "planCacheShapeHash", "queryShapeHash");

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.ok("{'create': 'log', 'capped': true, 'size': 100000}");
        for (String name : List.of("x", "log")) {
            for (int i = 0; i < 9; i++) {
                server.ok(
                        "{'insert': '%s', 'documents': [{'_id': %d, 'a': %d}]}"
                                .formatted(name, i, i));
            }
        }
        server.ok("{'createIndexes': 'x', 'indexes': [{'key': {'a': 1}, 'name': 'a_1'}]}");
        server.ok("{'profile': 2}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private long open(String command) {
        return number(part(server.ok(command), "cursor"), "id");
    }

    private Document more(long id, String collection, String options) {
        return server.ok(
                "{'getMore': %d, 'collection': '%s'%s}".formatted(id, collection, options));
    }

    private Document onlyIdle() {
        List<Document> idle =
                documents(
                        server.adminOk(
                                "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$currentOp':"
                                        + " {'idleCursors': true}}, {'$match': {'type':"
                                        + " 'idleCursor'}}]}"));
        assertEquals(1, idle.size());
        return idle.getFirst();
    }

    private static List<Document> documents(Document answer) {
        ArrayValue batch = (ArrayValue) part(answer, "cursor").get("firstBatch");
        return batch.elements().stream().map(each -> (Document) each).toList();
    }

    /** The newest entry of the profile that is of no find of the profile itself. */
    private Document entry() {
        return documents(
                        server.ok(
                                "{'find': 'system.profile', 'filter': {'ns': {'$ne':"
                                        + " 'cinema.system.profile'}}, 'sort': {'$natural': -1},"
                                        + " 'limit': 1}"))
                .getFirst();
    }

    private static String text(Document document, String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "" : " ").append(Json.text(document.get(name)));
        }
        return text.toString();
    }

    private static long millis(Document document, String name) {
        return ((DateValue) document.get(name)).epochMillis();
    }

    @Test
    void an_idle_cursor_tells_where_it_comes_from_and_how_far_it_was_read() {
        long begin = System.currentTimeMillis();
        long id = open(FIND);
        Document shown = part(onlyIdle(), "cursor");
        assertEquals(id, number(shown, "cursorId"));
        assertEquals("2 1", text(shown, "nDocsReturned", "nBatchesReturned"));
        more(id, "x", ", 'batchSize': 3");
        Document idle = onlyIdle();
        shown = part(idle, "cursor");
        assertEquals("'IXSCANa_1' 'cinema.x'", text(idle, "planSummary", "ns"));
        assertEquals("5 2", text(shown, "nDocsReturned", "nBatchesReturned"));
        assertEquals("false false false", text(shown, "noCursorTimeout", "tailable", "awaitData"));
        assertEquals(FIND, Json.text(part(shown, "originatingCommand").without("$db")));
        assertFalse(shown.has("planSummary"));
        assertFalse(shown.has("operationUsingCursorId"));
        assertTrue(millis(shown, "createdDate") >= begin);
        assertTrue(millis(shown, "lastAccessDate") >= millis(shown, "createdDate"));
    }

    @Test
    void a_cursor_says_whether_it_waits_for_more() {
        open("{'find': 'log', 'tailable': true}");
        Document tail = part(onlyIdle(), "cursor");
        assertEquals("false true false", text(tail, "noCursorTimeout", "tailable", "awaitData"));
        server.smilodon().cursors().tryKill(CursorReply.id(number(tail, "cursorId")));
        open("{'find': 'x', 'noCursorTimeout': true, 'batchSize': 1}");
        Document kept = part(onlyIdle(), "cursor");
        assertEquals("true false false", text(kept, "noCursorTimeout", "tailable", "awaitData"));
    }

    @Test
    void a_request_that_reads_on_shows_its_cursor() {
        String command = "{'find':'log','tailable':true,'awaitData':true}";
        long id = open(command);
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> more(id, "log", ", 'maxTimeMS': 60000"));
        Document active = awaitActive();
        Document cursor = part(active, "cursor");
        assertEquals("'getmore' 'COLLSCAN'", text(active, "op", "planSummary"));
        assertEquals(id, number(cursor, "cursorId"));
        assertEquals(number(active, "opid"), number(cursor, "operationUsingCursorId"));
        assertEquals(
                "9 1 true true",
                text(cursor, "nDocsReturned", "nBatchesReturned", "tailable", "awaitData"));
        assertEquals(command, Json.text(part(cursor, "originatingCommand").without("$db")));
        assertFalse(cursor.has("planSummary"));
        server.ok("{'insert': 'log', 'documents': [{'_id': 100}]}");
        Document batch = part(waiting.join(), "cursor");
        assertEquals("[{'_id':100}]", Json.text(batch.get("nextBatch")));
    }

    private Document awaitActive() {
        return Await.present(
                "somebody reads the cursor",
                () -> {
                    Document listed =
                            server.adminOk("{'currentOp': 1, 'cursor': {'$exists': true}}");
                    ArrayValue found = (ArrayValue) listed.get("inprog");
                    return found.elements().stream().map(each -> (Document) each).findFirst();
                });
    }

    @Test
    void batches_of_one_cursor_are_told_as_one_query() {
        long id = open(FIND);
        Document first = entry();
        assertEquals(id, number(first, "cursorid"));
        assertFalse(first.has("originatingCommand"));
        assertFalse(first.has("cursorExhausted"));
        more(id, "x", ", 'batchSize': 2");
        Document second = entry();
        assertEquals(id, number(second, "cursorid"));
        assertEquals(FIND, Json.text(part(second, "originatingCommand").without("$db")));
        assertEquals("'getmore' 'IXSCANa_1'", text(second, "op", "planSummary"));
        for (String hash : HASHES) {
            assertTrue(first.has(hash), hash);
            assertEquals(first.get(hash), second.get(hash), hash);
        }
        assertFalse(second.has("cursorExhausted"));
        more(id, "x", "");
        Document last = entry();
        assertEquals(id, number(last, "cursorid"));
        assertEquals("true 4", text(last, "cursorExhausted", "nreturned"));
    }

    @Test
    void a_pipeline_is_told_with_its_batches() {
        String command =
                "{'aggregate':'x','pipeline':[{'$match':{'a':{'$gte':0}}}],"
                        + "'cursor':{'batchSize':0},'hint':'a_1'}";
        long id = open(command);
        Document first = entry();
        more(id, "x", "");
        Document second = entry();
        assertEquals(id, number(first, "cursorid"));
        assertEquals(command, Json.text(part(second, "originatingCommand").without("$db")));
        assertEquals(
                "'IXSCANa_1' 9 9 9 true",
                text(
                        second,
                        "planSummary",
                        "nreturned",
                        "keysExamined",
                        "docsExamined",
                        "cursorExhausted"));
        assertEquals(first.get("queryShapeHash"), second.get("queryShapeHash"));
    }

    @Test
    void what_leaves_no_cursor_names_none() {
        for (String command :
                List.of(
                        "{'find': 'x'}",
                        "{'find': 'x', 'limit': 2}",
                        "{'find': 'x', 'batchSize': 2, 'singleBatch': true}")) {
            assertEquals(0, open(command));
            Document entry = entry();
            assertFalse(entry.has("cursorid"), command);
            assertEquals("true", text(entry, "cursorExhausted"), command);
        }
        server.ok("{'count': 'x'}");
        assertFalse(entry().has("cursorExhausted"));
    }

    @Test
    void a_large_request_is_kept_by_its_size_and_its_comment() {
        String many = "[" + "0,1,2,3,4,5,6,7,8,".repeat(1_000) + "9]";
        long id =
                open(
                        "{'find': 'x', 'filter': {'a': {'$in': %s}}, 'batchSize': 1, 'comment':"
                                        .formatted(many)
                                + " 'mine'}");
        Document kept = part(part(onlyIdle(), "cursor"), "originatingCommand");
        assertEquals("'x' 'mine'", text(kept, "find", "comment"));
        assertTrue(number(kept, "$truncatedBytes") > 4096);
        assertEquals(3, kept.size());
        more(id, "x", "");
        assertEquals(kept, entry().get("originatingCommand"));
    }

    @Test
    void what_the_program_itself_opens_has_no_command() {
        DocumentCollection films = server.smilodon().database("cinema").collection("x");
        server.smilodon().cursors().first(films.find(Document.EMPTY), OptionalInt.of(1));
        Document shown = part(onlyIdle(), "cursor");
        assertFalse(shown.has("originatingCommand"));
        assertEquals(1, number(shown, "nDocsReturned"));
    }
}
