package io.smilodon.engine.backup;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies of finished log files of one database, in whichever order and overlap, as one dense
 * sequence of frames. A file that is damaged is used as far as it goes. Not thread-safe.
 */
final class ArchivedLogs {

    /**
     * A file.
     *
     * @param salt the id that its frames repeat
     * @param firstLsn its first frame
     */
    private record Archived(String name, long salt, long firstLsn) {}

    /** Is handed frames; false if it wants no more. */
    @FunctionalInterface
    interface Receiver {

        boolean take(Frame frame) throws IOException;
    }

    private final StorageDirectory directory;
    private final List<Archived> files = new ArrayList<>();

    ArchivedLogs(StorageDirectory directory, long databaseId) throws IOException {
        this.directory = directory;
        for (String name : directory.list()) {
            if (name.endsWith(LogFile.SUFFIX)) {
                header(name)
                        .filter(header -> header.databaseId() == databaseId)
                        .ifPresent(header -> add(name, header));
            }
        }
        files.sort(Comparator.comparingLong(Archived::firstLsn));
    }

    private Optional<FileHeader> header(String name) throws IOException {
        try (StorageFile file = directory.open(name)) {
            return Optional.of(FileHeader.read(file, name, FileKind.LOG));
        } catch (SmilodonException damaged) {
            return Optional.empty(); // what it holds is then missing, and told by its numbers
        }
    }

    private void add(String name, FileHeader header) {
        try (StorageFile file = directory.open(name)) {
            LogScan.firstLsn(file, header.salt())
                    .ifPresent(first -> files.add(new Archived(name, header.salt(), first)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Checks that no file has another frame with the number of this one.
     *
     * @throws SmilodonException {@link ErrorCode#ILLEGAL_OPERATION}
     */
    void requireSame(Frame expected) throws IOException {
        for (Archived archived : files) {
            Optional<Frame> found = find(archived, expected.lsn());
            if (found.isPresent() && !isSame(found.get(), expected)) {
                throw otherHistory(archived.name(), found.get(), expected);
            }
        }
    }

    private Optional<Frame> find(Archived archived, long lsn) throws IOException {
        if (archived.firstLsn() > lsn) {
            return Optional.empty();
        }
        try (StorageFile file = directory.open(archived.name())) {
            return LogScan.find(file, archived.salt(), archived.firstLsn(), lsn);
        }
    }

    /** Checksums differ, since an opening after a crash may have written the frame anew. */
    private static boolean isSame(Frame left, Frame right) {
        return left.type() == right.type()
                && left.millis() == right.millis()
                && Arrays.equals(left.payload(), right.payload());
    }

    private SmilodonException otherHistory(String name, Frame found, Frame expected) {
        return new SmilodonException(
                        ErrorCode.ILLEGAL_OPERATION,
                        "The archive holds another commit with the number of the backup's last one",
                        Map.of(
                                "directory",
                                directory.description(),
                                "file",
                                name,
                                "sequence",
                                expected.lsn(),
                                "backupTime",
                                Instant.ofEpochMilli(expected.millis()),
                                "archiveTime",
                                Instant.ofEpochMilli(found.millis())))
                .withHint(
                        "The backup holds commits that were lost afterwards, or the archive is that"
                                + " of a restored database. Begin with another backup.");
    }

    /**
     * Reads on from a frame until there is none or the receiver wants no more.
     *
     * @return the first frame that was not taken
     */
    long read(long firstLsn, Receiver receiver) throws IOException {
        long next = firstLsn;
        boolean isWanted = true;
        for (Archived archived : files) {
            if (isWanted && archived.firstLsn() <= next) {
                try (StorageFile file = directory.open(archived.name())) {
                    LogReader reader = new LogReader(file, archived.salt());
                    long lsn = archived.firstLsn();
                    Optional<Frame> frame = reader.next(lsn);
                    while (isWanted && frame.isPresent()) {
                        if (lsn == next) {
                            isWanted = receiver.take(frame.get());
                            next += isWanted ? 1 : 0;
                        }
                        lsn++;
                        frame = reader.next(lsn);
                    }
                }
            }
        }
        return next;
    }
}
