package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A segment that a merge cannot read: all else is merged, and nobody waits for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedSegmentTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0))
                    .withCompaction(
                            CompactionSettings.DEFAULTS
                                    .withLevelZeroCountMax(2)
                                    .withSegmentBytesMax(8 << 10));

    private final FaultyDirectory directory = new FaultyDirectory();

    private static byte[] key(int area, int number) {
        return new byte[] {(byte) area, (byte) (number >> 8), (byte) number};
    }

    private static void round(EmbeddedStore store, int area, int round) {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < 50; number++) {
            batch.put(key(area, number), new byte[] {(byte) round});
        }
        store.write(batch);
        store.checkpoint();
    }

    private static void rounds(EmbeddedStore store, int count) {
        for (int round = 1; round <= count; round++) {
            round(store, 1, round);
            round(store, 2, round);
            store.awaitCompacted(); // else writers may wait for what can be merged
        }
    }

    private static boolean hasStalled(EmbeddedStore store) {
        return store.statistics().flush().stalls() > 0;
    }

    private String onlySegment() throws IOException {
        List<String> names =
                directory.list().stream().filter(name -> name.endsWith(".segment")).toList();
        assertEquals(1, names.size());
        return names.get(0);
    }

    private static void decay(FaultyDirectory directory, String name) throws IOException {
        byte[] content = directory.bytes(name);
        content[60] ^= 1;
        directory.replace(name, content);
    }

    @Test
    void what_does_not_overlap_goes_on_to_be_merged_and_writers_do_not_wait() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            round(store, 1, 0);
        }
        decay(directory, onlySegment());
        String damaged = onlySegment();
        StorageOptions fewer = // than will be stuck
                OPTIONS.withCompaction(OPTIONS.compaction().withBackPressure(20, 30));
        try (EmbeddedStore store = EmbeddedStore.open(directory, fewer)) {
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(
                            () -> rounds(store, 45), // not in the common pool, as it may wait
                            task -> Thread.ofPlatform().daemon().start(task));
            Await.until("all is written", () -> writer.isDone() || hasStalled(store));
            assertFalse(hasStalled(store), "it is no use to wait");
            writer.join();

            StoreStatistics statistics = store.statistics();
            assertEquals(List.of(damaged), statistics.compaction().damaged());
            assertEquals(0, statistics.compaction().failuresInRow());
            assertTrue(statistics.compaction().failures() < 5, "not again and again");
            int onZero = statistics.compaction().levels().get(0).segmentCount();
            assertTrue(onZero >= 40 && onZero <= 50, "what overlaps is stuck: " + onZero);
            try (Snapshot snapshot = store.snapshot()) {
                assertEquals(45, snapshot.get(key(1, 7)).orElseThrow().value()[0]);
                assertEquals(45, snapshot.get(key(2, 7)).orElseThrow().value()[0]);
            }
            SmilodonException left =
                    assertThrows(SmilodonException.class, () -> store.compact(Progress.SILENT));
            assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, left.code());
            assertEquals(List.of(damaged), left.details().get("files"));
        }
    }

    @Test
    void damage_on_a_lower_level_stops_what_would_be_merged_with_it_only() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            round(store, 1, 0);
            store.compact(Progress.SILENT);
            assertEquals(0, store.statistics().compaction().levels().get(0).segmentCount());
        }
        decay(directory, onlySegment());
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            for (int round = 1; round <= 10; round++) {
                round(store, 1, round);
                round(store, 2, round);
                store.awaitCompacted();
            }
            StoreStatistics statistics = store.statistics();
            assertEquals(1, statistics.compaction().damaged().size());
            assertTrue(statistics.compaction().failures() < 5);
            assertTrue(statistics.compaction().levels().get(0).segmentCount() <= 13);
            try (Snapshot snapshot = store.snapshot()) {
                assertEquals(10, snapshot.get(key(1, 7)).orElseThrow().value()[0]);
                assertEquals(10, snapshot.get(key(2, 7)).orElseThrow().value()[0]);
            }
        }
    }

    @Test
    void once_it_is_dropped_it_is_forgotten() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            round(store, 1, 0);
        }
        decay(directory, onlySegment());
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            for (int round = 1; round <= 5; round++) {
                round(store, 1, round);
            }
            store.awaitCompacted();
            assertEquals(1, store.statistics().compaction().damaged().size());
            try (Transaction drop = store.begin()) {
                drop.retire(new byte[] {1});
                drop.commit();
            }
            store.checkpoint();
            while (!store.statistics().compaction().damaged().isEmpty()) {
                store.awaitCompacted();
            }
            round(store, 2, 1);
        }
    }

    /** What wakes the thread is what fills memory: it must not mean an attempt each. */
    @Test
    void a_failed_flush_is_not_tried_again_before_its_time() {
        StorageOptions small = OPTIONS.withMemtableBytesMax(3_000);
        try (EmbeddedStore store = EmbeddedStore.open(directory, small)) {
            directory.fail(
                    new FaultRule(
                            Operation.CREATE,
                            name -> name.contains(".segment"),
                            0,
                            Integer.MAX_VALUE,
                            Fault.INPUT_OUTPUT_ERROR));
            long start = System.nanoTime();
            store.write(new WriteBatch().put(key(1, 1), new byte[3_000]));
            store.write(new WriteBatch().delete(key(1, 2))); // the full memtable has been put aside
            Await.until("a flush fails", () -> store.statistics().flush().failures() > 0);
            store.write(new WriteBatch().put(key(1, 1), new byte[3_000])); // and again: a wake
            Await.until("half a second is over", () -> System.nanoTime() - start >= 500_000_000L);
            long failures = store.statistics().flush().failures();
            boolean isInTime = System.nanoTime() - start < 900_000_000L;
            assertTrue(failures == 1 || !isInTime, "failures: " + failures);
            directory.heal();
            store.checkpoint(); // asked for: at once
            assertTrue(store.statistics().flush().failures() <= 2);
        }
    }
}
