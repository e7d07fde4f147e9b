package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.CheckReport;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.testing.Await;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompactAllTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withSegmentCountMax(3)
                    .withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0));

    private static byte[] key(int number) {
        return new byte[] {1, (byte) (number >> 8), (byte) number};
    }

    @Test
    void only_the_newest_version_of_what_is_there_is_left() throws IOException {
        MemoryDirectory directory = new MemoryDirectory();
        AtomicLong total = new AtomicLong();
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            for (int round = 0; round < 10; round++) {
                for (int number = 0; number < 500; number++) {
                    store.write(new WriteBatch().put(key(number), new byte[round + 1]));
                }
                store.checkpoint();
            }
            for (int number = 0; number < 400; number++) {
                store.write(new WriteBatch().delete(key(number)));
            }
            try (Transaction transaction = store.begin()) {
                transaction.retire(key(450));
                transaction.commit();
            }

            store.compact((step, done, all) -> total.set(all));
            store.compact(Progress.SILENT);
        }
        CheckReport report = StoreChecker.check(directory, Progress.SILENT);
        assertTrue(report.isGood(), () -> report.findings().toString());
        assertEquals(99, report.counts().entries());
        assertTrue(total.get() > 0);
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                Snapshot snapshot = store.snapshot()) {
            assertTrue(snapshot.get(key(399)).isEmpty());
            assertEquals(10, snapshot.get(key(449)).orElseThrow().value().length);
        }
    }

    /** The flushing thread says every second that it is there: that does not end the quiet. */
    @Test
    @Timeout(60)
    void what_is_read_much_and_not_written_is_gathered() {
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), OPTIONS)) {
            for (int round = 0; round < 2; round++) {
                store.write(new WriteBatch().put(key(1), new byte[100]));
                store.checkpoint();
            }
            try (Snapshot snapshot = store.snapshot()) {
                while (store.statistics().compaction().merges() == 0) {
                    assertTrue(snapshot.get(key(1)).isPresent());
                }
            }
        }
    }

    @Test
    @Timeout(30)
    void closing_ends_it_with_a_clear_error() throws Exception {
        StorageOptions slow = OPTIONS.withCompaction(OPTIONS.compaction().withBytesPerSecondMax(1));
        for (boolean isBefore : new boolean[] {false, true}) {
            EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), slow);
            for (int round = 0; round < 2; round++) {
                store.write(new WriteBatch().put(key(1), new byte[100]));
                store.checkpoint();
            }
            if (isBefore) {
                store.close();
            }
            CompletableFuture<SmilodonException> outcome =
                    CompletableFuture.supplyAsync(
                            () ->
                                    assertThrows(
                                            SmilodonException.class,
                                            () -> store.compact(Progress.SILENT)));
            Await.until("it runs", () -> isBefore || store.statistics().compaction().isRunning());
            store.close();
            assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, outcome.get().code());
        }
    }

    @Test
    void an_empty_store_is_compacted_at_once() {
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), OPTIONS)) {
            store.compact(Progress.SILENT);
            assertEquals(0, store.statistics().segmentCount());
        }
    }
}
