package io.smilodon.database.command;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.RunningOperation;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamCommandTest {

    private static final String WATCH =
            "{'aggregate': 'films', 'pipeline': [{'$changeStream': {}}], 'cursor': {}}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static Document cursor(Document answer) {
        return CommandServer.part(CommandServer.withoutOk(answer), "cursor");
    }

    private static long id(Document answer) {
        return CommandServer.number(cursor(answer), "id");
    }

    private static List<Value> batch(Document answer, String name) {
        return ((ArrayValue) cursor(answer).get(name)).elements();
    }

    private static List<Value> next(Document answer) {
        return batch(answer, "nextBatch");
    }

    private static Value type(Value event) {
        return ((Document) event).get("operationType");
    }

    private static String token(Document answer) {
        return text(cursor(answer).get("postBatchResumeToken"));
    }

    private static String getMore(long id, String collection, String rest) {
        return "{'getMore': {'$numberLong': '%d'}, 'collection': '%s'%s}"
                .formatted(id, collection, rest);
    }

    private Document more(long id, String rest) {
        return server.run(getMore(id, "films", rest));
    }

    @Test
    void variables_of_the_request_are_seen_by_the_stages() {
        Document first =
                server.run(
                        WATCH.replace(
                                "{}}], 'cursor'",
                                "{}}, {'$match': {'$expr': {'$gt': ['$fullDocument.n', '$$low']}}},"
                                        + " {'$set': {'low': '$$low'}}],"
                                        + " 'let': {'low': {'$add': [1, 1]}}, 'cursor'"));
        server.ok("{'insert': 'films', 'documents': [{'n': 2}, {'n': 3}]}");
        List<Value> events = next(more(id(first), ""));
        assertEquals(1, events.size());
        assertEquals(Value.of(2), ((Document) events.getFirst()).get("low"));
    }

    @Test
    void events_come_batch_by_batch() {
        Document first = server.run(WATCH);
        assertEquals("'cinema.films'", text(cursor(first).get("ns")));
        assertEquals(List.of(), batch(first, "firstBatch"));
        server.insertFilms();

        Document two = more(id(first), ", 'batchSize': 2");
        Document three = more(id(first), "");
        Document none = more(id(first), ", 'maxTimeMS': 1");

        assertEquals(2, next(two).size());
        assertEquals(1, next(three).size());
        assertEquals(List.of(), next(none));
        assertEquals(id(first), id(none));
        Document last = (Document) next(three).getFirst();
        assertEquals(token(three), text(last.get("_id")));
        assertEquals(token(three), token(none));
    }

    @Test
    void events_are_read_as_a_majority_has_them() {
        for (String level : List.of("local", "available", "linearizable")) {
            server.fails(
                    72,
                    WATCH.replace(
                            "'cursor'", "'readConcern': {'level': '" + level + "'}, 'cursor'"));
        }
    }

    @Test
    void a_lost_cursor_is_gone_on_with_from_the_token_of_its_last_batch() {
        Document first = server.run(WATCH);
        server.insertFilms();
        Document two = more(id(first), ", 'batchSize': 2");
        for (String token : List.of(token(first), token(two))) {
            Document again =
                    server.run(
                            WATCH.replace(
                                    "'$changeStream': {}",
                                    "'$changeStream': {'resumeAfter': " + token + "}"));
            int missing = token.equals(token(first)) ? 3 : 1;
            assertEquals(missing, batch(again, "firstBatch").size());
        }
    }

    /** So that its client need not read all that again if it has to resume. */
    @Test
    void the_token_moves_on_although_no_event_belongs_to_the_stream() {
        Document first = server.run(WATCH);
        server.ok("{'insert': 'others', 'documents': [{}]}");
        Document none = more(id(first), ", 'maxTimeMS': 1");
        assertEquals(List.of(), next(none));
        assertNotEquals(token(first), token(none));
    }

    @Test
    void waiting_ends_with_the_event() {
        long id = id(server.run(WATCH));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> more(id, ", 'maxTimeMS': 50000"));
        server.insertFilms();
        assertFalse(next(waiting.join()).isEmpty());
    }

    @Test
    void a_database_and_all_of_them_can_be_watched() {
        Document ofOne = server.run(WATCH.replace("'films'", "1"));
        Document ofAll =
                server.admin(
                        WATCH.replace("'films'", "1")
                                .replace("{}}]", "{'allChangesForCluster': true}}]"));
        assertEquals("'cinema.$cmd.aggregate'", text(cursor(ofOne).get("ns")));
        assertEquals("'admin.$cmd.aggregate'", text(cursor(ofAll).get("ns")));
        server.insertFilms();
        assertEquals(3, next(server.run(getMore(id(ofOne), "$cmd.aggregate", ""))).size());
        assertEquals(3, next(server.admin(getMore(id(ofAll), "$cmd.aggregate", ""))).size());
        server.fails(13, getMore(id(ofOne), "films", ""));
    }

    @Test
    void the_cursor_ends_with_its_collection() {
        server.insertFilms();
        Document first = server.run(WATCH);
        server.ok("{'drop': 'films'}");
        Document end = more(id(first), "");
        assertEquals(
                List.of(Value.of("drop"), Value.of("invalidate")),
                next(end).stream().map(ChangeStreamCommandTest::type).toList());
        assertEquals(0, id(end));
        server.fails(43, getMore(id(first), "films", ""));
    }

    @Test
    void events_go_through_the_stages_behind() {
        String stages =
                "{}}, {'$match': {'fullDocument.year': 1995}},"
                        + " {'$project': {'title': '$fullDocument.title'}}, {'$set': {'a': 1}}]";
        Document first = server.run(WATCH.replace("{}}]", stages));
        server.insertFilms();
        List<Value> events = next(more(id(first), ""));
        assertEquals(2, events.size());
        assertEquals(Value.of("Heat"), ((Document) events.getFirst()).get("title"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "6188500 | 'films' | {'$changeStream': 1}",
                "40415 | 'films' | {'$changeStream': {'resumeAfer': {}}}",
                "14 | 'films' | {'$changeStream': {'resumeAfter': 1}}",
                "14 | 'films' | {'$changeStream': {'startAtOperationTime': 1}}",
                "14 | 'films' | {'$changeStream': {'showExpandedEvents': 1}}",
                "14 | 'films' | {'$changeStream': {'allChangesForCluster': 1}}",
                "2 | 'films' | {'$changeStream': {'fullDocument': 'all'}}",
                "2 | 'films' | {'$changeStream': {'fullDocumentBeforeChange': 'default'}}",
                "115 | 'films' | {'$changeStream': {'showSystemEvents': true}}",
                "260 | 'films' | {'$changeStream': {'resumeAfter': {'_data': 'x'}}}",
                "40647 | 'films' | {'$changeStream': {'resumeAfter': {}}}",
                "50865 | 'films' | {'$changeStream': {'resumeAfter': {}, 'startAfter': {}}}",
                "40674 | 'films' | {'$changeStream': {'resumeAfter': {},"
                        + " 'startAtOperationTime': {'$timestamp': {'t': 1, 'i': 0}}}}",
                "72 | 'films' | {'$changeStream': {'allChangesForCluster': true}}",
                "72 | 1 | {'$changeStream': {'allChangesForCluster': true}}",
                "73 | 'system.x' | {'$changeStream': {}}",
                "40602 | 'films' | {'$match': {}}, {'$changeStream': {}}",
                "40602 | 'films' | {'$changeStream': {}}, {'$changeStream': {}}",
                "20 | 'films' | {'$changeStream': {}}, {'$group': {'_id': 1}}",
                "20 | 'films' | {'$changeStream': {}}, {'$out': 'x'}",
                "40324 | 'films' | {'$changeStream': {}}, {'$nothing': {}}",
                "40600 | 'films' | {'$facet': {'a': [{'$changeStream': {}}]}}",
                "51047 | 'films' | {'$lookup': {'from': 'x', 'as': 'y',"
                        + " 'pipeline': [{'$changeStream': {}}]}}",
                "31441 | 'films' | {'$unionWith': {'coll': 'x', 'pipeline': [{'$changeStream': {}}]}}",
            })
    void what_makes_no_sense_is_refused(int code, String target, String stages) {
        server.fails(
                code,
                "{'aggregate': %s, 'pipeline': [%s], 'cursor': {}}".formatted(target, stages));
    }

    @Test
    void the_servers_own_databases_and_views_are_not_watched() {
        server.adminFails(73, WATCH);
        server.adminFails(73, WATCH.replace("'films'", "1"));
        for (String database : List.of("config", "local")) {
            CommandServer.assertCode(
                    73, Commands.run(server.context(database), doc(WATCH.replace("'films'", "1"))));
        }
        server.ok("{'create': 'view', 'viewOn': 'films', 'pipeline': []}");
        server.fails(166, WATCH.replace("films", "view"));
        server.fails(
                167, "{'create': 'other', 'viewOn': 'films', 'pipeline': [{'$changeStream': {}}]}");
    }

    @Test
    void stages_compare_strings_by_the_collation() {
        String watch =
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$changeStream': {}}, {'$match':"
                        + " {'fullDocument.t': 'HEAT'}}, {'$set': {'same': {'$eq':"
                        + " ['$fullDocument.t', 'heaT']}}}]%s}";
        String loose = ", 'collation': {'locale': 'en', 'strength': 2}";
        long found = id(server.run(watch.formatted(loose)));
        long none = id(server.run(watch.formatted(", 'collation': {'locale': 'simple'}")));
        server.ok("{'insert': 'films', 'documents': [{'_id': 1, 't': 'heat'}]}");
        List<Value> events = next(more(found, ""));
        assertEquals(1, events.size());
        assertEquals(Value.of(true), ((Document) events.get(0)).get("same"));
        assertEquals(List.of(), next(more(none, ", 'maxTimeMS': 1")));
        server.fails(2, watch.formatted(", 'collation': {'locale': 'nowhere'}"));
    }

    @Test
    void only_who_can_wait_says_how_long() {
        server.insertFilms();
        Document found = server.run("{'find': 'films', 'batchSize': 1}");
        server.fails(2, getMore(id(found), "films", ", 'maxTimeMS': 1"));
        assertEquals(2, next(more(id(found), "")).size());
    }

    @Test
    void a_killed_cursor_ends_who_waits() {
        long id = id(server.run(WATCH));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> more(id, ", 'maxTimeMS': 50000"));
        awaitReader();
        assertEquals(
                "[%d]".formatted(id),
                text(
                        server.ok(
                                        "{'killCursors': 'films', 'cursors':"
                                                + " [{'$numberLong': '%d'}]}".formatted(id))
                                .get("cursorsKilled")));
        CommandServer.assertCode(237, waiting.join());
        server.fails(43, getMore(id, "films", ""));
    }

    @Test
    void a_killed_operation_ends_who_waits() {
        long id = id(server.run(WATCH));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> more(id, ", 'maxTimeMS': 50000"));
        server.smilodon().operations().kill(awaitRunning("getMore").id());
        CommandServer.assertCode(11601, waiting.join());
    }

    @Test
    void the_end_of_the_database_ends_who_waits_and_invites_to_resume() {
        long id = id(server.run(WATCH));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(() -> more(id, ", 'maxTimeMS': 50000"));
        awaitReader();
        server.close();
        CommandServer.assertCode(91, waiting.join());
        assertEquals("['ResumableChangeStreamError']", text(waiting.join().get("errorLabels")));
    }

    /** Until somebody has taken the one cursor to read it; he may not wait yet. */
    private void awaitReader() {
        awaitRunning("getMore");
        Await.until("somebody reads it", () -> server.smilodon().cursors().openCount() == 0);
    }

    /** By the time it is listed it may not wait yet: it must end all the same. */
    private RunningOperation awaitRunning(String command) {
        return Await.present(
                command + " runs",
                () ->
                        server.smilodon().operations().running().stream()
                                .filter(operation -> operation.description().name().equals(command))
                                .findFirst());
    }

    @Test
    void an_error_that_cannot_be_resumed_from_says_so() {
        Document first = server.run(WATCH.replace("{}}]", "{}}, {'$unset': '_id'}]"));
        server.insertFilms();
        Document failed = more(id(first), "");
        CommandServer.assertCode(280, failed);
        assertEquals("['NonResumableChangeStreamError']", text(failed.get("errorLabels")));
        server.fails(43, getMore(id(first), "films", ""));
    }

    @Test
    void an_idle_cursor_is_closed() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Clock clock =
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now.get();
                    }
                };
        try (CommandServer own = new CommandServer(DatabaseOptions.DEFAULTS.withClock(clock))) {
            long id = id(own.run(WATCH));
            now.set(Instant.EPOCH.plus(Duration.ofMinutes(11)));
            own.fails(43, getMore(id, "films", ""));
            assertEquals(0, own.smilodon().cursors().openCount());
        }
    }

    @Test
    void a_transaction_watches_nothing() {
        CommandServer.assertCode(
                263,
                server.smilodon()
                        .transaction(
                                own ->
                                        Commands.run(
                                                server.context("cinema").withTransaction(own),
                                                doc(WATCH))));
        assertTrue(server.smilodon().cursors().openCount() == 0);
    }
}
