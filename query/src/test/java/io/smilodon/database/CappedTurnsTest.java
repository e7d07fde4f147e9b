package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who write to capped collections at once, as drivers do it: by numbers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CappedTurnsTest {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 20;
    private static final int STATEMENTS = 5;

    private final Smilodon smilodon =
            Smilodon.inMemory(
                    DatabaseOptions.DEFAULTS.withStorage(
                            DatabaseOptions.DEFAULTS.storage().withSyncMode(SyncMode.NONE)));
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        clients.close();
        smilodon.close();
    }

    /** Its first writer makes it known. */
    private DocumentCollection capped(String name) {
        Document options = Json.doc("{'capped': true, 'size': 1000000}");
        smilodon.database("d").createCollection(name, options);
        DocumentCollection collection = smilodon.database("d").collection(name);
        collection.insertOne(Document.of("client", Value.of(-1)));
        return collection;
    }

    private List<Document> rest(DocumentCollection collection) {
        List<Document> found = new ArrayList<>();
        try (DocumentCursor all = collection.find(Document.EMPTY)) {
            all.forEachRemaining(found::add);
        }
        return found.subList(1, found.size());
    }

    @Test
    void nobody_works_in_vain() throws Exception {
        DocumentCollection collection = capped("a");
        inParallel(
                client -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        insert(collection, client, round);
                    }
                });
        int expected = CLIENTS * ROUNDS * (1 + STATEMENTS) / 2;
        assertEquals(expected, tries.get());
        List<Document> found = rest(collection);
        assertEquals(expected, found.size());
        for (int client = 0; client < CLIENTS; client++) {
            Value own = Value.of(client);
            List<Long> numbers =
                    found.stream()
                            .filter(document -> document.get("client").equals(own))
                            .map(document -> ((NumberValue) document.get("n")).toLong())
                            .toList();
            assertEquals(numbers.stream().sorted().toList(), numbers);
        }
        assertEquals(List.of(), collection.verify());
    }

    /** One document, or several, in turn. */
    private void insert(DocumentCollection collection, int client, int round) {
        int count = round % 2 == 0 ? 1 : STATEMENTS;
        StatementChunks<Integer> chunks =
                smilodon.chunks(
                        new Insertions(collection, client, round, count),
                        WriteOptions.DEFAULTS,
                        Optional.of(new Kept(client + "/" + round)));
        int done = 0;
        while (done < count) {
            done += chunks.run(done).size();
        }
    }

    private interface Work {
        void run(int client) throws Exception;
    }

    private void inParallel(Work work) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            all.add(
                    clients.submit(
                            () -> {
                                begin.await();
                                work.run(client);
                                return client;
                            }));
        }
        begin.countDown();
        for (Future<?> each : all) {
            each.get();
        }
    }

    private final class Insertions implements StatementChunks.Statements<Integer> {

        private final DocumentCollection collection;
        private final int client;
        private final int round;
        private final int count;

        Insertions(DocumentCollection collection, int client, int round, int count) {
            this.collection = collection;
            this.client = client;
            this.round = round;
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public Namespace namespace(int position) {
            return collection.namespace();
        }

        @Override
        public boolean isMany(int position) {
            return false;
        }

        @Override
        public Integer run(int position, Function<Namespace, DocumentCollection> collections) {
            tries.incrementAndGet();
            Document document =
                    Document.builder()
                            .put("client", client)
                            .put("n", round * STATEMENTS + position)
                            .build();
            collections.apply(collection.namespace()).insertOne(document);
            return position;
        }

        @Override
        public Integer alone(int position) {
            throw new AssertionError("it is to be kept");
        }

        @Override
        public Integer failed(int position, SmilodonException failure) {
            throw new AssertionError(failure);
        }
    }

    /**
     * Keeps how many there were.
     *
     * @param name of the request
     */
    private record Kept(String name) implements StatementChunks.Kept<Integer> {

        @Override
        public Optional<String> name(int first) {
            return Optional.of(name + ":" + first);
        }

        @Override
        public Document encode(int first, List<Integer> results) {
            return Document.of("count", Value.of(results.size()));
        }

        @Override
        public List<Integer> decode(Document outcome) {
            int count = (int) ((NumberValue) outcome.get("count")).toLong();
            return IntStream.range(0, count).boxed().toList();
        }
    }

    @Test
    void who_writes_to_two_collections_in_any_order_comes_to_an_end() throws Exception {
        DocumentCollection a = capped("a");
        DocumentCollection b = capped("b");
        inParallel(
                client -> {
                    for (int round = 0; round < STATEMENTS; round++) {
                        Document answer =
                                Commands.run(
                                        CommandContext.of(smilodon, "admin"),
                                        alternating(client, round));
                        assertEquals(
                                "[1.0,0]",
                                Json.text(
                                        ArrayValue.of(
                                                List.of(answer.get("ok"), answer.get("nErrors")))));
                    }
                });
        int each = CLIENTS * STATEMENTS * ROUNDS / 2;
        assertEquals(List.of(each, each), List.of(rest(a).size(), rest(b).size()));
        assertEquals(List.of(), a.verify());
        assertEquals(List.of(), b.verify());
    }

    private static Document alternating(int client, int round) {
        List<Value> ops = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ops.add(Json.doc("{'insert': %d, 'document': {}}".formatted((i + client) % 2)));
        }
        byte[] session = ByteBuffer.allocate(16).putInt(client).array();
        return Json.doc("{'bulkWrite': 1, 'nsInfo': [{'ns': 'd.a'}, {'ns': 'd.b'}]}")
                .with("ops", ArrayValue.of(ops))
                .with("lsid", Document.of("id", new BinaryValue((byte) 4, session)))
                .with("txnNumber", Value.of((long) round));
    }

    @Test
    void a_write_that_has_a_name_of_its_own_takes_turns_too() throws Exception {
        DocumentCollection collection = capped("a");
        inParallel(
                client -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        Value own = Value.of(client);
                        collection
                                .database()
                                .writeOnce(
                                        client + "/" + round,
                                        TransactionSettings.DEFAULTS,
                                        "a",
                                        inside -> insertOnce(inside, own));
                    }
                });
        assertEquals(CLIENTS * ROUNDS, tries.get());
        assertEquals(CLIENTS * ROUNDS, rest(collection).size());
    }

    private Document insertOnce(DocumentCollection collection, Value client) {
        tries.incrementAndGet();
        collection.insertOne(Document.of("client", client));
        return Document.EMPTY;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'findAndModify': 'a', 'query': {'_id': 9}, 'update': {}, 'upsert': true, 'lsid': {'id':"
                        + " {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAQ==', 'subType': '04'}}},"
                        + " 'txnNumber': {'$numberLong': '1'}, 'maxTimeMS': 30}",
                "{'insert': 'a', 'documents': [{}], 'maxTimeMS': 30}"
            })
    void a_command_waits_for_its_turn(String command) throws Exception {
        DocumentCollection collection = capped("a");
        whileSomebodyWrites(
                collection,
                () -> {
                    Document answer =
                            Commands.run(CommandContext.of(smilodon, "d"), Json.doc(command));
                    assertEquals(Value.of(50), answer.get("code"), () -> Json.text(answer));
                });
    }

    @Test
    void an_action_with_a_request_id_waits_for_its_turn() throws Exception {
        DocumentCollection collection = capped("a");
        Document request = Json.doc("{'document': {}, 'requestId': 'x', 'maxTimeMS': 30}");
        whileSomebodyWrites(
                collection,
                () -> {
                    SmilodonException late =
                            assertThrows(
                                    SmilodonException.class,
                                    () -> Actions.run(collection, "insertOne", request));
                    assertEquals(50, late.code().number());
                });
    }

    private void whileSomebodyWrites(DocumentCollection collection, Runnable work)
            throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Document> writer =
                clients.submit(
                        () ->
                                collection
                                        .database()
                                        .writeOnce(
                                                "slow",
                                                TransactionSettings.DEFAULTS,
                                                "a",
                                                inside -> {
                                                    begun.countDown();
                                                    await(mayEnd);
                                                    return insertOnce(inside, Value.of(0));
                                                }));
        await(begun);
        work.run();
        mayEnd.countDown();
        writer.get();
        assertEquals(1, tries.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }
}
