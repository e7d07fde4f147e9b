package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long finished log files stay, and what an opening does with them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogRetentionTest {

    private static final long HOUR = 60 * 60_000L;
    private static final StorageOptions SMALL_FILES =
            StorageOptions.DEFAULTS.withLogFileBytesMax(2_000);

    private final FaultyDirectory directory = new FaultyDirectory();
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();
    private final Random random = new Random(5);

    private EmbeddedStore open(FaultyDirectory place, StorageOptions options) {
        Clocks clocks = new Clocks(nanos::get, millis::get);
        return EmbeddedStore.open(
                place,
                options,
                new StoreEnvironment(clocks, random::nextLong, Long.MAX_VALUE, 1 << 20));
    }

    private void pass(long wanted) {
        millis.addAndGet(wanted);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(wanted));
    }

    private static StorageOptions keeping(long forMillis, long bytes) {
        return SMALL_FILES.withRetention(RetentionSettings.DEFAULTS.withFeed(forMillis, bytes));
    }

    private static void write(EmbeddedStore store, int count) {
        for (int number = 0; number < count; number++) {
            store.write(new WriteBatch().put(new byte[] {1, (byte) number}, new byte[400]));
        }
    }

    private static long sealedBytes(FaultyDirectory place) {
        return KeptLogs.files(place).stream()
                .flatMap(log -> log.seal().stream())
                .mapToLong(seal -> seal.bytes())
                .sum();
    }

    private void awaitDeleted() {
        Await.until("they are deleted", () -> logsOnDisk() == KeptLogs.files(directory).size());
    }

    private long logsOnDisk() {
        try {
            return directory.list().stream().filter(name -> name.endsWith(".log")).count();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void no_more_bytes_are_kept_than_asked_for_and_the_newest_of_them() {
        try (EmbeddedStore store = open(directory, keeping(HOUR, 10_000))) {
            write(store, 60);
            store.checkpoint();
            awaitDeleted();
            assertTrue(sealedBytes(directory) <= 10_000);
            assertTrue(sealedBytes(directory) > 7_000);
            List<KeptLogs.Commit> kept = KeptLogs.read(directory);
            assertEquals(60, kept.get(kept.size() - 1).sequence());
        }
    }

    @Test
    void files_are_kept_as_long_as_asked_for() {
        try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
            write(store, 30);
            store.checkpoint();
            assertEquals(30, KeptLogs.read(directory).size());
            pass(HOUR - 1);
            write(store, 1);
            store.checkpoint();
            assertEquals(31, KeptLogs.read(directory).size());
            pass(2);
            store.checkpoint();
            awaitDeleted();
            assertEquals(
                    List.of(31L),
                    KeptLogs.read(directory).stream().map(KeptLogs.Commit::sequence).toList());
        }
    }

    /** Else every change feed would lose its place. */
    @ParameterizedTest
    @ValueSource(longs = {100_000, -100_000})
    void a_clock_that_jumps_drops_no_file_and_keeps_none_for_ever(long hours) {
        try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
            write(store, 30);
            millis.addAndGet(hours * HOUR);
            write(store, 1);
            store.checkpoint();
            store.checkpoint();
            awaitDeleted();
            assertEquals(31, KeptLogs.read(directory).size());
            millis.addAndGet(-hours * HOUR);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(HOUR));
            write(store, 1);
            store.checkpoint();
            store.checkpoint();
            awaitDeleted();
            assertEquals(1, KeptLogs.read(directory).size());
        }
    }

    @Test
    void nothing_is_kept_where_nobody_wants_it() {
        try (EmbeddedStore store = open(directory, keeping(0, 1 << 20))) {
            write(store, 30);
            store.checkpoint();
            awaitDeleted();
            assertEquals(0, sealedBytes(directory));
        }
        assertEquals(0, logsOnDisk());
    }

    @Test
    void a_clean_close_seals_the_last_file_and_the_numbers_go_on_after_it() {
        for (int round = 1; round <= 3; round++) {
            try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
                assertTrue(store.recovery().isClean());
                assertEquals(0, store.recovery().replayedCommits());
                write(store, 1);
            }
            assertTrue(KeptLogs.files(directory).stream().allMatch(log -> log.seal().isPresent()));
            assertEquals(round, KeptLogs.read(directory).size());
        }
    }

    /** So a write that goes wrong while the power fails cannot damage a commit that was safe. */
    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void with_alignment_what_is_synced_shares_no_page_with_what_follows(SyncMode mode) {
        StorageOptions aligned =
                StorageOptions.DEFAULTS.withLog(
                        LogSettings.DEFAULTS.withSyncMode(mode).withAlignment(true));
        try (EmbeddedStore store = open(directory, aligned)) {
            for (int number = 0; number < 50; number++) {
                byte[] value = new byte[random.nextInt(9_000)];
                store.write(new WriteBatch().put(new byte[] {1}, value), SyncMode.SYNC);
            }
            List<KeptLogs.Commit> commits = KeptLogs.read(directory);
            assertEquals(50, commits.size());
            for (int number = 1; number < 50; number++) {
                long endBefore = commits.get(number - 1).end();
                assertTrue(commits.get(number).start() / 4_096 > (endBefore - 1) / 4_096);
            }
        }
    }

    @Test
    void an_empty_file_is_not_kept() {
        for (int round = 0; round < 3; round++) {
            open(directory, keeping(HOUR, 1 << 20)).close();
        }
        assertEquals(0, logsOnDisk());
    }

    /** So an opening takes no longer, however much is kept for others. */
    @Test
    void a_file_behind_the_checkpoint_is_not_read_by_an_opening() throws IOException {
        try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
            write(store, 30);
        }
        LogFile first = KeptLogs.files(directory).get(0);
        byte[] content = directory.bytes(first.name());
        content[100] ^= 1;
        directory.replace(first.name(), content);
        try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
            assertEquals(30, store.statistics().sequence());
            assertEquals(0, store.recovery().replayedCommits());
        }
    }

    @Test
    void the_end_of_the_log_is_rewritten_after_a_kill_with_its_numbers_and_times() {
        FaultyDirectory left;
        List<KeptLogs.Commit> before;
        try (EmbeddedStore store = open(directory, keeping(HOUR, 1 << 20))) {
            write(store, 6);
            before = KeptLogs.read(directory);
            left = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
            directory.resume();
        }
        LogFile open = KeptLogs.files(left).get(1);
        pass(HOUR / 2);
        try (EmbeddedStore store = open(left, keeping(HOUR, 1 << 20))) {
            assertFalse(store.recovery().isClean());
            assertEquals(6, store.recovery().replayedCommits());
            LogFile rewritten = KeptLogs.files(left).get(1);
            assertTrue(rewritten.number() > open.number());
            assertEquals(open.firstLsn(), rewritten.firstLsn());
            assertTrue(rewritten.seal().isPresent());
            assertEquals(
                    before.stream().map(commit -> commit.millis()).toList(),
                    KeptLogs.read(left).stream().map(commit -> commit.millis()).toList());
            write(store, 1);
            assertEquals(7, KeptLogs.read(left).get(6).sequence());
        }
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void an_opening_after_a_stop_tells_what_the_mode_may_have_lost(SyncMode mode) {
        StorageOptions options =
                keeping(HOUR, 1 << 20).withSyncMode(mode).withSyncIntervalMillis(5_000);
        FaultyDirectory left;
        try (EmbeddedStore store = open(directory, options)) {
            write(store, 3);
            left = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
            directory.resume();
        }
        try (EmbeddedStore store = open(directory, options)) {
            assertTrue(store.recovery().possibleLoss().isEmpty(), "closed");
        }
        try (EmbeddedStore store = open(left, options)) {
            RecoveryReport report = store.recovery();
            assertEquals(mode, report.earlierMode());
            assertEquals(mode == SyncMode.SYNC, report.possibleLoss().isEmpty());
            report.possibleLoss().ifPresent(loss -> assertLoss(mode, loss));
        }
    }

    private void assertLoss(SyncMode mode, RecoveryReport.PossibleLoss loss) {
        assertEquals(3, loss.afterSequence());
        assertEquals(Instant.ofEpochMilli(millis.get()), loss.afterTime());
        OptionalLong bound =
                mode == SyncMode.INTERVAL ? OptionalLong.of(5_000) : OptionalLong.empty();
        assertEquals(bound, loss.millisMax());
    }
}
