package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationBudget.Held;
import io.smilodon.query.exec.OperationLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many operations hold together is limited, in memory and on disk, and is given back. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationBudgetTest {

    private static final Held NOTHING = new Held(0, 0);
    private static final int COUNT = 3_000;
    private static final long SHARED_BYTES = 5 << 20;

    /** Takes more than half of that. */
    private static final List<Document> SORT =
            List.of(ExtendedJson.readDocument("{\"$sort\": {\"text\": -1}}"));

    private final List<Smilodon> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Smilodon::close);
    }

    private DocumentCollection filled(OperationLimits limits) {
        Smilodon smilodon = Smilodon.inMemory(DatabaseOptions.DEFAULTS.withOperations(limits));
        opened.add(smilodon);
        DocumentCollection collection = smilodon.database("d").collection("c");
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            documents.add(
                    Document.of("_id", Value.of(id)).with("text", Value.of("x".repeat(200) + id)));
        }
        collection.insertMany(documents, true);
        return collection;
    }

    private static Held held(DocumentCollection collection) {
        return collection.database().smilodon().statistics().held();
    }

    private static DocumentCursor sorted(DocumentCollection collection, boolean allowsDiskUse) {
        return collection.aggregate(SORT, AggregateOptions.DEFAULTS.withDiskUse(allowsDiskUse));
    }

    private static int count(DocumentCollection collection, boolean allowsDiskUse) {
        int count = 0;
        try (DocumentCursor cursor = sorted(collection, allowsDiskUse)) {
            while (cursor.hasNext()) {
                cursor.next();
                count++;
            }
        }
        return count;
    }

    private static SmilodonException failure(DocumentCollection films, boolean allowsDiskUse) {
        return assertThrows(SmilodonException.class, () -> count(films, allowsDiskUse));
    }

    @Test
    void one_operation_writes_no_more_temporary_files_than_it_may() {
        OperationLimits limits = OperationLimits.DEFAULTS.withMemoryBytesMax(1_200_000);
        DocumentCollection enough = filled(limits.withScratchBytesMax(2_000_000));
        assertEquals(COUNT, count(enough, true));
        assertEquals(NOTHING, held(enough));
        DocumentCollection tooLittle = filled(limits.withScratchBytesMax(100_000));

        SmilodonException failure = failure(tooLittle, true);

        assertEquals(ErrorCode.QUERY_EXCEEDED_MEMORY_LIMIT, failure.code());
        assertEquals("Exceeded the limit of temporary files of one operation", failure.template());
        assertEquals(100_000L, failure.details().get("limitBytes"));
        assertEquals(NOTHING, held(tooLittle));
    }

    @Test
    void all_operations_leave_most_of_the_disk_to_others() {
        OperationLimits limits = OperationLimits.DEFAULTS.withMemoryBytesMax(1_200_000);
        DocumentCollection films = filled(limits.withScratchDiskShare(1e-9));
        SmilodonException failure = failure(films, true);
        assertEquals(ErrorCode.OUT_OF_DISK_SPACE, failure.code());
        assertTrue(failure.hint().orElseThrow().startsWith("try again when others"));
        assertEquals(NOTHING, held(films));
    }

    @Test
    void who_finds_the_memory_of_all_taken_uses_the_disk_or_is_told_to_come_again() {
        DocumentCollection films =
                filled(OperationLimits.DEFAULTS.withSharedMemoryBytesMax(SHARED_BYTES));
        try (DocumentCursor first = sorted(films, false)) {
            assertTrue(first.hasNext());
            assertTrue(held(films).memoryBytes() >= 1 << 20, held(films).toString());

            SmilodonException failure = failure(films, false);

            assertEquals(ErrorCode.TEMPORARILY_UNAVAILABLE, failure.code());
            assertEquals(SHARED_BYTES, failure.details().get("limitBytes"));
            assertEquals(COUNT, count(films, true));
        }
        assertEquals(COUNT, count(films, false));
        assertEquals(NOTHING, held(films));
    }

    @Test
    void a_cursor_that_waits_leaves_scarce_memory_to_others() {
        DocumentCollection films =
                filled(OperationLimits.DEFAULTS.withSharedMemoryBytesMax(SHARED_BYTES));
        CursorRegistry cursors = films.database().smilodon().cursors();
        Batch batch = cursors.first(sorted(films, true), OptionalInt.of(1));
        assertEquals(0, held(films).memoryBytes());
        assertTrue(held(films).scratchBytes() > 0);

        int count =
                cursors.next(batch.cursorId().orElseThrow(), OptionalInt.empty())
                        .documents()
                        .size();

        assertEquals(COUNT - 1, count);
        assertEquals(NOTHING, held(films));
    }

    @Test
    void what_nobody_has_closed_comes_back_with_its_garbage() {
        DocumentCollection films =
                filled(OperationLimits.DEFAULTS.withSharedMemoryBytesMax(SHARED_BYTES));
        assertTrue(sorted(films, false).hasNext());
        while (!held(films).equals(NOTHING)) {
            System.gc();
        }
        assertEquals(COUNT, count(films, false));
    }

    @Test
    void limits_are_positive() {
        OperationLimits limits = OperationLimits.DEFAULTS;
        assertThrows(IllegalArgumentException.class, () -> limits.withTimeMillisMax(-1));
        assertThrows(IllegalArgumentException.class, () -> limits.withMemoryBytesMax(0));
        assertThrows(IllegalArgumentException.class, () -> limits.withSharedMemoryBytesMax(0));
        assertThrows(IllegalArgumentException.class, () -> limits.withScratchBytesMax(0));
        assertThrows(IllegalArgumentException.class, () -> limits.withScratchDiskShare(0));
        assertThrows(IllegalArgumentException.class, () -> limits.withScratchDiskShare(1.1));
    }
}
