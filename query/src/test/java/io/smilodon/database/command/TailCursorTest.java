package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.FindRequest;
import io.smilodon.database.Json;
import io.smilodon.database.TailCursor;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursors that follow capped collections. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TailCursorTest {

    private static final String LONG_WAIT = ", 'maxTimeMS': 20000";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.ok("{'create': 'log', 'capped': true, 'size': 100000, 'max': 4}");
        insert(7);
        insert(3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void insert(int id) {
        server.ok("{'insert': 'log', 'documents': [{'_id': %d, 'n': %d}]}".formatted(id, id * 10));
    }

    private Document find(String options) {
        return part(server.ok("{'find': 'log', 'tailable': true%s}".formatted(options)), "cursor");
    }

    private String more(Document cursor, String options) {
        return "{'getMore': %d, 'collection': 'log'%s}".formatted(number(cursor, "id"), options);
    }

    private Document next(Document cursor, String options) {
        return part(server.ok(more(cursor, options)), "cursor");
    }

    private static String batch(Document cursor, String name) {
        return Json.text(cursor.get(name)).replace("'", "");
    }

    @Test
    void later_batches_have_what_was_inserted_since() {
        Document cursor = find(", 'projection': {'n': 0}");
        assertEquals("[{_id:7},{_id:3}]", batch(cursor, "firstBatch"));
        assertEquals("[]", batch(next(cursor, ""), "nextBatch"));
        insert(5);
        insert(1);
        Document one = next(cursor, ", 'batchSize': 1");
        assertEquals("[{_id:5}]", batch(one, "nextBatch"));
        assertEquals("[{_id:1}]", batch(next(cursor, ""), "nextBatch"));
        assertEquals("[]", batch(next(cursor, ""), "nextBatch"));
        assertEquals(number(cursor, "id"), number(next(cursor, ""), "id"));
    }

    @Test
    void filter_skip_and_limit_go_on_over_batches() {
        Document cursor = find(", 'filter': {'n': {'$gt': 30}}, 'skip': 1, 'limit': 2");
        assertEquals("[]", batch(cursor, "firstBatch"));
        insert(2);
        insert(9);
        assertEquals("[{_id:9,n:90}]", batch(next(cursor, ""), "nextBatch"));
        insert(8);
        Document last = next(cursor, "");
        assertEquals("[{_id:8,n:80}]", batch(last, "nextBatch"));
        assertEquals(0, number(last, "id"));
        server.fails(43, more(cursor, ""));
    }

    @Test
    void a_collation_decides_on_equality() {
        server.ok("{'insert': 'log', 'documents': [{'_id': 'A'}]}");
        Document cursor =
                find(", 'filter': {'_id': 'a'}, 'collation': {'locale': 'en', 'strength': 2}");
        assertEquals("[{_id:A}]", batch(cursor, "firstBatch"));
    }

    @Test
    void a_position_that_made_room_is_lost() {
        Document cursor = find("");
        for (int id = 10; id < 14; id++) {
            insert(id);
        }
        server.fails(136, more(cursor, ""));
        server.fails(43, more(cursor, ""));
    }

    @Test
    void the_end_of_the_collection_is_the_end_of_the_cursor() {
        Document cursor = find("");
        server.ok("{'drop': 'log'}");
        server.fails(175, more(cursor, ""));
    }

    /** As in MongoDB: there is no place to go on from. */
    @Test
    void nothing_to_begin_with_is_the_end_too() {
        server.ok("{'create': 'empty', 'capped': true, 'size': 1000}");
        for (String name : new String[] {"empty", "none"}) {
            Document answer = server.ok("{'find': '" + name + "', 'tailable': true}");
            assertEquals(0, number(part(answer, "cursor"), "id"));
            assertEquals("[]", batch(part(answer, "cursor"), "firstBatch"));
        }
        assertTrue(number(find(", 'filter': {'n': 1}"), "id") != 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "2   | {'find': 'plain', 'tailable': true}",
                "9   | {'find': 'log', 'awaitData': true}",
                "2   | {'find': 'log', 'tailable': true, 'sort': {'n': 1}}",
                "2   | {'find': 'log', 'tailable': true, 'sort': {'$natural': -1}}",
                "2   | {'find': 'log', 'tailable': true, 'hint': '_id_'}",
                "2   | {'find': 'log', 'tailable': true, 'singleBatch': true}",
                "168 | {'find': 'view', 'tailable': true}",
                "2   | {'find': 'log', 'tailable': true, 'filter': {'$nope': 1}}",
            })
    void what_cannot_be_followed_is_refused(int code, String find) {
        server.ok("{'insert': 'plain', 'documents': [{}]}");
        server.ok("{'create': 'view', 'viewOn': 'log', 'pipeline': []}");
        server.fails(code, find);
        assertEquals(0, server.smilodon().cursors().openCount());
    }

    @Test
    void only_who_awaits_data_may_say_how_long() {
        Document cursor = find(", 'sort': {'$natural': 1}");
        server.fails(2, more(cursor, LONG_WAIT));
    }

    @Test
    void a_reader_waits_for_the_next_document() throws Exception {
        Document cursor = find(", 'awaitData': true, 'filter': {'n': {'$gt': 70}}");
        assertEquals("[]", batch(next(cursor, ", 'maxTimeMS': 1"), "nextBatch"));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> next(cursor, LONG_WAIT));
        insert(1);
        assertFalse(waiting.isDone());
        insert(8);
        Document batch = waiting.get(10, TimeUnit.SECONDS);
        assertEquals("[{_id:8,n:80}]", batch(batch, "nextBatch"));
    }

    @Test
    void a_waiting_reader_is_told_of_a_drop_and_of_a_kill() throws Exception {
        Document first = find(", 'awaitData': true");
        CompletableFuture<Document> killed = waiting(first);
        server.ok("{'killCursors': 'log', 'cursors': [%d]}".formatted(number(first, "id")));
        CommandServer.assertCode(237, killed.get(10, TimeUnit.SECONDS));

        Document second = find(", 'awaitData': true");
        CompletableFuture<Document> dropped = waiting(second);
        server.ok("{'drop': 'log'}");
        CommandServer.assertCode(175, dropped.get(10, TimeUnit.SECONDS));
        assertEquals(0, server.smilodon().cursors().openCount());
    }

    /** What a reader is told who waits for documents already. */
    private CompletableFuture<Document> waiting(Document cursor) {
        CompletableFuture<Document> answer = new CompletableFuture<>();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> answer.complete(server.run(more(cursor, LONG_WAIT))));
        Await.until(
                "it waits",
                () -> !reader.isAlive() || reader.getState() == Thread.State.TIMED_WAITING);
        return answer;
    }

    @Test
    void programs_follow_a_collection_by_a_method() throws Exception {
        DocumentCollection log = server.smilodon().database("cinema").collection("log");
        try (TailCursor cursor = log.tail(FindRequest.of(Document.EMPTY), true)) {
            assertEquals("{'_id':7,'n':70}", Json.text(cursor.next()));
            assertEquals("{'_id':3,'n':30}", Json.text(cursor.next()));
            assertFalse(cursor.hasNext());
            assertThrows(NoSuchElementException.class, cursor::next);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> insert(4));
            cursor.await(Duration.ofSeconds(10));
            assertEquals("{'_id':4,'n':40}", Json.text(cursor.next()));
            writing.get();
            server.ok("{'drop': 'log'}");
            cursor.pause();
            assertThrows(SmilodonException.class, cursor::hasNext);
        }
    }
}
