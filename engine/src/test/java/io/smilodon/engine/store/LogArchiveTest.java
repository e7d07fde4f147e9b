package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.backup.RestoreGoal;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of finished log files, whatever stops the store or the archive. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogArchiveTest {

    private static final StorageOptions SMALL_FILES =
            StorageOptions.DEFAULTS
                    .withLogFileBytesMax(1_500)
                    .withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0));

    private final FaultyDirectory directory = new FaultyDirectory();
    private final FaultyDirectory archive = new FaultyDirectory();
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final Random random = new Random(3);
    private int written;

    private EmbeddedStore open(FaultyDirectory place, StorageDirectory copies) {
        return open(place, SMALL_FILES.withArchive(ArchiveSettings.NONE.withPlace(() -> copies)));
    }

    private EmbeddedStore open(FaultyDirectory place, StorageOptions options) {
        Clocks clocks = new Clocks(System::nanoTime, wall::get);
        return EmbeddedStore.open(
                place,
                options,
                new StoreEnvironment(clocks, random::nextLong, Long.MAX_VALUE, 300));
    }

    /** Commit number n, at second n, says so under one key, and takes several frames at times. */
    private List<Long> write(EmbeddedStore store, int count) {
        List<Long> sequences = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            wall.addAndGet(1_000);
            written++;
            WriteBatch batch =
                    new WriteBatch()
                            .put(new byte[] {1}, new byte[] {(byte) written})
                            .put(new byte[] {2}, new byte[written % 5 == 0 ? 900 : 100]);
            sequences.add(store.write(batch));
        }
        return sequences;
    }

    private static int counter(KeyValueStore store) {
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            return cursor.advance() ? cursor.value()[0] : 0;
        }
    }

    private int restored(FaultyDirectory backup, FaultyDirectory copies, RestoreGoal goal)
            throws IOException {
        FaultyDirectory target = new FaultyDirectory();
        Restore.verified(backup, Progress.SILENT).to(copies, goal, target);
        try (EmbeddedStore store = open(target, SMALL_FILES)) {
            return counter(store);
        }
    }

    private static List<String> copies(FaultyDirectory place) throws IOException {
        return place.list().stream().filter(name -> name.endsWith(".log")).toList();
    }

    @Test
    void every_finished_file_is_copied_and_then_deleted() throws IOException {
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 30);
        }
        assertEquals(0, copies(directory).size());
        assertTrue(copies(archive).size() > 3);
        assertEquals(copies(archive), archive.list());
    }

    @Test
    void a_file_that_cannot_be_read_does_not_hold_up_those_behind_it() throws IOException {
        String first = LogFile.name(1);
        directory.fail(
                new FaultRule(
                        Operation.READ,
                        first::equals,
                        0,
                        Integer.MAX_VALUE,
                        Fault.INPUT_OUTPUT_ERROR));
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 30);
            Await.until(
                    "three are copied, and one is not",
                    () ->
                            store.statistics().archive().copiedFiles() >= 3
                                    && store.statistics().archive().lastFailure().isPresent());
            assertTrue(directory.list().contains(first), "it is still wanted");
            assertTrue(store.statistics().archive().waitingFiles() > 0);
            directory.heal();
        }
        assertEquals(0, copies(directory).size(), "in the end all are copied");
        assertEquals(copies(archive), archive.list());
    }

    /** Else it alone would fill the disk; the gap that it leaves is behind the checkpoint. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_cannot_be_read_does_not_keep_those_behind_it(boolean isKilled)
            throws IOException {
        String first = LogFile.name(1);
        FaultRule unreadable =
                new FaultRule(
                        Operation.READ,
                        first::equals,
                        0,
                        Integer.MAX_VALUE,
                        Fault.INPUT_OUTPUT_ERROR);
        directory.fail(unreadable);
        FaultyDirectory left;
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 30);
            store.checkpoint();
            Await.until("two are kept", () -> KeptLogs.files(directory).size() == 2);
            assertEquals(first, KeptLogs.files(directory).get(0).name());
            write(store, 1);
            left = isKilled ? directory.afterCrash(CrashPolicy.KEEP_ALL, 1) : directory;
        }
        left.fail(unreadable);
        try (EmbeddedStore store = open(left, archive)) {
            assertEquals(31, counter(store));
            assertTrue(left.list().contains(first), "it is still wanted");
            long oldest = store.statistics().keptLogs().oldestSequence();
            assertTrue(oldest > 30, () -> "every commit since " + oldest);
            assertCode(ErrorCode.CHANGE_STREAM_HISTORY_LOST, () -> store.changesSince(5).close());
            store.changesSince(store.statistics().sequence()).close();
            FaultyDirectory copy = left.state().afterKill();
            assertEquals(0, StoreChecker.check(copy, Progress.SILENT).damages());
            left.heal();
        }
        assertEquals(List.of(), copies(left), "in the end all are copied");
        assertEquals(copies(archive), archive.list());
    }

    private static void assertCode(ErrorCode code, Executable action) {
        assertEquals(code, assertThrows(SmilodonException.class, action).code());
    }

    @Test
    void a_file_with_commits_is_finished_after_the_time_that_was_asked_for() {
        ArchiveSettings settings = ArchiveSettings.NONE.withPlace(() -> archive).withSeconds(1);
        try (EmbeddedStore store = open(directory, SMALL_FILES.withArchive(settings))) {
            write(store, 1);
            Await.until("it is copied", () -> store.statistics().archive().copiedFiles() > 0);
            assertEquals(0, store.statistics().archive().waitingFiles());
        }
    }

    @Test
    void a_backup_and_the_archive_give_every_moment_also_over_a_kill() throws IOException {
        FaultyDirectory backup = new FaultyDirectory();
        List<Long> sequences = new ArrayList<>();
        FaultyDirectory killed;
        try (EmbeddedStore store = open(directory, archive)) {
            sequences.addAll(write(store, 20));
            store.backup(backup, Progress.SILENT);
            sequences.addAll(write(store, 21));
            directory.crash();
            killed = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        }
        try (EmbeddedStore store = open(killed, archive)) {
            sequences.addAll(write(store, 19));
        }
        for (int commits = 20; commits <= 60; commits++) {
            long sequence = sequences.get(commits - 1);
            Instant instant = Instant.ofEpochMilli(1_000_000 + 1_000L * commits);
            assertEquals(commits, restored(backup, archive, new RestoreGoal.ToSequence(sequence)));
            if (commits < 60) {
                assertEquals(
                        commits,
                        restored(backup, archive, new RestoreGoal.ToTime(instant.plusMillis(999))));
            }
        }
        assertEquals(60, restored(backup, archive, new RestoreGoal.End()));
    }

    /** What is in the archive by its name is whole and the right file, wherever a machine stops. */
    @Test
    void a_stop_of_the_archive_at_any_operation_leaves_it_consistent() throws IOException {
        boolean isDone = false;
        for (long operations = 0; !isDone; operations++) {
            written = 0;
            FaultyDirectory living = new FaultyDirectory();
            FaultyDirectory backup = new FaultyDirectory();
            FaultyDirectory copies = FaultyDirectory.crashingAfter(operations);
            try (EmbeddedStore store = open(living, copies)) {
                store.backup(backup, Progress.SILENT);
                write(store, 20);
            }
            isDone = copies(living).isEmpty();
            for (CrashPolicy policy : CrashPolicy.values()) {
                FaultyDirectory left = copies.afterCrash(policy, operations);
                FaultyDirectory source = living.afterCrash(CrashPolicy.KEEP_ALL, 1);
                living.resume();
                assertWhole(left);
                open(source, left).close();
                assertWhole(left);
                assertEquals(20, restored(backup, left, new RestoreGoal.End()));
                assertEquals(copies(left), left.list());
                assertTrue(copies(source).isEmpty());
            }
        }
    }

    /** Every file holds all the numbers that its name tells. */
    private static void assertWhole(FaultyDirectory place) throws IOException {
        for (String name : copies(place)) {
            String[] parts = name.split("[-.]");
            LogFile log =
                    new LogFile(
                            1,
                            Long.parseUnsignedLong(parts[3], 16),
                            Long.parseLong(parts[1]),
                            Optional.empty());
            assertEquals(Long.parseLong(parts[2]) + 1, KeptLogs.end(place, name, log));
        }
    }

    @Test
    void an_archive_that_fails_holds_up_files_but_no_commit() throws IOException {
        archive.fail(FaultRule.always(Operation.CREATE, Fault.INPUT_OUTPUT_ERROR));
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 20);
            store.checkpoint();
            Await.until("copying fails", () -> store.statistics().archive().failuresInRow() > 0);
            ArchiveStatistics failing = store.statistics().archive();
            assertTrue(failing.waitingFiles() >= 3);
            assertTrue(failing.waitingBytes() > 3_000);
            assertTrue(failing.lagMillis() > 1_000);
            assertTrue(failing.lastFailure().isPresent());
            assertTrue(store.statistics().keptLogs().files() > failing.waitingFiles());
            assertEquals(1, store.statistics().keptLogs().oldestSequence());
            assertEquals(StoreState.Mode.WRITABLE, store.state().mode());
            archive.heal();
            Await.until("all are copied", () -> store.statistics().archive().waitingFiles() == 0);
            assertEquals(0, store.statistics().archive().failuresInRow());
        }
        assertTrue(copies(directory).isEmpty());
    }

    /** Whatever it is, it is shown, tried again, and over as soon as an attempt succeeds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_failure_counts_until_an_attempt_succeeds_even_with_nothing_to_copy(boolean isError) {
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean works = new AtomicBoolean();
        ArchiveSettings.Place place =
                () -> {
                    attempts.incrementAndGet();
                    if (works.get()) {
                        return archive;
                    }
                    if (isError) {
                        throw new AssertionError("wrong");
                    }
                    throw new IOException("bad");
                };
        StorageOptions options = SMALL_FILES.withArchive(ArchiveSettings.NONE.withPlace(place));
        try (EmbeddedStore store = open(directory, options)) {
            Await.until("copying fails", () -> store.statistics().archive().failuresInRow() > 0);
            works.set(true);
            Await.until(
                    "copying succeeds", () -> store.statistics().archive().failuresInRow() == 0);
            assertTrue(store.statistics().archive().lastFailure().isEmpty());
            assertEquals(store.statistics().archive().failures() + 1, attempts.get());
        }
    }

    @Test
    void a_damaged_file_is_not_passed_on() throws IOException {
        archive.fail(FaultRule.always(Operation.CREATE, Fault.INPUT_OUTPUT_ERROR));
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 5);
        }
        archive.heal();
        String name = copies(directory).get(0);
        byte[] content = directory.bytes(name);
        content[200] ^= 1;
        directory.replace(name, content);
        try (EmbeddedStore store = open(directory, archive)) {
            Await.until("copying fails", () -> store.statistics().archive().failuresInRow() > 0);
            String failure = store.statistics().archive().lastFailure().orElseThrow();
            assertTrue(failure.contains("damaged"), failure);
        }
        assertTrue(copies(archive).isEmpty());
        assertArrayEquals(content, directory.bytes(name));
    }

    @Test
    void two_histories_of_a_database_are_not_mixed() throws IOException {
        FaultyDirectory backup = new FaultyDirectory();
        try (EmbeddedStore store = open(directory, archive)) {
            write(store, 5);
            store.backup(backup, Progress.SILENT);
            write(store, 5);
        }
        List<String> before = copies(archive);
        FaultyDirectory target = new FaultyDirectory();
        Restore.verified(backup, Progress.SILENT).to(target);
        try (EmbeddedStore store = open(target, archive)) {
            write(store, 5);
        }
        assertEquals(before, copies(archive));
        assertFalse(copies(target).isEmpty());
    }
}
