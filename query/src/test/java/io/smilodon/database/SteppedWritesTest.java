package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.SteppedWrites.Part;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteppedWritesTest {

    private static final Namespace NAMESPACE = new Namespace("d", "c");
    private static final int COUNT = 500;

    private final AtomicInteger steps = new AtomicInteger();
    private Instance instance;
    private CollectionWrites writes;

    @BeforeEach
    void open() {
        DatabaseOptions options = DatabaseOptions.DEFAULTS;
        instance =
                Instance.start(
                        EmbeddedStore.open(new MemoryDirectory(), options.storage()),
                        new MemoryDirectory(),
                        options);
        writes = new CollectionWrites(instance.newest(), NAMESPACE);
        Indexes indexes = new Indexes(instance.newest(), NAMESPACE);
        indexes.create(doc("{'key': {'a': 1}}"));
        indexes.create(doc("{'key': {'u': 1}, 'unique': true}"));
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private Part<Integer> insert(List<Document> documents) {
        return new SteppedWrites<Document, Integer>(
                        work -> writes.runCreating(0, work).result(),
                        (writer, document) -> {
                            writer.insert(document, SizeLimit.OF_INSERT);
                            return steps.incrementAndGet();
                        },
                        new SteppedWrites.Mode(false, false))
                .run(documents);
    }

    private static Document document(int id, int unique) {
        return Document.builder().put("_id", id).put("a", id).put("u", unique).build();
    }

    private long stored() {
        return new Reads(instance.newest(), new CollectionWrites(instance.newest(), NAMESPACE))
                .count(FindRequest.of(Document.EMPTY));
    }

    @Test
    void each_failure_that_left_something_behind_costs_one_step_more_not_all_of_them() {
        Part<Integer> part =
                insert(IntStream.range(0, COUNT).mapToObj(id -> document(id, id / 2)).toList());

        assertEquals(COUNT / 2, part.results().size());
        assertEquals(COUNT / 2, part.failures().size());
        assertEquals(COUNT / 2, stored());
        assertTrue(steps.get() <= 2 * COUNT, () -> steps + " steps");
    }

    @Test
    void what_fails_leaves_nothing_in_any_index() {
        insert(IntStream.range(0, COUNT).mapToObj(id -> document(id, id % 7)).toList());

        assertEquals(7, stored());
        assertEquals(
                List.of(),
                new Reads(instance.newest(), new CollectionWrites(instance.newest(), NAMESPACE))
                        .verify()
                        .orElseThrow()
                        .lines());
    }
}
