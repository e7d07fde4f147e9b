package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How the statements of a command share transactions, and what comes in between. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChunkedWritesTest {

    private final Smilodon smilodon =
            Smilodon.inMemory(
                    DatabaseOptions.DEFAULTS.withStorage(
                            DatabaseOptions.DEFAULTS.storage().withSyncMode(SyncMode.NONE)));
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        clients.close();
        smilodon.close();
    }

    private Document run(Document command) {
        Document answer = Commands.run(CommandContext.of(smilodon, "d"), command);
        assertEquals(Value.of(1.0), answer.get("ok"), () -> Json.text(answer));
        return answer;
    }

    private static Document updates(int count, IntFunction<String> statement) {
        List<Value> statements =
                IntStream.range(0, count)
                        .mapToObj(i -> (Value) Json.doc(statement.apply(i)))
                        .toList();
        return Document.builder()
                .put("update", "c")
                .put("updates", ArrayValue.of(statements))
                .build();
    }

    private static String increment(int id) {
        return "{'q': {'_id': %d}, 'u': {'$inc': {'n': 1}}, 'upsert': true}".formatted(id);
    }

    private static Document numbered(Document command, long number) {
        Value id = new BinaryValue((byte) 4, new byte[16]);
        return command.with("lsid", Document.of("id", id)).with("txnNumber", Value.of(number));
    }

    private long commits() {
        return smilodon.statistics().store().commits();
    }

    private DocumentCollection collection() {
        return smilodon.database("d").collection("c");
    }

    private long sum() {
        long sum = 0;
        try (DocumentCursor all = collection().find(Document.EMPTY)) {
            while (all.hasNext()) {
                sum += ((NumberValue) all.next().get("n")).toLong();
            }
        }
        return sum;
    }

    @Test
    void statements_share_their_commits() {
        Document command = updates(2_000, ChunkedWritesTest::increment);
        long before = commits();
        assertEquals(Json.text(Value.of(2_000)), Json.text(run(command).get("n")));
        assertTrue(commits() - before <= 200, () -> commits() - before + " commits");
        assertEquals("{'n':2000,'nModified':2000,'ok':1.0}", Json.text(run(command)));
        assertEquals(4_000, sum());
    }

    @Test
    void operations_of_an_action_share_their_commits_too() {
        List<Value> operations = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String operation =
                    switch (i % 4) {
                        case 0 -> "{'insertOne': {'document': {'_id': %d, 'n': 1}}}".formatted(i);
                        case 1 ->
                                "{'updateOne': {'filter': {'_id': %d}, 'update': {'$inc': {'n': 1}}}}"
                                        .formatted(i - 1);
                        case 2 -> "{'deleteMany': {'filter': {'_id': %d}}}".formatted(-i);
                        default -> "{'insertOne': {'document': {'_id': %d}}}".formatted(i - 3);
                    };
            operations.add(Json.doc(operation));
        }
        Document request =
                Document.builder()
                        .put("operations", ArrayValue.of(operations))
                        .put("ordered", false)
                        .build();
        Document answer = Actions.run(collection(), "bulkWrite", request);
        assertEquals(
                "{'insertedCount':150,'matchedCount':150,'modifiedCount':150,'deletedCount':0,"
                        + "'upsertedCount':0}",
                Json.text(
                        answer.without("acknowledged")
                                .without("insertedIds")
                                .without("upsertedIds")
                                .without("writeErrors")));
        assertEquals(150, ((ArrayValue) answer.get("writeErrors")).elements().size());
        assertEquals(300, sum());
        assertEquals(List.of(), collection().verify());
    }

    @Test
    void statements_on_one_document_follow_one_another() {
        assertEquals(
                "{'n':20,'upserted':[{'index':0,'_id':1}],'nModified':19,'ok':1.0}",
                Json.text(run(updates(20, i -> increment(1)))));
        assertEquals(20, sum());
    }

    @Test
    void what_others_write_meanwhile_is_not_lost() throws Exception {
        List<Future<Document>> answers = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            int first = client;
            Document command = updates(500, i -> increment((i * 7 + first) % 100));
            answers.add(clients.submit(() -> run(command)));
        }
        for (Future<Document> answer : answers) {
            assertEquals("500", Json.text(answer.get().get("n")));
        }
        assertEquals(2_000, sum());
        assertEquals(List.of(), collection().verify());
    }

    /** As many as there may be, so that none pushes out the outcomes of others. */
    @Test
    void a_hundred_thousand_statements_that_come_again_do_nothing_and_are_answered_as_before() {
        Document command = numbered(updates(100_000, ChunkedWritesTest::increment), 1);
        Document answer = run(command);
        assertEquals("100000", Json.text(answer.get("n")));
        long before = commits();
        assertTrue(answer.equals(run(command)), "the same ids in the same order");
        assertEquals(before, commits());
        assertEquals(100_000, sum());
    }

    /** A client whose connection broke comes again while its first request is at work. */
    @Test
    void who_comes_again_before_the_end_is_answered_as_who_came_first() throws Exception {
        run(updates(10, i -> increment(i)));
        Document command = numbered(updates(3_000, i -> increment(i % 1_500)), 1);
        Future<Document> first = clients.submit(() -> run(command));
        Future<Document> second = clients.submit(() -> run(command));
        assertEquals(Json.text(first.get()), Json.text(second.get()));
        assertEquals(Json.text(first.get()), Json.text(run(command)));
        assertEquals(3_010, sum());
    }

    @Test
    void a_failure_that_comes_again_is_the_same() {
        run(Json.doc("{'insert': 'c', 'documents': [{'_id': 1, 'n': 1}]}"));
        Document command =
                numbered(
                        Json.doc(
                                "{'insert': 'c', 'ordered': false, 'documents': [{'_id': 1},"
                                        + " {'_id': 2, 'n': 1}, {'_id': 1}, {'_id': 3, 'n': 1}]}"),
                        1);
        Document answer = run(command);
        run(Json.doc("{'delete': 'c', 'deletes': [{'q': {'_id': 1}, 'limit': 1}]}"));
        assertEquals(Json.text(answer), Json.text(run(command)));
        assertEquals(2, collection().count(Document.EMPTY));
    }

    /** By what is found before anything is written, behind it, and by what is in the way of all. */
    @Test
    void inserts_that_are_numbered_share_commits_and_fail_as_plain_ones_do() {
        collection().createIndex(Json.doc("{'key': {'u': 1}, 'unique': true, 'sparse': true}"));
        collection().createIndex(Json.doc("{'key': {'place': '2dsphere'}}"));
        run(Json.doc("{'insert': 'c', 'documents': [{'_id': 500, 'n': 1, 'u': 1}]}"));
        for (boolean isOrdered : List.of(false, true)) {
            List<Value> documents = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Document document = Json.doc("{'_id': %d, 'n': 1}".formatted(i));
                document = i == 300 ? document.with("_id", ArrayValue.of(List.of())) : document;
                document = i == 700 ? document.with("u", Value.of(1)) : document;
                document = i == 800 ? document.with("place", Value.of("nowhere")) : document;
                documents.add(document);
            }
            Document command =
                    Document.builder()
                            .put("insert", "c")
                            .put("documents", ArrayValue.of(documents))
                            .put("ordered", isOrdered)
                            .build();
            long before = commits();
            Document answer = run(numbered(command, isOrdered ? 2 : 1));
            assertTrue(commits() - before < 10, () -> commits() - before + " commits");
            collection().deleteMany(Json.doc("{'_id': {'$ne': 500}}"));
            assertEquals(Json.text(answer), Json.text(run(command)));
            collection().deleteMany(Json.doc("{'_id': {'$ne': 500}}"));
        }
    }

    /** The images of findAndModify, of any size. */
    @Test
    void a_large_image_that_is_asked_for_again_is_the_same_after_a_restart() {
        Value large = Value.of("x".repeat(15 << 20));
        Document command =
                numbered(
                        Json.doc(
                                "{'findAndModify': 'c', 'query': {'_id': 1}, 'update': {'$inc':"
                                        + " {'n': 1}}, 'new': true}"),
                        1);
        MemoryDirectory directory = new MemoryDirectory();
        Document answer;
        try (Smilodon first = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            Document document = Document.builder().put("_id", 1).put("x", large).build();
            first.database("d").collection("c").insertOne(document);
            answer = Commands.run(CommandContext.of(first, "d"), command);
            assertEquals(large, ((Document) answer.get("value")).get("x"));
            assertTrue(answer.equals(Commands.run(CommandContext.of(first, "d"), command)));
        }
        try (Smilodon second = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            assertTrue(answer.equals(Commands.run(CommandContext.of(second, "d"), command)));
            Document left = second.database("d").collection("c").findOne(Document.EMPTY).get();
            assertEquals(Value.of(1), left.get("n"));
        }
    }

    @Test
    void a_command_that_is_stopped_fails_and_leaves_what_was_done() throws Exception {
        run(updates(1, i -> increment(0)));
        Document command =
                updates(100_000, ChunkedWritesTest::increment).with("ordered", Value.of(false));
        Future<Document> bulk =
                clients.submit(() -> Commands.run(CommandContext.of(smilodon, "d"), command));
        Await.until("there are commits", () -> commits() >= 20 || bulk.isDone());
        smilodon.operations()
                .running()
                .forEach(operation -> smilodon.operations().kill(operation.id()));
        assertEquals("[0.0,11601]", outcome(bulk.get()));
        assertTrue(sum() > 1 && sum() < 100_000, () -> "sum " + sum());
    }

    private static String outcome(Document answer) {
        return Json.text(ArrayValue.of(List.of(answer.get("ok"), answer.get("code"))));
    }

    @Test
    void a_command_whose_time_is_over_fails() {
        Document command =
                updates(20_000, ChunkedWritesTest::increment)
                        .with("ordered", Value.of(false))
                        .with("maxTimeMS", Value.of(1));
        for (Document each : List.of(command, numbered(command, 1))) {
            assertEquals("[0.0,50]", outcome(Commands.run(CommandContext.of(smilodon, "d"), each)));
        }
    }

    @Test
    void an_action_whose_time_is_over_fails() {
        Document operation = Json.doc("{'updateOne': {'filter': {'_id': 1}, 'update': {}}}");
        Document request =
                Document.builder()
                        .put("operations", ArrayValue.of(Collections.nCopies(20_000, operation)))
                        .put("ordered", false)
                        .build();
        Json.assertCode(
                50,
                () ->
                        new OperationScope(1)
                                .run(() -> Actions.run(collection(), "bulkWrite", request)));
    }
}
