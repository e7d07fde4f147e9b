package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.StoreState.Mode;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.LimitedDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up: nothing acknowledged is lost, deleting goes on, and writing comes back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FillingDiskTest {

    private static final long CAPACITY = 4 << 20;
    private static final int RESERVE = 1 << 20;

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(1 << 18)
                    .withLogFileBytesMax(1 << 16)
                    .withSegmentCountMax(15)
                    .withSpace(new SpaceSettings(RESERVE, 5));

    private final FaultyDirectory disk = new FaultyDirectory();
    private final Random random = new Random(1);
    private final TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

    private static byte[] key(int number) {
        return ("key" + number).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes until the disk is full; what is acknowledged goes into the model. */
    private SmilodonException fill(EmbeddedStore store) {
        for (int number = 0; ; number++) {
            try {
                put(store, number, 4_000);
            } catch (SmilodonException full) {
                return full;
            }
        }
    }

    /** The same, but not faster than the reserve is written: removals are to find it. */
    private SmilodonException fillBesidesReserve(EmbeddedStore store, LimitedDirectory directory) {
        for (int number = 0; number < 150; number++) {
            put(store, number, 4_000);
        }
        Await.until("there is a reserve", () -> directory.contains(SpaceReserve.NAME));
        return fill(store);
    }

    private void put(EmbeddedStore store, int number, int size) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        store.write(new WriteBatch().put(key(number), value));
        model.put(key(number), value);
    }

    private void delete(EmbeddedStore store, int number) {
        store.write(new WriteBatch().delete(key(number)));
        model.remove(key(number));
    }

    private void verify(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            int count = 0;
            try (KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
                while (cursor.advance()) {
                    assertTrue(Arrays.equals(model.get(cursor.key()), cursor.value()));
                    count++;
                }
            }
            assertEquals(model.size(), count);
        }
    }

    private static boolean isWritable(EmbeddedStore store) {
        return store.state().mode() == Mode.WRITABLE;
    }

    @Test
    void a_full_disk_lets_only_removals_pass_until_there_is_space() throws IOException {
        LimitedDirectory directory = new LimitedDirectory(disk, CAPACITY);
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            SmilodonException full = fillBesidesReserve(store, directory);

            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
            assertEquals(Mode.READ_ONLY, store.state().mode());
            assertTrue(store.state().reason().contains("disk is full"), store.state().reason());
            assertTrue(store.state().since().isPresent());
            verify(store);
            for (int number = 0; number < 20; number++) {
                delete(store, number);
            }
            SmilodonException refused =
                    assertThrows(
                            SmilodonException.class,
                            () -> store.write(new WriteBatch().put(key(9_999), new byte[10])));
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, refused.code());
            verify(store);

            directory.resize(2 * CAPACITY);
            Await.until("it is writable", () -> isWritable(store));
            store.write(new WriteBatch().put(key(9_999), new byte[10]));
            model.put(key(9_999), new byte[10]);
            verify(store);
        }
        verifyLeft(CrashPolicy.DROP_ALL);
    }

    private void verifyLeft(CrashPolicy policy) {
        try (EmbeddedStore again = EmbeddedStore.open(disk.afterCrash(policy, 1), OPTIONS)) {
            verify(again);
        }
    }

    @Test
    void deleting_and_merging_make_room_by_themselves() throws IOException {
        LimitedDirectory directory = new LimitedDirectory(disk, CAPACITY);
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        directory,
                        OPTIONS.withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0)))) {
            fillBesidesReserve(store, directory);
            int count = model.size();
            for (int number = 0; number < count; number++) {
                delete(store, number);
            }
            Await.until("it is compacted", () -> isCompacted(store));
            Await.until("it is writable", () -> isWritable(store));
            store.write(new WriteBatch().put(key(1), new byte[1]));
            model.put(key(1), new byte[1]);
            verify(store);
        }
        verifyLeft(CrashPolicy.DROP_ALL);
    }

    /** A merge that had begun on the full disk may have failed just now. */
    private static boolean isCompacted(EmbeddedStore store) {
        try {
            store.compact(Progress.SILENT);
            return true;
        } catch (SmilodonException again) {
            return false;
        }
    }

    @Test
    void a_retired_prefix_passes_and_gives_the_space_back() throws IOException {
        LimitedDirectory directory = new LimitedDirectory(disk, CAPACITY);
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        directory,
                        OPTIONS.withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0)))) {
            fillBesidesReserve(store, directory);
            try (Transaction transaction = store.begin()) {
                transaction.retire("key".getBytes(StandardCharsets.UTF_8));
                transaction.commit();
            }
            Await.until("it is compacted", () -> isCompacted(store));
            Await.until("it is writable", () -> isWritable(store));
        }
        model.clear();
        verifyLeft(CrashPolicy.DROP_ALL);
    }

    /** Whatever is being written when the disk fills: a stop then loses nothing acknowledged. */
    @ParameterizedTest
    @ValueSource(strings = {".log", ".segment.tmp", "MANIFEST"})
    void a_disk_that_fills_anywhere_loses_nothing(String suffix) {
        for (int skipped = 0; skipped < 6; skipped++) {
            FaultyDirectory directory = new FaultyDirectory();
            model.clear();
            try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
                directory.fail(
                        new FaultRule(
                                Fault.NO_SPACE.operations(),
                                name -> name.startsWith(suffix) || name.endsWith(suffix),
                                skipped,
                                Integer.MAX_VALUE,
                                Fault.NO_SPACE));
                writeSome(store);
                verify(store);
                directory.heal();
                writeSome(store);
                store.checkpoint();
                directory.fail(FaultRule.after(skipped, Integer.MAX_VALUE, Fault.NO_SPACE));
                writeSome(store);
                verify(store);
            }
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, skipped);
            try (EmbeddedStore again = EmbeddedStore.open(left, OPTIONS)) {
                verify(again);
            }
        }
    }

    private void writeSome(EmbeddedStore store) {
        for (int number = 0; number < 30; number++) {
            try {
                put(store, number, 3_000);
                if (number % 10 == 9) {
                    store.checkpoint();
                }
            } catch (SmilodonException full) {
                assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INPUT_OUTPUT_ERROR", "FILE_TOO_LARGE", "TOO_MANY_FILES"})
    void other_faults_have_their_own_error_and_the_next_write_passes(String name) {
        Fault fault = Fault.valueOf(name);
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            store.write(new WriteBatch().put(key(1), key(1)));
            if (fault == Fault.TOO_MANY_FILES) {
                directory.fail(FaultRule.next(Operation.CREATE, ".log", fault));
                SmilodonException refused =
                        assertThrows(SmilodonException.class, store::checkpoint);
                assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
                assertTrue(refused.getMessage().contains("too many open files"));
            } else {
                directory.fail(FaultRule.always(Operation.WRITE, fault));
                SmilodonException refused =
                        assertThrows(
                                SmilodonException.class,
                                () -> store.write(new WriteBatch().put(key(2), key(2))));
                assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
                assertFalse(refused.getMessage().contains("space"), refused.getMessage());
                directory.heal();
            }
            assertEquals(Mode.WRITABLE, store.state().mode());
            store.write(new WriteBatch().put(key(3), key(3)));
            store.checkpoint();
            model.put(key(1), key(1));
            model.put(key(3), key(3));
            verify(store);
        }
        try (EmbeddedStore again =
                EmbeddedStore.open(directory.afterCrash(CrashPolicy.DROP_ALL, 1), OPTIONS)) {
            verify(again);
        }
    }

    /** Near the limit what is freed is soon used up: the store must not come and go with it. */
    @Test
    void a_store_at_the_limit_does_not_sway() throws IOException {
        LimitedDirectory directory = new LimitedDirectory(disk, CAPACITY);
        int recoveries = 0;
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            fill(store);
            boolean wasWritable = false;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (System.nanoTime() < end) {
                directory.resize(directory.used() + RESERVE + (3 << 20)); // room, but not much
                boolean isWritable = isWritable(store);
                recoveries += isWritable && !wasWritable ? 1 : 0;
                wasWritable = isWritable;
                if (isWritable) {
                    directory.resize(directory.used());
                    fill(store);
                    wasWritable = false;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            assertTrue(recoveries > 0 && recoveries < 13, recoveries + " times");
            directory.resize(4 * CAPACITY);
            Await.until("it is writable", () -> isWritable(store));
            verify(store);
        }
        verifyLeft(CrashPolicy.DROP_ALL);
    }

    /** Whoever finds the disk full hears of it at once, also while the reserve is written. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_reserve_that_is_being_written_delays_nobody() throws Exception {
        StallingDirectory directory =
                new StallingDirectory(disk, SpaceReserve.TEMPORARY_NAME::equals);
        EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
        try (store) {
            directory.stall();
            for (int number = 0; number < 400; number++) {
                put(store, number, 4_000);
            }
            store.checkpoint();
            directory.awaitStalled();
            disk.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
            SmilodonException full =
                    assertThrows(
                            SmilodonException.class,
                            () -> store.write(new WriteBatch().put(key(0), key(0))));
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
            assertEquals(Mode.READ_ONLY, store.state().mode());
            verify(store);
            disk.heal();
            directory.release();
            Await.until("it is writable", () -> isWritable(store));
            verify(store);
        } finally {
            directory.release();
        }
    }

    /** Closing on a disk that is full from some operation on: it ends, and nothing is lost. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_disk_that_fills_at_any_point_of_closing_loses_nothing() {
        long faults = 1;
        for (int skipped = 0; faults > 0; skipped++) {
            FaultyDirectory directory = new FaultyDirectory();
            model.clear();
            EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
            writeSome(store);
            store.write(new WriteBatch().put(key(77), key(77)));
            model.put(key(77), key(77));
            directory.fail(FaultRule.after(skipped, Integer.MAX_VALUE, Fault.NO_SPACE));
            closeOnFullDisk(store);
            faults = directory.faults();
            directory.heal();
            for (CrashPolicy policy : CrashPolicy.values()) {
                FaultyDirectory left = directory.afterCrash(policy, skipped);
                try (EmbeddedStore again = EmbeddedStore.open(left, OPTIONS)) {
                    verify(again);
                }
            }
            assertEquals(0, directory.openFiles(), "after " + skipped);
        }
    }

    private static void closeOnFullDisk(EmbeddedStore store) {
        try {
            store.close();
        } catch (SmilodonException full) {
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, full.code());
        }
    }

    @Test
    void a_disk_that_fails_for_ever_fails_every_commit_cleanly() {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            store.write(new WriteBatch().put(key(1), key(1)));
            model.put(key(1), key(1));
            directory.fail(FaultRule.always(Operation.WRITE, Fault.INPUT_OUTPUT_ERROR));
            for (int attempt = 0; attempt < 5; attempt++) {
                SmilodonException refused =
                        assertThrows(
                                SmilodonException.class,
                                () -> store.write(new WriteBatch().put(key(2), key(2))));
                assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
                assertTrue(refused.getMessage().contains("input/output error"));
            }
            verify(store);
        }
        directory.heal();
        try (EmbeddedStore again =
                EmbeddedStore.open(directory.afterCrash(CrashPolicy.DROP_ALL, 1), OPTIONS)) {
            verify(again);
        }
    }
}
