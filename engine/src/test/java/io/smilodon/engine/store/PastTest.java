package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.CommitAges;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads as of earlier commits, and the end of snapshots that are too old. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PastTest {

    private static final StorageOptions TINY =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(2_000)
                    .withCompaction(
                            CompactionSettings.DEFAULTS
                                    .withLevelZeroCountMax(1)
                                    .withSegmentBytesMax(1_000)
                                    .withLevels(2_000, 3));
    private static final StorageOptions NO_PAST =
            TINY.withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0));
    private static final byte[] KEY = {1, 1};

    private final AtomicLong nanos = new AtomicLong();

    private static long put(KeyValueStore store, int value) {
        return store.write(new WriteBatch().put(KEY, new byte[] {(byte) value}));
    }

    private static int read(Snapshot snapshot) {
        try (snapshot) {
            return snapshot.get(KEY).map(found -> (int) found.value()[0]).orElse(-1);
        }
    }

    private static void assertCode(ErrorCode code, Executable action) {
        SmilodonException error = assertThrows(SmilodonException.class, action);
        assertEquals(code, error.code());
    }

    @Test
    void every_commit_in_the_window_can_be_read_even_after_flush_merge_and_reopening() {
        MemoryDirectory directory = new MemoryDirectory();
        List<Long> commits = new ArrayList<>();
        try (EmbeddedStore store = EmbeddedStore.open(directory, TINY)) {
            for (int round = 0; round < 100; round++) {
                commits.add(put(store, round));
                if (round % 20 == 19) {
                    store.checkpoint();
                }
            }
            store.awaitCompacted();
            assertAll(store, commits);
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory, TINY)) {
            put(store, 100);
            store.checkpoint();
            store.awaitCompacted();
            assertAll(store, commits);
        }
    }

    private static void assertAll(KeyValueStore store, List<Long> commits) {
        for (int round = 0; round < commits.size(); round++) {
            assertEquals(round, read(store.snapshotAsOf(commits.get(round))));
        }
        assertEquals(-1, read(store.snapshotAsOf(commits.get(0) - 1)));
    }

    @Test
    void what_is_no_longer_kept_and_what_is_not_yet_there_are_refused() {
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), NO_PAST)) {
            long first = put(store, 1);
            long second = put(store, 2);
            assertEquals(2, read(store.snapshotAsOf(second)));
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> store.snapshotAsOf(first));
            assertCode(ErrorCode.BAD_VALUE, () -> store.snapshotAsOf(second + 1));
            assertCode(ErrorCode.BAD_VALUE, () -> store.snapshotAsOf(-1));
            Instant future = Instant.now().plusSeconds(60);
            assertCode(ErrorCode.BAD_VALUE, () -> store.sequenceAt(future));
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> store.sequenceAt(Instant.EPOCH));
        }
    }

    /** What a merge without a window dropped stays dropped for a later run with one. */
    @Test
    void a_wider_window_does_not_bring_the_past_back() {
        MemoryDirectory directory = new MemoryDirectory();
        long first;
        try (EmbeddedStore store = EmbeddedStore.open(directory, NO_PAST)) {
            first = put(store, 1);
            put(store, 2);
            store.checkpoint();
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory, TINY)) {
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> store.snapshotAsOf(first));
        }
    }

    @Test
    void the_horizon_moves_with_time() {
        AtomicLong wall = new AtomicLong(10_000);
        CommitTimes times = new CommitTimes();
        CommitAges ages = new CommitAges(5_000, 1 << 20, new Clocks(nanos::get, wall::get));
        History history =
                new History(
                        wall::get,
                        times::sequenceAt,
                        History.horizon(
                                RetentionSettings.DEFAULTS.withHistoryMillis(5_000), ages, () -> 9),
                        () -> 9);
        times.record(3, 9_000);
        times.record(5, 10_000);
        times.measure(ages);
        assertEquals(0, history.horizon());
        seconds(2);
        times.record(7, 12_000);
        times.record(9, 11_000);
        seconds(2);
        assertEquals(3, history.horizon(), "it was a second old when the store was opened");
        seconds(1);
        assertEquals(5, history.horizon());
        seconds(2);
        assertEquals(9, history.horizon(), "a clock that goes back changes nothing");
        wall.set(12_000);
        assertEquals(5, history.sequenceAt(Instant.ofEpochMilli(11_999)));
        assertEquals(OptionalLong.empty(), times.sequenceAt(Instant.ofEpochMilli(8_999)));
    }

    @Test
    void much_writing_makes_the_window_shorter() {
        CommitAges ages = new CommitAges(5_000, 10_000, new Clocks(nanos::get, () -> 0));
        CommitTimes times = new CommitTimes();
        times.measure(ages);
        for (int sequence = 1; sequence <= 9; sequence++) {
            times.record(sequence, 1, 1_000);
            assertEquals(OptionalLong.empty(), ages.lastBeforeWindow());
        }
        times.record(10, 1, 2_000);
        assertEquals(OptionalLong.of(1), ages.lastBeforeWindow(), "10,000 bytes came after it");
        for (int sequence = 11; sequence <= 100_000; sequence++) {
            times.record(sequence, 1, 1);
        }
        long horizon = ages.lastBeforeWindow().orElseThrow();
        assertTrue(horizon <= 90_000 && horizon > 89_900, () -> "horizon " + horizon);
        seconds(5);
        assertEquals(OptionalLong.of(100_000), ages.lastBeforeWindow());
    }

    private void seconds(int count) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(count));
    }

    /** Ten years in either direction, and what is set right again: by age, not by the wall. */
    @ParameterizedTest
    @ValueSource(longs = {3_650, -3_650})
    void a_clock_that_jumps_throws_no_history_away_and_keeps_none_for_ever(long days) {
        AtomicLong wall = new AtomicLong(System.currentTimeMillis());
        StoreEnvironment environment =
                new StoreEnvironment(
                        new Clocks(nanos::get, wall::get),
                        new Random(1)::nextLong,
                        Long.MAX_VALUE,
                        1 << 20);
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(directory, TINY, environment)) {
            long first = put(store, 1);
            seconds(1);
            wall.addAndGet(TimeUnit.DAYS.toMillis(days));
            long second = put(store, 2);
            store.checkpoint();
            store.compact(Progress.SILENT);
            assertEquals(1, read(store.snapshotAsOf(first)), "kept across the jump");
            wall.addAndGet(-TimeUnit.DAYS.toMillis(days));
            seconds(60);
            put(store, 3);
            store.compact(Progress.SILENT);
            assertEquals(1, read(store.snapshotAsOf(first)), "and back");
            seconds(270);
            put(store, 4);
            store.compact(Progress.SILENT);
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> store.snapshotAsOf(first));
            assertEquals(2, read(store.snapshotAsOf(second)), "the horizon");
        }
        wall.addAndGet(TimeUnit.DAYS.toMillis(days));
        try (EmbeddedStore store = EmbeddedStore.open(directory, TINY, environment)) {
            long newest = store.statistics().sequence();
            put(store, 5);
            store.compact(Progress.SILENT);
            assertEquals(4, read(store.snapshotAsOf(newest)), "kept across a jump in between");
            seconds(600);
            put(store, 6);
            store.compact(Progress.SILENT);
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> store.snapshotAsOf(newest));
        }
    }

    /** What a failing flush must not hold up. */
    @Test
    void a_snapshot_ends_in_its_time_although_flushing_fails() {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = storeOf(directory)) {
            put(store, 1);
            try (Snapshot old = store.snapshot()) {
                directory.fail(
                        new FaultRule(
                                FaultRule.Operation.CREATE,
                                name -> name.contains(".segment"),
                                0,
                                Integer.MAX_VALUE,
                                FaultRule.Fault.INPUT_OUTPUT_ERROR));
                for (int attempt = 0; attempt < 12; attempt++) {
                    assertThrows(SmilodonException.class, store::checkpoint);
                }
                for (int minute = 0; minute < 3; minute++) {
                    nanos.addAndGet(TimeUnit.MINUTES.toNanos(60));
                    long replaced = store.statistics().snapshots().outdatedMillis();
                    Await.until(
                            "it is over or replaced",
                            () -> isOver(old) || replacedSince(store, replaced));
                }
                Await.until("it is over", () -> isOver(old));
            }
            directory.heal();
        }
    }

    private static boolean replacedSince(EmbeddedStore store, long millis) {
        return store.statistics().snapshots().outdatedMillis() != millis;
    }

    private static boolean isOver(Snapshot snapshot) {
        try {
            return snapshot.get(KEY).isEmpty();
        } catch (SmilodonException refused) {
            assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, refused.code());
            return true;
        }
    }

    private EmbeddedStore storeOf(FaultyDirectory directory) {
        StoreEnvironment environment =
                new StoreEnvironment(nanos::get, new Random(1)::nextLong, Long.MAX_VALUE, 1 << 20);
        return EmbeddedStore.open(directory, NO_PAST, environment);
    }

    /** Two ticks: the first ages the view of now, the second ends it. */
    private void passMinutes(EmbeddedStore store, int minutes, Snapshot old) {
        for (int minute = 0; minute < minutes; minute++) {
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            store.tick();
        }
        assertNotEquals(0, old.sequence());
    }

    @Test
    void a_snapshot_lives_for_its_limit_and_not_much_longer() {
        try (EmbeddedStore store = storeOf(new FaultyDirectory())) {
            put(store, 1);
            try (Snapshot old = store.snapshot();
                    KeyCursor cursor = old.cursor(KeyRange.all(), Direction.FORWARD)) {
                passMinutes(store, 59, old);
                assertTrue(old.get(KEY).isPresent());
                passMinutes(store, 10, old);
                assertCode(ErrorCode.SNAPSHOT_TOO_OLD, () -> old.get(KEY));
                assertCode(ErrorCode.SNAPSHOT_TOO_OLD, cursor::advance);
                assertCode(
                        ErrorCode.SNAPSHOT_TOO_OLD,
                        () -> old.cursor(KeyRange.all(), Direction.FORWARD));
            }
            assertEquals(1, read(store.snapshot()));
        }
    }

    @Test
    void readers_of_a_snapshot_that_ends_get_right_answers_or_its_error() throws Exception {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = storeOf(directory)) {
            for (int key = 0; key < 200; key++) {
                store.write(new WriteBatch().put(new byte[] {2, (byte) key}, new byte[50]));
            }
            store.checkpoint();
            try (Snapshot old = store.snapshot()) {
                List<CompletableFuture<ErrorCode>> readers = new ArrayList<>();
                for (int reader = 0; reader < 3; reader++) {
                    readers.add(CompletableFuture.supplyAsync(() -> readUntilRefused(old)));
                }
                for (int key = 0; key < 200; key++) {
                    store.write(new WriteBatch().delete(new byte[] {2, (byte) key}));
                }
                store.checkpoint();
                store.awaitCompacted();
                passMinutes(store, 70, old);
                for (CompletableFuture<ErrorCode> reader : readers) {
                    assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, reader.get());
                }
            }
        }
        assertEquals(0, directory.openFiles());
    }

    private static ErrorCode readUntilRefused(Snapshot old) {
        Random random = new Random(1);
        while (true) {
            try {
                byte[] key = {2, (byte) random.nextInt(200)};
                assertEquals(50, old.get(key).orElseThrow().value().length);
                int count = 0;
                try (KeyCursor all = old.cursor(KeyRange.all(), Direction.BACKWARD)) {
                    while (all.advance()) {
                        count++;
                    }
                }
                assertEquals(200, count);
            } catch (SmilodonException refused) {
                return refused.code();
            }
        }
    }

    @Test
    void the_default_cache_follows_the_heap() {
        assertEquals(128L << 20, MemorySettings.of(512L << 20).blockCacheBytesMax());
        assertEquals(1L << 30, MemorySettings.of(64L << 30).blockCacheBytesMax());
        assertEquals(32L << 20, MemorySettings.of(512L << 20).memtableBytesMax());
        assertEquals(Levels.COUNT, 7);
    }
}
