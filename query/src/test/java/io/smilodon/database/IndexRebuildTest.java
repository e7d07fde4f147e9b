package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Indexes that are built anew beside what they are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexRebuildTest {

    private static final Namespace FILMS = new Namespace("cinema", "films");
    private static final long SEED = 20_261_122;
    private static final int COUNT = 1_200;
    private static final int STEP = Integer.getInteger("smilodon.index.build.step", 5);
    private static final int ROUNDS = 20;

    private static Smilodon open(StorageDirectory directory) {
        return Smilodon.open(directory, DatabaseOptions.DEFAULTS);
    }

    private static DocumentCollection films(Smilodon smilodon) {
        return smilodon.database(FILMS.database()).collection(FILMS.collection());
    }

    private static void fill(Smilodon smilodon) {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            documents.add(
                    doc(
                            "{'_id': %d, 'a': %d, 'b': [%d, 1], 't': 'w%d'}"
                                    .formatted(id, id, id, id)));
        }
        films(smilodon).insertMany(documents, true);
        films(smilodon).createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
        films(smilodon).createIndex(doc("{'key': {'b': -1}, 'hidden': true}"));
        films(smilodon).createIndex(doc("{'key': {'t': 'text'}}"));
    }

    /** Takes some entries of an index away, as no user can. */
    private static void damage(StorageDirectory directory, String index) {
        try (KeyValueStore store =
                        EmbeddedStore.open(directory, DatabaseOptions.DEFAULTS.storage());
                Transaction transaction = store.begin()) {
            byte[] prefix = Keyspace.indexEntries(entry(index, transaction).definition().id());
            List<byte[]> keys = new ArrayList<>();
            try (KeyCursor cursor =
                    transaction.cursor(KeyRange.prefix(prefix), Direction.FORWARD)) {
                while (keys.size() < 3 && cursor.advance()) {
                    keys.add(cursor.key());
                }
            }
            keys.forEach(transaction::delete);
            transaction.commit();
        }
    }

    private static IndexEntry entry(String name, Transaction transaction) {
        CollectionEntry collection = new Catalog().find(FILMS, transaction).orElseThrow();
        return collection.indexes().stream()
                .filter(index -> index.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Smilodon smilodon) {
        return films(smilodon).indexes().stream()
                .map(index -> ((StringValue) index.get("name")).value())
                .toList();
    }

    @Test
    void indexes_stay_what_they_are() {
        try (Smilodon smilodon = open(new FaultyDirectory())) {
            fill(smilodon);
            List<Document> before = films(smilodon).indexes();
            assertEquals(
                    List.of("a_1", "b_-1", "t_text"), films(smilodon).upkeep().rebuildIndexes());
            assertEquals(before, films(smilodon).indexes());
            assertEquals(List.of(), films(smilodon).verify());
            assertEquals(1, films(smilodon).count(doc("{'$text': {'$search': 'w7'}}")));
            assertThrows(SmilodonException.class, () -> films(smilodon).insertOne(doc("{'a': 7}")));
        }
    }

    @Test
    void only_what_disagrees_is_built_anew_by_a_repair() {
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = open(directory)) {
            fill(smilodon);
        }
        damage(directory, "b_-1");
        try (Smilodon smilodon = open(directory)) {
            assertFalse(films(smilodon).verify().isEmpty());
            CollectionUpkeep.Repair done = films(smilodon).upkeep().repair().orElseThrow();
            assertEquals(List.of("b_-1"), done.rebuilt());
            assertFalse(done.found().lines().isEmpty());
            assertEquals(List.of(), done.left().lines());
            assertEquals(List.of(), films(smilodon).verify());
            assertEquals(List.of(), films(smilodon).upkeep().repair().orElseThrow().rebuilt());
        }
    }

    @Test
    void an_index_that_documents_violate_stays_as_it_was() {
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = open(directory)) {
            fill(smilodon);
        }
        damage(directory, "a_1");
        try (Smilodon smilodon = open(directory)) {
            films(smilodon).insertOne(doc("{'_id': 'twice', 'a': 0}"));
            SmilodonException refused =
                    assertThrows(
                            SmilodonException.class,
                            () -> films(smilodon).upkeep().rebuildIndexes());
            assertEquals(11000, refused.code().number());
            assertEquals(List.of("_id_", "a_1", "b_-1", "t_text"), names(smilodon));
            assertTrue(
                    films(smilodon).upkeep().indexes().stream().allMatch(i -> i.build().isEmpty()));
        }
    }

    @Test
    void a_crash_leaves_each_index_once_and_whole() {
        FaultyDirectory whole = new FaultyDirectory();
        long before;
        try (Smilodon smilodon = open(whole)) {
            fill(smilodon);
            before = whole.operations();
            films(smilodon).upkeep().rebuildIndexes();
        }
        for (long operations = before; operations < whole.operations(); operations += STEP) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            try (Smilodon smilodon = open(directory)) {
                fill(smilodon);
                films(smilodon).upkeep().rebuildIndexes();
            } catch (SmilodonException crashed) {
                assertTrue(directory.operations() >= operations);
            }
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, SEED + operations);
            try (Smilodon smilodon = open(left)) {
                films(smilodon).createIndex(doc("{'key': {'waits': 1}}")); // for resumed builds
                films(smilodon).dropIndex(Value.of("waits_1"));
                assertEquals(List.of("_id_", "a_1", "b_-1", "t_text"), names(smilodon));
                assertEquals(List.of(), films(smilodon).verify());
            }
        }
    }

    /** An index that is dropped while it is built anew does not come back. */
    @Test
    void who_drops_an_index_meanwhile_drops_it() {
        try (Smilodon smilodon = open(new FaultyDirectory())) {
            fill(smilodon);
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Void> rebuilding =
                    CompletableFuture.runAsync(() -> rebuildUntil(isOver, smilodon));
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    dropAndCreate(smilodon, round);
                }
            } finally {
                isOver.set(true);
            }
            rebuilding.join();
            assertEquals(1, names(smilodon).stream().filter("a_1"::equals).count());
            assertEquals(List.of(), films(smilodon).verify());
        }
    }

    private static void dropAndCreate(Smilodon smilodon, int round) {
        films(smilodon).dropIndex(Value.of("a_1"));
        assertFalse(names(smilodon).contains("a_1"));
        films(smilodon).insertOne(doc("{'_id': 'r%d', 'a': 'r%d'}".formatted(round, round)));
        assertFalse(names(smilodon).contains("a_1"));
        films(smilodon).createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
    }

    private static void rebuildUntil(AtomicBoolean isOver, Smilodon smilodon) {
        while (!isOver.get()) {
            try {
                films(smilodon).upkeep().rebuildIndexes();
            } catch (SmilodonException dropped) {
                assertEquals(276, dropped.code().number());
            }
        }
    }
}
