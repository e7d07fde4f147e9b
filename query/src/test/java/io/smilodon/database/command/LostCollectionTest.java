package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of cursors whose collection is dropped or gets another name. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LostCollectionTest {

    private static final String FIND = "{'find': 'films', 'batchSize': 1";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
        server.ok("{'create': 'seen', 'viewOn': 'films', 'pipeline': [{'$match': {}}]}");
        server.ok("{'insert': 'other', 'documents': [{'_id': 1}, {'_id': 2}, {'_id': 3}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The request that reads on. */
    private String open(String command) {
        Document cursor = part(server.ok(command), "cursor");
        String namespace = Json.text(cursor.get("ns")).replace("'", "");
        String collection = namespace.substring(namespace.indexOf('.') + 1);
        return "{'getMore': %d, 'collection': '%s'".formatted(number(cursor, "id"), collection);
    }

    private int snapshots() {
        return server.smilodon().statistics().store().snapshots().open();
    }

    private void assertEnded(String getMore, String text) {
        Document failure = server.run(getMore + "}");
        CommandServer.assertCode(175, failure);
        assertEquals("'QueryPlanKilled'", Json.text(failure.get("codeName")));
        assertTrue(failure.get("errmsg").toString().contains(text), () -> Json.text(failure));
        server.fails(43, getMore + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'drop': 'films'}                                    | collection dropped",
                "{'dropDatabase': 1}                                  | collection dropped",
                "{'convertToCapped': 'films', 'size': 10000}          | collection dropped",
                "{'aggregate': 'other', 'pipeline': [{'$out': 'films'}], 'cursor': {}}"
                        + "                                           | collection dropped",
            })
    void the_next_batch_tells_that_the_collection_was_dropped(String command, String text) {
        String find = open(FIND + ", 'sort': {'year': 1}}");
        String aggregate =
                open("{'aggregate': 'films', 'pipeline': [], 'cursor': {'batchSize': 1}}");
        String view = open("{'find': 'seen', 'batchSize': 1}");
        assertTrue(snapshots() >= 3);

        server.ok(command);

        assertEquals(0, snapshots());
        assertEquals(3, server.smilodon().cursors().openCount());
        assertEnded(find, text);
        assertEnded(aggregate, text);
        assertEnded(view, text);
        assertEquals(0, server.smilodon().cursors().openCount());
    }

    @Test
    void one_that_was_made_anew_is_another_one() {
        String find = open(FIND + "}");
        server.ok("{'drop': 'films'}");
        server.insertFilms();
        assertEnded(find, "collection dropped");
    }

    @Test
    void the_next_batch_tells_that_the_collection_was_renamed() {
        String source = open(FIND + "}");
        String target = open("{'find': 'other', 'batchSize': 1}");

        server.adminOk(
                "{'renameCollection': 'cinema.films', 'to': 'cinema.other', 'dropTarget': true}");

        assertEquals(0, snapshots());
        assertEnded(source, "collection renamed");
        assertEnded(target, "collection dropped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'drop': 'other'}",
                "{'drop': 'seen'}",
                "{'renameCollection': 'cinema.other', 'to': 'cinema.films2'}",
                "{'delete': 'films', 'deletes': [{'q': {}, 'limit': 0}]}",
                "{'collMod': 'films', 'validator': {}}",
            })
    void others_go_on(String command) {
        String find = open(FIND + "}");
        if (command.contains("renameCollection")) {
            server.adminOk(command);
        } else {
            server.ok(command);
        }
        assertEquals(2, batch(find).size());
    }

    private List<?> batch(String getMore) {
        return ((ArrayValue) part(server.ok(getMore + "}"), "cursor").get("nextBatch")).elements();
    }

    @Test
    void a_batch_that_was_empty_tells_too() {
        String find = open("{'find': 'films', 'batchSize': 0}");
        server.ok("{'drop': 'films'}");
        assertEnded(find, "collection dropped");
    }

    @Test
    void a_reader_that_is_at_work_meanwhile_gets_its_batch_and_is_told_at_the_next() {
        DocumentCursor cursor =
                server.context("cinema").database().collection("films").find(Document.EMPTY);
        server.ok("{'drop': 'films'}");

        String id =
                server.smilodon()
                        .cursors()
                        .first(cursor, OptionalInt.of(1))
                        .cursorId()
                        .orElseThrow();

        assertEquals(0, snapshots());
        long number = Long.parseUnsignedLong(id, 16);
        assertEnded("{'getMore': %d, 'collection': 'films'".formatted(number), "dropped");
    }

    /** Whenever it is dropped, nobody holds its state afterwards. */
    @Test
    void no_reader_keeps_a_dropped_collection() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> reading =
                CompletableFuture.runAsync(
                        () -> {
                            while (!isOver.get()) {
                                read();
                            }
                        });
        try {
            for (int i = 0; i < 300; i++) {
                server.ok("{'drop': 'films'}");
                server.insertFilms();
            }
        } finally {
            isOver.set(true);
        }
        reading.get(30, TimeUnit.SECONDS);
        server.ok("{'drop': 'films'}");
        assertEquals(0, snapshots());
    }

    private void read() {
        Document cursor = part(server.ok(FIND + "}"), "cursor");
        long id = number(cursor, "id");
        if (id != 0) {
            Document more =
                    server.run(
                            "{'getMore': %d, 'collection': 'films', 'batchSize': 1}".formatted(id));
            assertTrue(more.has("cursor") || more.get("code").equals(Value.of(175)));
        }
    }

    @Test
    void transactions_and_earlier_states_go_on() {
        String session =
                ", 'lsid': {'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAA==', 'subType':"
                        + " '04'}}}, 'txnNumber': {'$numberLong': '1'}, 'autocommit': false";
        String inside = open(FIND + session + ", 'startTransaction': true}");
        String snapshot = open(FIND + ", 'readConcern': {'level': 'snapshot'}}");
        server.ok("{'drop': 'films'}");
        assertEquals(2, batch(inside + session).size());
        assertEquals(2, batch(snapshot).size());
    }

    @Test
    void a_cursor_that_nobody_asks_for_ends_as_others_do() {
        String find = open(FIND + "}");
        server.ok("{'drop': 'films'}");
        String id = find.replaceAll("\\D+(\\d+).*", "$1");
        server.ok("{'killCursors': 'films', 'cursors': [{'$numberLong': '" + id + "'}]}");
        server.fails(43, find + "}");
    }
}
