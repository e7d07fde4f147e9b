package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What flushing, merging and deleting must not do to those who read and write meanwhile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaintenanceTest {

    private static final StorageOptions MERGING =
            StorageOptions.DEFAULTS
                    .withSegmentCountMax(1)
                    .withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0).withFeed(0, 0));
    private static final byte[] KEY = {1, 1};

    private final FaultyDirectory directory = new FaultyDirectory();

    private static WriteBatch put(int... key) {
        return new WriteBatch().put(bytes(key), new byte[] {7});
    }

    private static byte[] bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int index = 0; index < numbers.length; index++) {
            bytes[index] = (byte) numbers[index];
        }
        return bytes;
    }

    private static void awaitMerged(EmbeddedStore store) {
        Await.until(
                "level 0 is merged",
                () -> store.statistics().compaction().levels().get(0).segmentCount() <= 1);
    }

    private static int count(KeyValueStore store, KeyRange range) {
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
            int count = 0;
            while (cursor.advance()) {
                count++;
            }
            return count;
        }
    }

    private List<String> names(String suffix) throws IOException {
        return directory.list().stream().filter(name -> name.endsWith(suffix)).toList();
    }

    @Test
    void a_removal_conflicts_even_after_it_was_merged_away() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, MERGING)) {
            store.write(new WriteBatch().put(KEY, new byte[1]));
            store.checkpoint();
            try (Transaction late = store.begin();
                    Transaction guarded = store.begin()) {
                late.put(KEY, new byte[2]);
                guarded.requireUnchanged(KEY);
                guarded.put(bytes(1, 2), new byte[2]);
                store.write(new WriteBatch().delete(KEY));
                store.checkpoint();
                awaitMerged(store);
                assertConflict(late);
                assertConflict(guarded);
            }
            assertEquals(0, count(store, KeyRange.all()));
        }
    }

    private static void assertConflict(Transaction transaction) {
        SmilodonException error = assertThrows(SmilodonException.class, transaction::commit);
        assertEquals(ErrorCode.WRITE_CONFLICT, error.code());
    }

    @Test
    void a_prefix_whose_retirement_may_yet_be_lost_is_not_merged_away() {
        StorageOptions unsynced = MERGING.withSyncMode(SyncMode.NONE);
        try (EmbeddedStore store = EmbeddedStore.open(directory, unsynced)) {
            store.write(put(9, 1).put(KEY, new byte[1]));
            store.checkpoint();
            store.write(put(9, 2));
            directory.fail(failingMerge());
            store.checkpoint();
            try (Transaction drop = store.begin()) {
                drop.delete(KEY);
                drop.retire(bytes(9));
                drop.commit();
            }
            awaitMerged(store);
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
            try (EmbeddedStore again = EmbeddedStore.open(left, unsynced)) {
                assertEquals(3, count(again, KeyRange.all()));
            }
            directory.resume();
        }
    }

    /**
     * Lets the two writes of a flush pass and fails what follows: the merge comes a second later.
     */
    private static FaultRule failingMerge() {
        return new FaultRule(
                Operation.WRITE,
                name -> name.endsWith(".segment.tmp"),
                2,
                1,
                Fault.INPUT_OUTPUT_ERROR);
    }

    @Test
    void a_segment_that_cannot_be_merged_does_not_stop_checkpoints() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, MERGING)) {
            store.write(put(1, 0));
            store.checkpoint();
            String damaged = names(".segment").get(0);
            directory.fail(
                    new FaultRule(
                            Operation.READ,
                            damaged::equals,
                            0,
                            Integer.MAX_VALUE,
                            Fault.INPUT_OUTPUT_ERROR));
            for (int round = 1; round <= 8; round++) {
                store.write(put(1, round));
                store.checkpoint();
            }
            Await.until(
                    "it is damaged", () -> !store.statistics().compaction().damaged().isEmpty());
            assertEquals(List.of(damaged), store.statistics().compaction().damaged());
        }
        assertEquals(List.of(), names(".tmp")); // the others may be merged until it is closed
    }

    @Test
    void files_that_cannot_be_deleted_do_not_stop_checkpoints() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, MERGING)) {
            directory.fail(FaultRule.always(Operation.DELETE, Fault.INPUT_OUTPUT_ERROR));
            for (int round = 1; round <= 8; round++) {
                store.write(put(1, round));
                store.checkpoint();
            }
            awaitMerged(store);
            directory.heal();
            store.write(put(1, 9));
            store.checkpoint();
            Await.until("logs go as soon as the disk allows it", () -> names(".log").size() <= 1);
        }
        assertEquals(0, directory.openFiles());
    }

    @Test
    void a_full_disk_is_not_filled_with_attempts() throws IOException {
        try (EmbeddedStore store =
                EmbeddedStore.open(directory, MERGING.withMemtableBytesMax(200))) {
            String log = names(".log").get(0);
            directory.fail(
                    new FaultRule(
                            Operation.WRITE,
                            name ->
                                    !name.equals(log)
                                            && !name.startsWith("MANIFEST")
                                            && !name.startsWith("RESERVE"),
                            0,
                            Integer.MAX_VALUE,
                            Fault.NO_SPACE));
            for (int round = 0; round < 20; round++) {
                writeAsSoonAsPossible(store, put(1, round));
            }
            assertEquals(List.of(log), names(".log"));
            assertTrue(directory.openFiles() < 5, "open: " + directory.openFiles());
            directory.heal();
            store.checkpoint();
            assertEquals(20, count(store, KeyRange.all()));
        }
        assertEquals(0, directory.openFiles());
    }

    /** The guard of the disk finds out by itself that there is room again. */
    private static void writeAsSoonAsPossible(EmbeddedStore store, WriteBatch batch) {
        boolean isWritten = false;
        while (!isWritten) {
            try {
                store.write(batch);
                isWritten = true;
            } catch (SmilodonException full) {
                assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
            }
        }
    }

    @Test
    void a_segment_without_a_place_in_the_manifest_is_taken_back() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, MERGING)) {
            store.write(put(1, 1));
            FaultRule full =
                    new FaultRule(
                            Operation.WRITE,
                            name -> name.startsWith("MANIFEST"),
                            1,
                            1,
                            Fault.NO_SPACE);
            directory.fail(full);
            assertThrows(SmilodonException.class, store::checkpoint);
            assertEquals(List.of(), names(".segment"));
            store.checkpoint();
            assertEquals(1, names(".segment").size());
        }
        assertEquals(0, directory.openFiles());
    }

    @Test
    void a_failed_sync_of_the_directory_poisons() {
        EmbeddedStore store = EmbeddedStore.open(directory, MERGING);
        store.write(put(1, 1));
        directory.fail(FaultRule.next(Operation.SYNC_DIRECTORY, "", Fault.INPUT_OUTPUT_ERROR));
        assertThrows(SmilodonException.class, store::checkpoint);
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> store.write(put(1, 2)));
        assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, refused.code());
        store.close();
        assertEquals(0, directory.openFiles());
        try (EmbeddedStore again = EmbeddedStore.open(directory, MERGING)) {
            assertEquals(1, count(again, KeyRange.all()));
            assertFalse(again.recovery().tornTail().isPresent());
        }
    }

    @Test
    void a_merge_that_takes_for_ever_delays_neither_checkpoints_nor_closing() throws IOException {
        StorageOptions slow = MERGING.withCompaction(MERGING.compaction().withBytesPerSecondMax(1));
        try (EmbeddedStore store = EmbeddedStore.open(directory, slow)) {
            for (int round = 1; round <= 3; round++) {
                store.write(put(1, round).put(KEY, new byte[100]));
                store.checkpoint();
            }
            Await.until("compaction runs", () -> store.statistics().compaction().isRunning());
            store.write(put(1, 4));
            store.checkpoint();
            assertEquals(4, store.statistics().segmentCount());
        }
        assertEquals(List.of(), names(".tmp"));
        assertEquals(0, directory.openFiles());
        try (EmbeddedStore store = EmbeddedStore.open(directory, MERGING)) {
            store.awaitCompacted();
            assertEquals(1, store.statistics().segmentCount());
            assertEquals(4, count(store, KeyRange.all()));
        }
    }

    @Test
    void when_flushing_keeps_failing_writes_are_refused_until_it_succeeds() {
        StorageOptions small = MERGING.withMemtableBytesMax(300);
        try (EmbeddedStore store = EmbeddedStore.open(directory, small)) {
            FaultRule full =
                    new FaultRule(
                            Operation.WRITE,
                            name -> name.endsWith(".segment.tmp"),
                            0,
                            Integer.MAX_VALUE,
                            Fault.INPUT_OUTPUT_ERROR);
            directory.fail(full);
            int written = writeUntilRefused(store);
            assertEquals(written, count(store, KeyRange.all()));
            assertTrue(store.statistics().flush().failures() >= 3);
            assertTrue(store.statistics().flush().stalls() >= 1, "first they wait");
            directory.heal();
            Await.until(
                    "it has been tried again, unasked",
                    () -> store.statistics().flush().waiting() == 0);
            store.write(put(2, 1));
            assertEquals(written + 1, count(store, KeyRange.all()));
        }
    }

    private static int writeUntilRefused(EmbeddedStore store) {
        for (int number = 0; number < 100; number++) {
            try {
                store.write(put(1, number));
            } catch (SmilodonException refused) {
                assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
                return number;
            }
        }
        throw new AssertionError("never refused");
    }
}
