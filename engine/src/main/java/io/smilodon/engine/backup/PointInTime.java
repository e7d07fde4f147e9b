package io.smilodon.engine.backup;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.log.LogWriter;
import io.smilodon.engine.manifest.ManifestState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The commits of an archive that follow a backup, up to a goal. First it is found out whether the
 * archive reaches the goal without a gap; then they are written as log files of the restored store,
 * whole commits with the numbers and times that they had. Not thread-safe.
 */
final class PointInTime {

    private static final long FILE_BYTES_MAX = 64L << 20;

    private final BackupList list;
    private final ArchivedLogs archive;
    private final long lastLsn;

    private PointInTime(BackupList list, ArchivedLogs archive, long lastLsn) {
        this.list = list;
        this.archive = archive;
        this.lastLsn = lastLsn;
    }

    /**
     * Finds the last commit to restore.
     *
     * @param last the last frame of the backup, if its log has that
     * @throws SmilodonException {@link ErrorCode#BAD_VALUE} if the goal lies before the backup;
     *     {@link ErrorCode#CHANGE_STREAM_HISTORY_LOST} if the archive has a gap before the goal or
     *     does not reach it; {@link ErrorCode#ILLEGAL_OPERATION} if it is not of the same history
     */
    static PointInTime planned(
            BackupList list, Optional<Frame> last, StorageDirectory directory, RestoreGoal goal)
            throws IOException {
        requireAfter(list, goal);
        ArchivedLogs archive = new ArchivedLogs(directory, list.databaseId());
        if (last.isPresent()) {
            archive.requireSame(last.get());
        }
        Search search = new Search(list.sequence(), goal);
        long next = archive.read(list.sequence() + 1, search);
        boolean isReached =
                switch (goal) {
                    case RestoreGoal.End end -> true;
                    case RestoreGoal.ToSequence to -> next > to.sequence();
                    case RestoreGoal.ToTime to ->
                            search.isPassed || search.millis >= to.time().toEpochMilli();
                };
        if (!isReached) {
            throw notReached(list, next - 1, search.millis, goal);
        }
        return new PointInTime(list, archive, search.lastCommit);
    }

    private static void requireAfter(BackupList list, RestoreGoal goal) {
        boolean isAfter =
                switch (goal) {
                    case RestoreGoal.End end -> true;
                    case RestoreGoal.ToSequence to -> to.sequence() >= list.sequence();
                    case RestoreGoal.ToTime to -> !to.time().isBefore(list.created());
                };
        if (!isAfter) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The backup was made after the moment that is asked for",
                            Map.of("sequence", list.sequence(), "created", list.created()))
                    .withHint("Begin with an older backup.");
        }
    }

    private static SmilodonException notReached(
            BackupList list, long last, long millis, RestoreGoal goal) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("wanted", goal);
        details.put("backup", list.sequence());
        details.put("archiveFrom", list.sequence() + 1);
        details.put("archiveTo", last);
        if (millis > 0) {
            details.put("archiveToTime", Instant.ofEpochMilli(millis));
        }
        return new SmilodonException(
                        ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                        "The archive has a gap, or ends, before the moment that is asked for",
                        details)
                .withHint("Look for the log files from number archiveTo + 1 on.");
    }

    /** Looks for the last commit that belongs to the goal. */
    private static final class Search implements ArchivedLogs.Receiver {

        private final RestoreGoal goal;
        private long lastCommit;
        private long millis;
        private boolean isPassed;

        Search(long sequence, RestoreGoal goal) {
            this.lastCommit = sequence;
            this.goal = goal;
        }

        @Override
        public boolean take(Frame frame) {
            isPassed =
                    switch (goal) {
                        case RestoreGoal.End end -> false;
                        case RestoreGoal.ToSequence to -> frame.lsn() > to.sequence();
                        case RestoreGoal.ToTime to -> frame.millis() > to.time().toEpochMilli();
                    };
            if (isPassed) {
                return false;
            }
            millis = Math.max(millis, frame.millis());
            if (frame.type() == FrameType.COMMIT) {
                lastCommit = frame.lsn();
            }
            return true;
        }
    }

    long lastLsn() {
        return lastLsn;
    }

    /** Writes the commits after the backup, and says what the store then consists of. */
    ManifestState write(ManifestState backup, StorageDirectory target) throws IOException {
        try (Output output = new Output(backup, target)) {
            if (lastLsn > list.sequence()) {
                archive.read(list.sequence() + 1, output);
            }
            output.finish();
            return backup.extendedTo(lastLsn, output.logs);
        }
    }

    /** Writes frames to new log files. */
    private final class Output implements ArchivedLogs.Receiver, AutoCloseable {

        private final StorageDirectory target;
        private final SecureRandom random = new SecureRandom();
        private final SortedMap<Long, LogFile> logs;
        private long nextNumber;
        private long last;
        private Optional<LogWriter> writer = Optional.empty();

        Output(ManifestState backup, StorageDirectory target) {
            this.target = target;
            this.logs = new TreeMap<>(backup.logs());
            this.nextNumber = backup.nextNumber();
        }

        @Override
        public boolean take(Frame frame) throws IOException {
            if (frame.lsn() > lastLsn) {
                return false;
            }
            if (writer.isPresent() && writer.get().position() > FILE_BYTES_MAX) {
                finish();
            }
            if (writer.isEmpty()) {
                begin(frame.lsn());
            }
            writer.get().append(frame.type(), frame.stamp(), ByteBuffer.wrap(frame.payload()));
            last = frame.lsn();
            return true;
        }

        private void begin(long firstLsn) throws IOException {
            FileHeader header =
                    new FileHeader(
                            FileKind.LOG, list.databaseId(), nextNumber++, random.nextLong());
            LogFile log =
                    new LogFile(header.fileNumber(), header.salt(), firstLsn, Optional.empty());
            StorageFile file = target.create(log.name());
            writer = Optional.of(LogWriter.start(file, header, 0));
            logs.put(log.number(), log);
        }

        void finish() throws IOException {
            if (writer.isPresent()) {
                LogWriter ended = writer.get();
                ended.flush();
                ended.sync();
                LogSeal seal = new LogSeal(last, ended.position(), ended.rollingCrc());
                logs.compute(logs.lastKey(), (number, log) -> log.sealed(seal));
                close();
            }
        }

        @Override
        public void close() throws IOException {
            if (writer.isPresent()) {
                writer.get().close();
                writer = Optional.empty();
            }
        }
    }
}
