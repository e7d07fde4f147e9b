package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.LimitedDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that fills, and that has space again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withLogFileBytesMax(4 << 20)
                    .withSpace(new SpaceSettings(2 << 20, 1));

    private static final StorageOptions KEEPING =
            OPTIONS.withLogFileBytesMax(1 << 16)
                    .withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0));

    private final FaultyDirectory directory = new FaultyDirectory();
    private final Random random = new Random(1);

    private WriteBatch put(int number, int size) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        return new WriteBatch().put(new byte[] {1, (byte) number}, value);
    }

    private static void awaitMode(EmbeddedStore store, StoreState.Mode mode) {
        Await.until("it is " + mode, () -> store.state().mode() == mode);
    }

    private void awaitReserve() {
        Await.until("there is a reserve", () -> reserved() > 0);
    }

    private long reserved() {
        try {
            return directory.list().contains(SpaceReserve.NAME)
                    ? directory.bytes(SpaceReserve.NAME).length
                    : 0;
        } catch (IOException deletedNow) {
            return 0;
        }
    }

    private static ErrorCode codeOf(Runnable action) {
        return assertThrows(SmilodonException.class, action::run).code();
    }

    /** The log has room, nothing else has: so a flush is what finds the disk full. */
    private static FaultRule fullExceptLog() {
        return new FaultRule(
                Operation.WRITE,
                name -> !name.endsWith(".log"),
                0,
                Integer.MAX_VALUE,
                Fault.NO_SPACE);
    }

    @Test
    void a_full_disk_refuses_data_and_takes_removals_until_there_is_space() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            store.write(put(1, 3 << 20));
            store.checkpoint();
            awaitReserve();
            store.write(put(2, 9));
            directory.fail(fullExceptLog());
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(store::checkpoint));
            awaitMode(store, StoreState.Mode.READ_ONLY);
            assertFalse(directory.list().contains(SpaceReserve.NAME), "given up");
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(() -> store.write(put(3, 9))));
            assertTrue(store.state().reason().contains("disk is full"), store.state().reason());
            store.write(new WriteBatch().delete(new byte[] {1, 1}));
            try (Transaction drop = store.begin()) {
                drop.retire(new byte[] {9});
                drop.commit();
            }
            directory.heal();
            awaitMode(store, StoreState.Mode.WRITABLE);
            store.write(put(4, 9));
            store.checkpoint();
            awaitReserve();
        }
        assertEquals(0, directory.openFiles());
    }

    @Test
    void what_was_acknowledged_survives_a_crash_on_a_full_disk() {
        EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
        store.write(put(1, 9));
        directory.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
        assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(() -> store.write(put(2, 9))));
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        store.close();
        left.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
        assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(() -> EmbeddedStore.open(left, OPTIONS)));
        left.heal();
        try (EmbeddedStore again = EmbeddedStore.open(left, OPTIONS);
                Snapshot snapshot = again.snapshot()) {
            assertTrue(snapshot.get(new byte[] {1, 1}).isPresent());
            assertFalse(snapshot.get(new byte[] {1, 2}).isPresent());
        }
    }

    @Test
    void a_reserve_makes_room_for_recovery() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            store.write(put(1, 9));
        }
        directory.replace(SpaceReserve.NAME, new byte[100]);
        directory.fail(
                new FaultRule(
                        Operation.WRITE,
                        name -> name.startsWith("MANIFEST"),
                        0,
                        1,
                        Fault.NO_SPACE));
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            store.write(put(2, 9));
        }
    }

    @Test
    void other_failures_of_the_log_are_told_as_what_they_are_and_are_over_with_the_next_write() {
        for (Fault fault : new Fault[] {Fault.INPUT_OUTPUT_ERROR, Fault.FILE_TOO_LARGE}) {
            FaultyDirectory disk = new FaultyDirectory();
            try (EmbeddedStore store = EmbeddedStore.open(disk, OPTIONS)) {
                store.write(put(1, 9));
                disk.fail(FaultRule.next(Operation.WRITE, ".log", fault));
                assertEquals(ErrorCode.OPERATION_FAILED, codeOf(() -> store.write(put(2, 9))));
                assertEquals(StoreState.Mode.WRITABLE, store.state().mode());
                store.write(put(3, 9));
            }
        }
    }

    /** Feeds can begin anew; a store that cannot be written to is worse. */
    @Test
    void a_disk_full_of_logs_that_only_feeds_want_has_space_again_by_itself() throws IOException {
        LimitedDirectory limited = new LimitedDirectory(directory, 1 << 30);
        try (EmbeddedStore store = EmbeddedStore.open(limited, KEEPING)) {
            keepLogs(store);
            Await.until("the reserve is whole", () -> reserved() == KEEPING.space().reserveBytes());
            long flushes = store.statistics().flush().flushes();
            limited.fill();
            for (int number = 0; number < 200; number++) {
                putWhenWritable(store, number);
            }
            assertEquals(flushes, store.statistics().flush().flushes(), "flushed nothing");
            long kept = store.statistics().keptLogs().sealedBytes();
            assertTrue(kept < 400 << 14, "kept: " + kept);
        }
        assertEquals(0, directory.openFiles());
    }

    @Test
    void a_flush_that_finds_the_disk_full_gives_up_logs_that_only_feeds_want() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, KEEPING)) {
            keepLogs(store);
            store.write(put(2, 9));
            directory.fail(
                    new FaultRule(
                            Operation.WRITE,
                            FullDiskTest::isSegmentOrReserve,
                            0,
                            Integer.MAX_VALUE,
                            Fault.NO_SPACE));
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(store::checkpoint));
            assertEquals(2, store.statistics().keptLogs().files(), "one to flush, one to write");
            directory.heal();
        }
    }

    /** While the reserve cannot be written the disk stays full. */
    private static boolean isSegmentOrReserve(String name) {
        return name.endsWith(".segment.tmp") || name.equals(SpaceReserve.TEMPORARY_NAME);
    }

    private void putWhenWritable(EmbeddedStore store, int number) {
        Await.until(
                "it is writable",
                () -> {
                    try {
                        store.write(put(number, 1 << 14));
                        return true;
                    } catch (SmilodonException full) {
                        assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
                        return false;
                    }
                });
    }

    /** Makes much log and little else. */
    private void keepLogs(EmbeddedStore store) {
        for (int round = 0; round < 400; round++) {
            store.write(put(1, 1 << 14));
        }
        store.checkpoint();
        long bytes = store.statistics().keptLogs().sealedBytes();
        assertTrue(bytes > 400 << 14, "kept for feeds: " + bytes);
        assertTrue(store.statistics().segmentBytes() < 1 << 16, "segments");
    }

    @Test
    void only_a_disk_without_space_counts_as_full() {
        assertTrue(DiskFailure.isExhausted(new IOException("No space left on device")));
        assertTrue(
                DiskFailure.isExhausted(
                        new IOException(
                                new FileSystemException("/a", null, "Disk quota exceeded"))));
        assertFalse(DiskFailure.isExhausted(new IOException("Input/output error")));
        assertFalse(
                DiskFailure.isExhausted(
                        new FileSystemException(
                                "/No space left on device", null, "Read-only file system")));
        assertFalse(DiskFailure.isExhausted(new IllegalStateException("no space left on device")));
    }
}
