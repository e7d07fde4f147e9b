package io.smilodon.engine.backup;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileCopy;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Makes a data directory of a backup. Every byte of the backup is checked before the target is
 * touched, and again while it is copied; the manifest comes last, so that a half-restored directory
 * cannot be opened. Not thread-safe.
 */
public final class Restore {

    private final StorageDirectory backup;
    private final Progress progress;
    private final BackupList list;
    private long done;

    private Restore(StorageDirectory backup, Progress progress, BackupList list) {
        this.backup = backup;
        this.progress = progress;
        this.list = list;
    }

    /**
     * Reads and checks a whole backup.
     *
     * @throws SmilodonException 20 if there is none or it is not complete; 366 if it is damaged
     */
    public static Restore verified(StorageDirectory backup, Progress progress) throws IOException {
        Restore restore = new Restore(backup, progress, readList(backup));
        for (BackupFile file : restore.list.files()) {
            restore.verify(file);
        }
        return restore;
    }

    private static BackupList readList(StorageDirectory backup) throws IOException {
        if (!backup.list().contains(BackupList.NAME)) {
            throw new SmilodonException(
                            ErrorCode.ILLEGAL_OPERATION,
                            "The directory holds no complete backup",
                            Map.of("directory", backup.description(), "absent", BackupList.NAME))
                    .withHint("A backup that was cut short has no list of files and is useless.");
        }
        try (StorageFile file = backup.open(BackupList.NAME)) {
            if (file.length() > BackupList.BYTES_MAX) {
                throw Corruption.at(BackupList.NAME, 0, "a list of " + file.length() + " bytes");
            }
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(ByteBuffer.wrap(bytes), 0);
            return BackupList.decode(bytes);
        }
    }

    private void verify(BackupFile file) throws IOException {
        LongConsumer step = bytes -> at("verify", bytes);
        try (StorageFile stored = backup.open(file.name())) {
            if (stored.length() != file.bytes()) {
                throw Corruption.at(
                        file.name(), stored.length(), "a length other than " + file.bytes());
            }
            require(file, FileCopy.digest(stored, file.bytes(), step));
        } catch (EOFException shorter) {
            throw Corruption.at(file.name(), 0, "a file shorter than " + file.bytes());
        } catch (NoSuchFileException missing) {
            throw Corruption.at(file.name(), 0, "no such file, yet the backup's list names it");
        }
    }

    private static void require(BackupFile file, byte[] digest) {
        if (!Arrays.equals(digest, file.sha256())) {
            throw Corruption.at(
                    file.name(),
                    0,
                    "a SHA-256 other than " + HexFormat.of().formatHex(file.sha256()));
        }
    }

    private void at(String step, long bytes) {
        done += bytes;
        progress.at(step, Math.min(done, list.bytes()), list.bytes());
    }

    public BackupList list() {
        return list;
    }

    /**
     * Copies everything.
     *
     * @param target must be empty
     */
    public void to(StorageDirectory target) throws IOException {
        copyFiles(target);
        target.sync();
        Failpoint.hit("restore.beforeManifest");
        for (BackupFile file : list.files()) {
            if (file.name().equals(Manifest.NAME)) {
                copy(file, target, Manifest.TEMPORARY_NAME);
            }
        }
        Failpoint.hit("restore.beforeRename");
        target.rename(Manifest.TEMPORARY_NAME, Manifest.NAME);
        target.sync();
        Failpoint.hit("restore.end");
    }

    /**
     * Copies everything, and adds the commits of an archive. Whether the archive reaches the goal
     * is found out before the target is touched.
     *
     * @param archive holds copies of log files of the same database
     * @param target must be empty
     * @return the last commit in the target
     */
    public long to(StorageDirectory archive, RestoreGoal goal, StorageDirectory target)
            throws IOException {
        Manifest.Contents contents =
                Manifest.read(backup)
                        .orElseThrow(() -> Corruption.at(Manifest.NAME, 0, "no such file"));
        PointInTime point = PointInTime.planned(list, end(contents.state()), archive, goal);
        copyFiles(target);
        Failpoint.hit("restore.beforeArchive");
        ManifestState state = point.write(contents.state(), target);
        target.sync();
        Failpoint.hit("restore.beforeExtendedManifest");
        SecureRandom random = new SecureRandom();
        Manifest.start(
                        target,
                        new Manifest.Contents(contents.databaseId(), state),
                        random::nextLong,
                        new Poison())
                .close();
        return point.lastLsn();
    }

    /** The last frame, unless all is in segments. */
    private Optional<Frame> end(ManifestState state) throws IOException {
        long last = list.sequence();
        for (LogFile log : state.logs().values()) {
            if (log.seal().filter(seal -> seal.lastLsn() == last).isPresent()) {
                try (StorageFile file = backup.open(log.name())) {
                    return LogScan.find(file, log.salt(), log.firstLsn(), last);
                }
            }
        }
        return Optional.empty();
    }

    private void copyFiles(StorageDirectory target) throws IOException {
        List<String> present = target.list();
        if (!present.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "The target must be absent or an empty directory",
                    Map.of("target", target.description(), "found", present.get(0)));
        }
        done = 0;
        for (BackupFile file : list.files()) {
            if (!file.name().equals(Manifest.NAME)) {
                Failpoint.hit("restore.file");
                copy(file, target, file.name());
            }
        }
    }

    private void copy(BackupFile file, StorageDirectory target, String name) throws IOException {
        LongConsumer step = bytes -> at("restore", bytes);
        try (StorageFile stored = backup.open(file.name());
                StorageFile created = target.create(name)) {
            require(file, FileCopy.copy(stored, created, file.bytes(), step));
        }
    }
}
