package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Capped collections against a list in memory, with reopening, with many writers, and damaged. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CappedModelTest {

    private static final int STEPS = 60;
    private static final int IDS = 30;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();
    private final Map<Integer, Document> model = new LinkedHashMap<>();
    private long bytesMax = 600;
    private long documentsMax = 12;
    private Smilodon smilodon;

    private DocumentCollection open() {
        smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS);
        return smilodon.database("d").collection("log");
    }

    private DocumentCollection create() {
        DocumentCollection log = open();
        smilodon.database("d")
                .createCollection(
                        "log",
                        Json.doc(
                                "{'capped': true, 'size': %d, 'max': %d}"
                                        .formatted(bytesMax, documentsMax)));
        log.createIndex(Json.doc("{'key': {'x': 1}}"));
        return log;
    }

    private Document document(int id) {
        return Document.builder().put("_id", id).put("x", "x".repeat(random.nextInt(100))).build();
    }

    private static int bytes(Document document) {
        return DocumentCodec.encode(document).length;
    }

    private void shrinkModel() {
        while (model.size() > documentsMax
                || model.values().stream().mapToInt(CappedModelTest::bytes).sum() > bytesMax) {
            model.remove(model.keySet().iterator().next());
        }
    }

    private static long number(Document document) {
        return Long.parseLong(Json.text(document.get("_id")));
    }

    @RepeatedTest(6)
    void it_holds_what_a_list_that_loses_its_head_holds() {
        DocumentCollection log = create();
        try {
            for (int step = 0; step < STEPS; step++) {
                log = step(log);
                check(log);
            }
        } catch (AssertionError | SmilodonException wrong) {
            throw new AssertionError("seed " + seed, wrong);
        } finally {
            smilodon.close();
        }
    }

    private DocumentCollection step(DocumentCollection log) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5, 6 -> insertMany(log);
            case 7 -> {
                Document changed = document(random.nextInt(IDS));
                UpdateResult result =
                        log.replaceOne(
                                Document.of("_id", changed.get("_id")), changed.without("_id"));
                if (result.matchedCount() > 0) {
                    model.put((int) number(changed), changed);
                }
            }
            case 8 -> {
                int id = random.nextInt(IDS);
                log.deleteOne(Document.of("_id", Value.of(id)));
                model.remove(id);
            }
            case 9 -> {
                documentsMax = 1 + random.nextInt(15);
                bytesMax = 160 + random.nextInt(600);
                smilodon.database("d")
                        .modifyCollection(
                                "log",
                                Json.doc(
                                        "{'cappedSize': %d, 'cappedMax': %d}"
                                                .formatted(bytesMax, documentsMax)));
                shrinkModel();
            }
            case 10 -> smilodon.checkpoint();
            default -> {
                smilodon.close();
                return open();
            }
        }
        return log;
    }

    private void insertMany(DocumentCollection log) {
        List<Document> documents = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            documents.add(document(random.nextInt(IDS)));
        }
        log.insertMany(documents, false);
        for (Document document : documents) {
            if (!model.containsKey((int) number(document))) {
                model.put((int) number(document), document);
                shrinkModel();
            }
        }
    }

    private void check(DocumentCollection log) {
        StringBuilder expected = new StringBuilder();
        model.values().forEach(document -> expected.append(Json.text(document)));
        assertEquals(expected.toString(), Json.text(log.find(Document.EMPTY)));
        assertEquals(List.of(), log.verify());
    }

    // ---- Many writers

    @Test
    void many_inserters_lose_nothing_and_keep_the_limit() throws Exception {
        DocumentCollection log = create();
        int threads = 4;
        int each = 40;
        smilodon.database("d")
                .modifyCollection("log", Json.doc("{'cappedSize': 100000, 'cappedMax': 100}"));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * each;
            Callable<Integer> writer =
                    () -> {
                        for (int id = first; id < first + each; id++) {
                            log.insertOne(Json.doc("{'_id': %d, 'x': %d}".formatted(id, first)));
                            assertTrue(log.count(Document.EMPTY) <= 100);
                        }
                        return each;
                    };
            writers.add(pool.submit(writer));
        }
        for (Future<Integer> writer : writers) {
            assertEquals(each, writer.get());
        }
        pool.shutdown();
        assertEquals(100, log.count(Document.EMPTY));
        assertEachInItsOrder(log, threads, each);
        assertEquals(List.of(), log.verify());
        smilodon.close();
    }

    /** Those of one writer follow each other, up to its last. */
    private static void assertEachInItsOrder(DocumentCollection log, int threads, int each) {
        Map<Long, Long> last = new LinkedHashMap<>();
        try (DocumentCursor cursor = log.find(Document.EMPTY)) {
            cursor.forEachRemaining(
                    document -> {
                        long id = number(document);
                        long writer = id / each;
                        assertTrue(last.getOrDefault(writer, id - 1) == id - 1, () -> "" + id);
                        last.put(writer, id);
                    });
        }
        last.forEach((writer, id) -> assertEquals((writer + 1) * each - 1, id));
        assertTrue(last.size() <= threads);
    }

    // ---- Backups, checks and salvage

    @Test
    void a_backup_has_the_order(@TempDir Path place) {
        DocumentCollection log = create();
        for (int id : new int[] {3, 9, 4}) {
            log.insertOne(Json.doc("{'_id': %d}".formatted(id)));
        }
        smilodon.backup(place.resolve("copy"));
        smilodon.close();
        Path restored = place.resolve("restored");
        Backups.restore(place.resolve("copy"), restored, Progress.SILENT);
        assertTrue(DatabaseCheck.run(restored, Progress.SILENT).isGood());
        try (Smilodon copy = Smilodon.open(restored)) {
            assertEquals(
                    "{'_id':3}{'_id':9}{'_id':4}",
                    Json.text(copy.database("d").collection("log").find(Document.EMPTY)));
        }
    }

    private static byte[] key(Snapshot snapshot, byte kind, int number) {
        KeyRange order = KeyRange.prefix(new byte[] {5});
        int seen = 0;
        try (KeyCursor cursor = snapshot.cursor(order, Direction.FORWARD)) {
            while (cursor.advance()) {
                if (cursor.key()[5] == kind && seen++ == number) {
                    return cursor.key();
                }
            }
        }
        throw new AssertionError("no such key");
    }

    private void damage() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot()) {
            byte[] turn = key(snapshot, (byte) 1, 1);
            byte[] place = key(snapshot, (byte) 2, 2);
            store.write(new WriteBatch().delete(turn).delete(place));
        }
    }

    /** Loses the catalog, so that nothing but their keys tells of collections. */
    private void loseCatalog(boolean withDocuments) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot()) {
            WriteBatch batch = new WriteBatch();
            for (byte area : withDocuments ? new byte[] {1, 2} : new byte[] {1}) {
                KeyRange range = KeyRange.prefix(new byte[] {area});
                try (KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
                    while (cursor.advance()) {
                        batch.delete(cursor.key());
                    }
                }
            }
            store.write(batch);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_order_whose_collection_is_lost_is_not_salvaged(boolean withDocuments)
            throws IOException {
        DocumentCollection log = create();
        for (int id : new int[] {3, 9, 4}) {
            log.insertOne(Json.doc("{'_id': %d}".formatted(id)));
        }
        smilodon.close();
        loseCatalog(withDocuments);

        FaultyDirectory target = new FaultyDirectory();
        Salvage.run(directory, target, true, Progress.SILENT);

        try (EmbeddedStore store = EmbeddedStore.open(target, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot();
                KeyCursor orders =
                        snapshot.cursor(KeyRange.prefix(new byte[] {5}), Direction.FORWARD)) {
            assertFalse(orders.advance());
        }
        try (Smilodon salvaged = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            assertEquals(withDocuments ? 0 : 1, salvaged.database("salvaged").collections().size());
            Document capped = Json.doc("{'capped': true, 'size': 4096}");
            salvaged.database("d").createCollection("log", capped);
            DocumentCollection fresh = salvaged.database("d").collection("log");
            fresh.insertOne(Json.doc("{'_id': 1}"));
            assertEquals(List.of(), fresh.verify());
        }
    }

    @Test
    void damage_of_the_order_is_found_and_salvaged() throws IOException {
        DocumentCollection log = create();
        for (int id : new int[] {3, 9, 4, 1, 7}) {
            log.insertOne(Json.doc("{'_id': %d}".formatted(id)));
        }
        smilodon.close();
        assertEquals(0, DatabaseCheck.run(directory, Progress.SILENT).damages());

        damage();
        DatabaseCheckReport report = DatabaseCheck.run(directory, Progress.SILENT);
        assertEquals(3, report.damages(), () -> report.findings().toString());

        FaultyDirectory target = new FaultyDirectory();
        Salvage.run(directory, target, true, Progress.SILENT);
        assertEquals(0, DatabaseCheck.run(target, Progress.SILENT).damages());
        try (Smilodon salvaged = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            DocumentCollection copy = salvaged.database("d").collection("log");
            assertEquals(
                    "{'_id':3}{'_id':4}{'_id':1}{'_id':7}{'_id':9}",
                    Json.text(copy.find(Document.EMPTY)));
            copy.insertOne(Json.doc("{'_id': 2}"));
            assertEquals(List.of(), copy.verify());
        }
    }
}
