package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.backup.RestoreGoal;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup holds no commit that a power loss may still take, and is not mixed with others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DurableBackupTest {

    private final FaultyDirectory directory = new FaultyDirectory();
    private final FaultyDirectory backup = new FaultyDirectory();
    private final AtomicLong wall = new AtomicLong(1_000_000);

    private EmbeddedStore open(FaultyDirectory place, SyncMode mode) {
        return EmbeddedStore.open(
                place,
                StorageOptions.DEFAULTS.withSyncMode(mode),
                new StoreEnvironment(
                        new Clocks(() -> 0, wall::get),
                        new Random(1)::nextLong,
                        Long.MAX_VALUE,
                        1 << 20));
    }

    private static void write(EmbeddedStore store, int count) {
        for (int number = 0; number < count; number++) {
            store.write(new WriteBatch().put(new byte[] {1, (byte) number}, new byte[100]));
        }
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void what_is_in_a_backup_survives_a_power_loss_right_after_it(SyncMode mode) {
        try (EmbeddedStore store = open(directory, mode)) {
            write(store, 3);
            store.checkpoint();
            write(store, 4);
            BackupList list = store.backup(backup, Progress.SILENT);
            assertEquals(7, list.sequence());
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
            directory.resume();
            try (EmbeddedStore again = open(left, mode)) {
                assertTrue(again.statistics().sequence() >= list.sequence());
            }
        }
    }

    @Test
    void a_disk_without_room_for_a_new_log_does_not_prevent_a_backup() {
        try (EmbeddedStore store = open(directory, SyncMode.NONE)) {
            write(store, 3);
            directory.fail(FaultRule.always(Operation.CREATE, Fault.NO_SPACE));
            BackupList list = store.backup(backup, Progress.SILENT);
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
            directory.resume();
            directory.heal();
            try (EmbeddedStore again = open(left, SyncMode.NONE)) {
                assertEquals(3, again.statistics().sequence());
                assertEquals(3, list.sequence());
            }
        }
    }

    @Test
    void a_store_whose_log_cannot_be_synced_is_not_backed_up() throws IOException {
        try (EmbeddedStore store = open(directory, SyncMode.NONE)) {
            write(store, 3);
            directory.fail(FaultRule.next(Operation.SYNC, ".log", Fault.SYNC_ERROR));
            assertThrows(SmilodonException.class, () -> store.backup(backup, Progress.SILENT));
            assertEquals(0, backup.list().size());
        }
    }

    /** The backup is of one history of the database, the archive of another. */
    @Test
    void an_archive_with_another_commit_of_the_same_number_is_refused() throws IOException {
        try (EmbeddedStore store = open(directory, SyncMode.SYNC)) {
            write(store, 3);
        }
        FaultyDirectory other = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        directory.resume();
        try (EmbeddedStore store = open(directory, SyncMode.SYNC)) {
            write(store, 4);
            store.backup(backup, Progress.SILENT);
            write(store, 4);
        }
        wall.addAndGet(1_000);
        try (EmbeddedStore store = open(other, SyncMode.SYNC)) {
            write(store, 9);
        }
        FaultyDirectory target = new FaultyDirectory();
        Restore restore = Restore.verified(backup, Progress.SILENT);
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> restore.to(other, new RestoreGoal.End(), target));
        assertEquals(ErrorCode.ILLEGAL_OPERATION, error.code());
        assertEquals(7L, error.details().get("sequence"));
        assertEquals(0, target.operations(), "the target is not touched");
        assertEquals(11, restore.to(directory, new RestoreGoal.End(), target));
    }
}
