package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollectionSizesTest {

    private static final Namespace NAMESPACE = new Namespace("d", "c");

    private final MemoryDirectory directory = new MemoryDirectory();

    private Instance open() {
        DatabaseOptions options = DatabaseOptions.DEFAULTS;
        return Instance.start(EmbeddedStore.open(directory, options.storage()), directory, options);
    }

    private static void insert(Instance instance, int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(Document.EMPTY);
        }
        new Inserts(new CollectionWrites(instance.newest(), NAMESPACE)).insertMany(documents, true);
    }

    private static long estimate(Instance instance) {
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry = instance.catalog().find(NAMESPACE, snapshot).orElseThrow();
            return instance.sizes().estimate(entry, snapshot);
        }
    }

    private static long total(Instance instance) {
        return new Reads(instance.newest(), new CollectionWrites(instance.newest(), NAMESPACE))
                .estimatedCount();
    }

    @Test
    void the_planner_does_not_wait_until_a_large_collection_is_counted() {
        try (Instance before = open()) {
            insert(before, 3_000);
            assertEquals(3_000, total(before));
        }
        try (Instance after = open()) {
            assertEquals(3_000, estimate(after), 50);
            insert(after, 500);
            assertEquals(3_500, estimate(after), 50);
            assertEquals(3_500, total(after));
            assertEquals(3_500, estimate(after));
        }
    }

    @Test
    void of_what_lies_in_files_the_planner_knows_about_how_much_it_is() {
        try (Instance before = open()) {
            insert(before, 20_000);
            before.store().checkpoint();
        }
        try (Instance after = open()) {
            long estimate = estimate(after);
            assertTrue(estimate > 18_000 && estimate < 22_000, () -> "estimated " + estimate);
        }
    }

    @Test
    void lists_that_tell_no_sizes_count_nothing() {
        try (Instance before = open()) {
            insert(before, 5_000);
        }
        try (Instance after = open()) {
            OperationScope ended = new OperationScope(0);
            ended.cancel(); // whoever counts so many notices
            Definitions definitions = after.definitions();
            assertEquals(
                    List.of("c"),
                    ended.run(() -> definitions.listings("d")).stream()
                            .map(CollectionListing::name)
                            .toList());
            assertEquals(List.of("d"), ended.run(definitions::databaseNames));
            assertThrows(
                    SmilodonException.class, () -> ended.run(() -> definitions.collections("d")));
        }
    }

    @Test
    void a_small_collection_is_known_exactly() {
        try (Instance instance = open()) {
            insert(instance, 30);
            assertEquals(30, estimate(instance));
            insert(instance, 5);
            assertEquals(35, estimate(instance));
            assertEquals(35, total(instance));
        }
    }
}
