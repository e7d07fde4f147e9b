package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FacadeConcurrencyTest {

    private static final int THREADS = 8;

    private Smilodon smilodon;
    private DocumentCollection collection;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        collection = smilodon.database("d").collection("c");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    /** Runs the work on all threads at once; what one throws fails the test. */
    private static void together(int threads, IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                Callable<Boolean> task =
                        () -> {
                            start.await();
                            work.accept(number);
                            return true;
                        };
                results.add(executor.submit(task));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
    }

    @Test
    void rule_071_upserts_that_race_for_a_unique_key_insert_once() throws Exception {
        collection.createIndex(Json.doc("{'key': {'u': 1}, 'unique': true}"));
        int rounds = 30;
        together(
                THREADS,
                thread -> {
                    for (int u = 0; u < rounds; u++) {
                        collection.updateOne(
                                Document.of("u", Value.of(u)),
                                Json.doc("{'$inc': {'n': 1}}"),
                                UpdateOptions.DEFAULTS.withUpsert(true));
                    }
                });
        assertEquals(rounds, collection.count(Document.of("n", Value.of(THREADS))));
        assertEquals(rounds, collection.count(Document.EMPTY));
    }

    @Test
    void no_increment_is_lost_and_no_conflict_is_seen() throws Exception {
        collection.insertOne(Json.doc("{'_id': 1, 'n': 0}"));

        together(
                THREADS,
                thread -> {
                    for (int count = 0; count < 100; count++) {
                        collection.updateOne(
                                Json.doc("{'_id': 1}"), Json.doc("{'$inc': {'n': 1}}"));
                    }
                });

        assertEquals(
                Json.doc("{'_id': 1, 'n': 800}"), collection.findOne(Document.EMPTY).orElseThrow());
    }

    @RepeatedTest(10)
    void a_race_for_a_unique_key_has_one_winner() throws Exception {
        collection.createIndex(Json.doc("{'key': {'u': 1}, 'unique': true}"));
        AtomicInteger winners = new AtomicInteger();

        together(
                THREADS,
                thread -> {
                    try {
                        collection.insertOne(
                                Document.builder().put("_id", thread).put("u", 1).build());
                        winners.incrementAndGet();
                    } catch (SmilodonException lost) {
                        assertEquals(11000, lost.code().number(), lost::getMessage);
                    }
                });

        assertEquals(1, winners.get());
        assertEquals(1, collection.count(Document.EMPTY));
        assertEquals(List.of(), collection.verify());
    }

    @RepeatedTest(10)
    void upserts_of_one_unique_key_make_one_document() throws Exception {
        collection.createIndex(Json.doc("{'key': {'u': 1}, 'unique': true}"));

        together(
                THREADS,
                thread ->
                        collection.updateOne(
                                Json.doc("{'u': 1}"),
                                Json.doc("{'$inc': {'n': 1}}"),
                                UpdateOptions.DEFAULTS.withUpsert(true)));

        Document only = collection.findOne(Document.EMPTY).orElseThrow();
        assertEquals(Value.of(THREADS), only.get("n"));
        assertEquals(1, collection.count(Document.EMPTY));
    }

    @RepeatedTest(5)
    void first_inserts_create_one_collection() throws Exception {
        together(THREADS, thread -> collection.insertOne(Document.of("_id", Value.of(thread))));

        assertEquals(THREADS, collection.count(Document.EMPTY));
        assertEquals(1, smilodon.database("d").collections().size());
    }

    /** Writes of all kinds on few documents, so that they meet. */
    private void writeUntil(AtomicBoolean isOver, int thread) {
        int count = 0;
        while (!isOver.get()) {
            count++;
            Document filter = Document.of("_id", Value.of(count % 50));
            Document value = Document.of("a", Value.of(count % 7));
            try {
                switch ((count + thread) % 4) {
                    case 0 -> collection.deleteOne(filter);
                    case 1 ->
                            collection.updateOne(
                                    filter,
                                    Document.of("$set", value),
                                    UpdateOptions.DEFAULTS.withUpsert(true));
                    case 2 ->
                            collection.updateMany(
                                    Document.of("a", Value.of(count % 7)),
                                    Json.doc("{'$inc': {'a': 1}}"));
                    default -> collection.insertOne(filter.with("a", Json.value("[1, 2]")));
                }
            } catch (SmilodonException expected) {
                int code = expected.code().number();
                assertTrue(code == 11000 || code == 14, expected::getMessage);
            }
        }
    }

    @RepeatedTest(3)
    void indexes_built_and_dropped_under_writes_agree_with_the_documents() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        together(
                4,
                thread -> {
                    if (thread > 0) {
                        writeUntil(isOver, thread);
                        return;
                    }
                    try {
                        for (int round = 0; round < 30; round++) {
                            collection.createIndex(Json.doc("{'key': {'a': 1}}"));
                            assertEquals(List.of(), collection.verify());
                            if (round % 3 == 0) {
                                collection.dropIndex(new StringValue("a_1"));
                            }
                        }
                    } finally {
                        isOver.set(true);
                    }
                });
        assertEquals(List.of(), collection.verify());
    }

    @RepeatedTest(3)
    void a_unique_index_built_under_writes_is_exact_or_refused() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        together(
                4,
                thread -> {
                    if (thread > 0) {
                        moveUntil(isOver, thread);
                        return;
                    }
                    try {
                        for (int round = 0; round < 30; round++) {
                            buildUnique();
                        }
                    } finally {
                        isOver.set(true);
                    }
                });
        assertEquals(List.of(), collection.verify());
    }

    private void buildUnique() {
        try {
            collection.createIndex(Json.doc("{'key': {'u': 1}, 'unique': true}"));
            assertEquals(List.of(), collection.verify());
            collection.dropIndex(new StringValue("u_1"));
        } catch (SmilodonException refused) {
            assertEquals(11000, refused.code().number(), refused::getMessage);
        }
    }

    /** Keys go from document to document: now and then two have the same. */
    private void moveUntil(AtomicBoolean isOver, int thread) {
        int count = thread * 31;
        while (!isOver.get()) {
            count++;
            Document filter = Document.of("_id", Value.of(count % 20));
            Document change = Document.of("$set", Document.of("u", Value.of(count * 7 % 200)));
            try {
                if (count % 5 == 0) {
                    collection.deleteOne(filter);
                } else {
                    collection.updateOne(filter, change, UpdateOptions.DEFAULTS.withUpsert(true));
                }
            } catch (SmilodonException duplicate) {
                assertEquals(11000, duplicate.code().number(), duplicate::getMessage);
            }
        }
    }

    @RepeatedTest(3)
    void inserts_and_drops_leave_whole_collections() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        together(
                4,
                thread -> {
                    if (thread > 0) {
                        writeUntil(isOver, thread);
                        return;
                    }
                    try {
                        for (int round = 0; round < 20; round++) {
                            collection.createIndex(Json.doc("{'key': {'a': 1}}"));
                            assertEquals(List.of(), collection.verify());
                            collection.drop();
                        }
                    } finally {
                        isOver.set(true);
                    }
                });
        assertEquals(List.of(), collection.verify());
        assertEquals(
                collection.count(Document.EMPTY),
                collection.stats().map(CollectionSummary::documentCount).orElse(0L));
    }
}
