package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CursorRegistryTest {

    private static final OptionalInt DEFAULT = OptionalInt.empty();
    private static final long IDLE_MILLIS = 1_000;

    private final AtomicLong millis = new AtomicLong(1);
    private Smilodon smilodon;
    private DocumentCollection collection;
    private CursorRegistry cursors;

    /** A clock that tests move. */
    private final class TestClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    @BeforeEach
    void open() {
        smilodon =
                Smilodon.inMemory(
                        DatabaseOptions.DEFAULTS
                                .withClock(new TestClock())
                                .withCursorIdleMillisMax(IDLE_MILLIS)
                                .withCursorCounts(CursorLimits.DEFAULTS.withCountMax(2)));
        cursors = smilodon.cursors();
        collection = smilodon.database("d").collection("c");
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 250; id++) {
            documents.add(Document.builder().put("_id", id).build());
        }
        collection.insertMany(documents, true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Batch first(OptionalInt batchSize) {
        return cursors.first(collection.find(Document.EMPTY), batchSize);
    }

    @Test
    void the_first_batch_has_101_documents_and_the_next_one_the_rest() {
        Batch first = first(DEFAULT);
        assertEquals(101, first.documents().size());
        Batch second = cursors.next(first.cursorId().orElseThrow(), DEFAULT);
        assertEquals(149, second.documents().size());
        assertTrue(second.cursorId().isEmpty());
        assertEquals(0, cursors.openCount());
        assertCode(43, () -> cursors.next(first.cursorId().orElseThrow(), DEFAULT));
    }

    @Test
    void a_batch_has_the_size_that_is_asked_for_and_the_id_stays() {
        Batch first = first(OptionalInt.of(1));
        String id = first.cursorId().orElseThrow();
        Batch second = cursors.next(id, OptionalInt.of(100));
        assertEquals(1, first.documents().size());
        assertEquals(100, second.documents().size());
        assertEquals(id, second.cursorId().orElseThrow());
    }

    @Test
    void an_empty_first_batch_leaves_the_cursor_open_even_at_its_end() {
        Batch empty = cursors.first(collection.find(doc("{'_id': -1}")), OptionalInt.of(0));
        assertTrue(empty.documents().isEmpty());
        Batch end = cursors.next(empty.cursorId().orElseThrow(), DEFAULT);
        assertTrue(end.documents().isEmpty());
        assertTrue(end.cursorId().isEmpty());
    }

    @Test
    void a_negative_batch_size_is_refused() {
        assertCode(51024, () -> CursorRegistry.checkBatchSize(OptionalInt.of(-1)));
    }

    /** Batches may be empty while the next event is still being read. */
    private Batch withEvents(ChangeStream stream) {
        Batch first = cursors.first(WatchCursor.open(() -> stream), CursorOwner.NONE, DEFAULT);
        String id = first.cursorId().orElseThrow();
        return Stream.iterate(first, batch -> cursors.next(id, DEFAULT))
                .limit(100)
                .filter(batch -> !batch.documents().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_batch_never_passes_16_mebibytes_and_what_does_not_fit_comes_next() {
        DocumentCollection large = smilodon.database("d").collection("large");
        try (ChangeStream stream = large.watch()) {
            for (int id = 0; id < 3; id++) {
                String text = "x".repeat(id == 1 ? 9 << 20 : 7 << 20);
                large.insertOne(doc("{'_id': %d}".formatted(id)).with("s", new StringValue(text)));
            }
            assertIdsInParts(cursors.first(large.find(Document.EMPTY), DEFAULT));
            Batch events = withEvents(stream);
            assertEquals(1, events.documents().size());
            assertEquals(
                    Optional.of(events.documents().getFirst().get("_id")), events.resumeToken());
        }
    }

    /** Small numbers take one byte in store, and thirteen in BSON. */
    @Test
    void a_batch_never_passes_16_mebibytes_as_bson() {
        DocumentCollection numbers = smilodon.database("d").collection("numbers");
        ArrayValue ones = ArrayValue.of(Collections.nCopies(800_000, Value.of(1)));
        for (int id = 0; id < 3; id++) {
            numbers.insertOne(Document.of("_id", Value.of(id)).with("n", ones));
        }
        assertIdsInParts(cursors.first(numbers.find(Document.EMPTY), DEFAULT));
    }

    private void assertIdsInParts(Batch first) {
        assertEquals(List.of(0), ids(first));
        Batch second = cursors.next(first.cursorId().orElseThrow(), DEFAULT);
        assertEquals(List.of(1), ids(second));
        Batch third = cursors.next(second.cursorId().orElseThrow(), DEFAULT);
        assertEquals(List.of(2), ids(third));
        assertTrue(third.cursorId().isEmpty());
    }

    private static List<Integer> ids(Batch batch) {
        return batch.documents().stream()
                .map(document -> ((Int32Value) document.get("_id")).value())
                .toList();
    }

    @Test
    void a_killed_cursor_is_gone() {
        String id = first(OptionalInt.of(1)).cursorId().orElseThrow();
        cursors.kill(id);
        assertCode(43, () -> cursors.next(id, DEFAULT));
        assertCode(43, () -> cursors.kill(id));
    }

    /** Readers of one cursor take turns; the end of one must not hide the next from a killer. */
    @Test
    void a_cursor_that_readers_share_is_found_as_long_as_it_is_open() {
        String id = first(OptionalInt.of(0)).cursorId().orElseThrow();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            readers.add(CompletableFuture.runAsync(() -> readWhile(goesOn, id)));
        }
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            while (System.nanoTime() < end) {
                assertTrue(cursors.source(id).isPresent());
            }
        } finally {
            goesOn.set(false);
            readers.forEach(CompletableFuture::join);
        }
        assertTrue(cursors.tryKill(id));
        assertFalse(cursors.tryKill(id));
    }

    private void readWhile(AtomicBoolean goesOn, String id) {
        OptionalInt tiny = OptionalInt.of(1);
        for (int count = 0; count < 120 && goesOn.get(); count++) {
            try {
                cursors.next(id, tiny);
            } catch (SmilodonException busy) {
                assertEquals(43, busy.code().number());
            }
        }
    }

    @Test
    void an_idle_cursor_is_closed_when_its_time_is_over() {
        String id = first(OptionalInt.of(1)).cursorId().orElseThrow();
        millis.addAndGet(IDLE_MILLIS);
        cursors.next(id, OptionalInt.of(1));
        millis.addAndGet(IDLE_MILLIS + 1);
        assertCode(43, () -> cursors.next(id, DEFAULT));
        assertEquals(0, cursors.openCount());
    }

    @Test
    void a_cursor_can_be_kept_longer() {
        DocumentCursor kept = collection.find(Document.EMPTY).keptLonger();
        String id = cursors.first(kept, OptionalInt.of(1)).cursorId().orElseThrow();
        millis.addAndGet(CursorRegistry.KEPT_MILLIS_MAX);
        cursors.next(id, OptionalInt.of(1));
        millis.addAndGet(CursorRegistry.KEPT_MILLIS_MAX + 1);
        assertCode(43, () -> cursors.next(id, DEFAULT));
    }

    @Test
    void too_many_open_cursors_are_refused() {
        first(OptionalInt.of(1));
        first(OptionalInt.of(1));
        assertCode(146, () -> first(OptionalInt.of(1)));
        assertEquals(2, smilodon.statistics().openCursorCount());
        assertEquals(250, first(OptionalInt.of(500)).documents().size());
    }

    @Test
    void a_cursor_with_a_negative_batch_size_is_closed() {
        DocumentCursor cursor = collection.find(Document.EMPTY);
        assertCode(51024, () -> cursors.first(cursor, OptionalInt.of(-1)));
        assertFalse(cursor.hasNext());
    }

    @Test
    void a_cursor_that_comes_back_after_the_end_is_closed() {
        DocumentCursor cursor = collection.find(Document.EMPTY);
        cursors.close();
        assertCode(91, () -> cursors.first(cursor, OptionalInt.of(1)));
        assertFalse(cursor.hasNext());
    }

    /** A writer alone would keep the old state of an abandoned cursor for ever. */
    @Test
    void a_writer_closes_idle_cursors_too() {
        DocumentCursor cursor = collection.find(Document.EMPTY);
        cursors.first(cursor, OptionalInt.of(1));
        millis.addAndGet(IDLE_MILLIS + 1);
        collection.insertOne(Document.EMPTY);
        assertFalse(cursor.hasNext());
    }

    @Test
    void a_time_limit_does_not_count_while_the_reader_is_away() {
        FindRequest request = FindRequest.of(Document.EMPTY).withMaxTimeMillis(500);
        Batch first = cursors.first(collection.find(request), OptionalInt.of(1));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        assertEquals(249, cursors.next(first.cursorId().orElseThrow(), DEFAULT).documents().size());
    }
}
