package io.smilodon.database;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.backup.RestoreGoal;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Makes data directories of backups; {@link Smilodon#backup} makes the backups. Thread-safe. */
public final class Backups {

    private Backups() {}

    /** Begins the directory to write to. */
    @FunctionalInterface
    interface Target {

        StagedDirectory begin() throws IOException;
    }

    static BackupList write(KeyValueStore store, Target target, Progress progress) {
        try (StagedDirectory staged = target.begin()) {
            BackupList list = store.backup(staged.directory(), progress);
            staged.publish();
            return list;
        } catch (IOException failure) {
            throw failed("The backup could not be written", failure);
        }
    }

    /**
     * Makes a data directory of a backup. The whole backup is checked before the target is touched.
     *
     * @param target absent or empty; it gets its name once it is complete
     * @throws SmilodonException 366 if the backup is damaged; 20 if it is not complete, or the
     *     target is not empty; 14031 if there is no room for it
     */
    public static BackupList restore(Path backup, Path target, Progress progress) {
        try (StorageDirectory source = FileDirectory.openExisting(backup)) {
            Restore restore = Restore.verified(source, progress);
            try (StagedDirectory staged = StagedDirectory.begin(target)) {
                restore.to(staged.directory());
                staged.publish();
            }
            return restore.list();
        } catch (IOException failure) {
            throw failed("The backup could not be restored", failure);
        }
    }

    /**
     * The same, with the commits of a log archive up to a goal added.
     *
     * @param archive a directory with copies of finished log files of the same database
     * @return the last commit in the target
     * @throws SmilodonException also 286 if the archive has a gap before the goal or does not reach
     *     it, naming what it has; 2 if the goal lies before the backup
     */
    public static long restore(Path backup, Path archive, RestoreGoal goal, Path target) {
        return restore(new Sources(backup, archive, goal), target, Progress.SILENT);
    }

    /**
     * What a state of the past is made of.
     *
     * @param goal up to which commit
     */
    public record Sources(Path backup, Path archive, RestoreGoal goal) {}

    /** The same; tells how far it is. */
    public static long restore(Sources sources, Path target, Progress progress) {
        try (StorageDirectory source = FileDirectory.openExisting(sources.backup());
                StorageDirectory logs = FileDirectory.openExisting(sources.archive())) {
            Restore restore = Restore.verified(source, progress);
            try (StagedDirectory staged = StagedDirectory.begin(target)) {
                long last = restore.to(logs, sources.goal(), staged.directory());
                staged.publish();
                return last;
            }
        } catch (IOException failure) {
            throw failed("The backup could not be restored", failure);
        }
    }

    /** 14031 if the disk is full. */
    static SmilodonException failed(String what, IOException failure) {
        if (DiskFailure.isExhausted(failure)) {
            return DiskFailure.error(what, failure)
                    .withHint("Free space on the disk that is written to, and try again.");
        }
        return new SmilodonException(
                ErrorCode.INTERNAL_ERROR, what, Map.of("cause", failure.toString()), failure);
    }
}
