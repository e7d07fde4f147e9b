package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that fail, threads that are interrupted, directories that are taken. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultTest {

    private static final byte[] KEY = {1, 1};

    private static WriteBatch put(int value) {
        return new WriteBatch().put(KEY, new byte[] {(byte) value});
    }

    private static int value(KeyValueStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.get(KEY).map(found -> (int) found.value()[0]).orElse(0);
        }
    }

    private static ErrorCode codeOf(Runnable action) {
        return assertThrows(SmilodonException.class, action::run).code();
    }

    @Test
    void a_failed_sync_poisons_writing_but_not_reading() {
        FaultyDirectory directory = new FaultyDirectory();
        EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
        store.write(put(1));
        directory.fail(FaultRule.next(Operation.SYNC, ".log", Fault.INPUT_OUTPUT_ERROR));
        assertEquals(ErrorCode.COMMIT_UNKNOWN, codeOf(() -> store.write(put(2))));
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> store.write(put(3)));
        assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, refused.code());
        assertTrue(refused.getMessage().contains("poisoned"), refused.getMessage());
        assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, codeOf(store::checkpoint));
        assertEquals(1, value(store), "what was durable is still read");
        store.close();
        FaultyDirectory left = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        try (EmbeddedStore again = EmbeddedStore.open(left, StorageOptions.DEFAULTS)) {
            assertTrue(value(again) == 1 || value(again) == 2, "unknown, but one of the two");
            again.write(put(4));
            assertEquals(4, value(again));
        }
    }

    /** The log's sync fails in the background while nothing but a flush is waited for. */
    @Test
    void who_waits_for_a_checkpoint_hears_of_the_poison() throws Exception {
        FaultyDirectory disk = new FaultyDirectory();
        StallingDirectory directory = new StallingDirectory(disk);
        StorageOptions options =
                StorageOptions.DEFAULTS.withSyncMode(SyncMode.INTERVAL).withSyncIntervalMillis(10);
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            store.write(put(1));
            directory.stall();
            CompletableFuture<ErrorCode> checkpoint =
                    CompletableFuture.supplyAsync(() -> codeOf(store::checkpoint));
            directory.awaitStalled();
            disk.fail(FaultRule.always(Operation.SYNC, Fault.INPUT_OUTPUT_ERROR));
            store.write(put(2));

            assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, checkpoint.get(1, TimeUnit.MINUTES));
            directory.release();
        }
    }

    @Test
    void a_full_disk_fails_the_commit_and_later_ones_pass_again() {
        FaultyDirectory directory = new FaultyDirectory();
        StorageOptions options =
                StorageOptions.DEFAULTS.withSpace(SpaceSettings.DEFAULTS.withProbeMillis(1));
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            store.write(put(1));
            directory.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
            for (int attempt = 0; attempt < 3; attempt++) {
                assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(() -> store.write(put(2))));
            }
            assertEquals(1, value(store));
            directory.heal();
            Await.until(
                    "it has been tried again, unasked",
                    () -> store.state().mode() == StoreState.Mode.WRITABLE);
            store.write(put(3));
            assertEquals(3, value(store));
        }
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        try (EmbeddedStore again = EmbeddedStore.open(left, StorageOptions.DEFAULTS)) {
            assertEquals(3, value(again));
        }
    }

    @Test
    void a_commit_that_failed_for_space_never_comes_back() {
        FaultyDirectory directory = new FaultyDirectory();
        EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
        store.write(put(1));
        directory.fail(FaultRule.always(Operation.WRITE, Fault.NO_SPACE));
        assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(() -> store.write(put(2))));
        FaultyDirectory left = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        store.close();
        try (EmbeddedStore again = EmbeddedStore.open(left, StorageOptions.DEFAULTS)) {
            assertEquals(1, value(again));
        }
    }

    @Test
    void a_flush_that_fails_keeps_everything_in_the_log() {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            store.write(put(1));
            directory.fail(FaultRule.next(Operation.WRITE, ".segment.tmp", Fault.NO_SPACE));
            assertEquals(ErrorCode.OUT_OF_DISK_SPACE, codeOf(store::checkpoint));
            Await.until("it is writable", () -> store.state().mode() == StoreState.Mode.WRITABLE);
            store.write(put(2));
            assertEquals(2, value(store));
        }
        try (EmbeddedStore again = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            assertEquals(2, value(again));
        }
    }

    @Test
    void short_writes_are_continued() {
        FaultyDirectory directory = new FaultyDirectory();
        directory.fail(FaultRule.always(Operation.WRITE, Fault.SHORT_WRITE));
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            store.write(put(1));
            store.checkpoint();
            store.write(put(2));
            assertEquals(2, value(store));
        }
        directory.heal();
        try (EmbeddedStore again = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            assertEquals(2, value(again));
        }
    }

    @ParameterizedTest
    @EnumSource
    void interrupted_clients_harm_nothing_and_keep_their_interrupt(
            SyncMode mode, @TempDir Path path) throws IOException {
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        FileDirectory.open(path), StorageOptions.DEFAULTS.withSyncMode(mode))) {
            for (int number = 1; number <= 50; number++) {
                Thread.currentThread().interrupt();
                store.write(put(number));
                assertTrue(Thread.interrupted(), "the flag is still set");
                if (number % 20 == 0) {
                    Thread.currentThread().interrupt();
                    store.checkpoint();
                    assertEquals(number, value(store));
                    assertTrue(Thread.interrupted(), "the flag is still set");
                }
            }
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.interrupted());
        try (EmbeddedStore again =
                EmbeddedStore.open(FileDirectory.open(path), StorageOptions.DEFAULTS)) {
            assertEquals(50, value(again));
        }
    }

    @Test
    void a_second_opening_is_refused_and_the_first_goes_on(@TempDir Path path) throws IOException {
        try (EmbeddedStore store =
                EmbeddedStore.open(FileDirectory.open(path), StorageOptions.DEFAULTS)) {
            store.write(put(1));
            SmilodonException refused =
                    assertThrows(
                            SmilodonException.class,
                            () ->
                                    EmbeddedStore.open(
                                            FileDirectory.open(path), StorageOptions.DEFAULTS));
            assertEquals(path.toRealPath().toString(), refused.details().get("directory"));
            store.write(put(2));
        }
        try (EmbeddedStore again =
                EmbeddedStore.open(FileDirectory.open(path), StorageOptions.DEFAULTS)) {
            assertEquals(2, value(again));
        }
    }

    @Test
    void rule_121_a_transaction_that_takes_too_long_is_abandoned() {
        AtomicLong nanos = new AtomicLong();
        StoreEnvironment environment =
                new StoreEnvironment(
                        new Clocks(nanos::get, () -> 0),
                        new Random(1)::nextLong,
                        Long.MAX_VALUE,
                        1 << 20);
        try (EmbeddedStore store =
                EmbeddedStore.open(new FaultyDirectory(), StorageOptions.DEFAULTS, environment)) {
            try (Transaction transaction = store.begin()) {
                nanos.set(TimeUnit.MILLISECONDS.toNanos(Limits.TRANSACTION_MILLIS_MAX));
                transaction.put(KEY, new byte[] {1});
                nanos.set(TimeUnit.MILLISECONDS.toNanos(Limits.TRANSACTION_MILLIS_MAX + 1));
                assertEquals(ErrorCode.TRANSACTION_EXCEEDED_LIFETIME, codeOf(transaction::commit));
            }
            assertEquals(0, value(store));
        }
    }

    @Test
    void a_clean_close_leaves_no_log_without_feeds_and_a_recovery_leaves_no_orphan()
            throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        StorageOptions feedless =
                StorageOptions.DEFAULTS.withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0));
        try (EmbeddedStore store = EmbeddedStore.open(directory, feedless)) {
            store.write(put(1));
        }
        assertFalse(directory.list().stream().anyMatch(name -> name.endsWith(".log")));
        directory.create("000000000099.segment.tmp").close();
        directory.create("somebody's.txt").close();
        try (EmbeddedStore store = EmbeddedStore.open(directory, feedless)) {
            assertEquals(0, store.recovery().replayedCommits());
            assertFalse(directory.list().contains("000000000099.segment.tmp"));
            assertTrue(directory.list().contains("somebody's.txt"));
        }
    }
}
