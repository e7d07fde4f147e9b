package io.smilodon.engine.check;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentInspection;
import java.io.IOException;
import java.util.Optional;

/**
 * What files tell whose numbers the manifest has not given out. A stop in the middle of some work
 * leaves such files, but none with anything in it that stands nowhere else: one that has is proof
 * that the manifest has lost edits. So is a damaged one of which that cannot be told: no stop
 * leaves such a segment, which gets its name when it is whole. Opening, checking and salvage go by
 * the same rules. Pure functions of the directory.
 */
public final class UnknownFiles {

    private UnknownFiles() {}

    /**
     * A log or a segment, if there is any. Without a manifest there must be none: the first one
     * gets its name before there is anything that it could name.
     */
    public static Optional<String> any(StorageDirectory directory) throws IOException {
        return directory.list().stream()
                .filter(name -> LogFile.isNewer(name, 0) || SegmentFile.isNewer(name, 0))
                .findFirst();
    }

    /**
     * Whether a log or segment belongs to another database: somebody has put it here, and an
     * opening must not take it for something that a stop left.
     *
     * @throws io.smilodon.engine.error.SmilodonException if it is not in a format that can be read
     */
    public static boolean isForeign(
            StorageDirectory directory, String name, Manifest.Contents contents)
            throws IOException {
        boolean isSegment = SegmentFile.isNewer(name, 0);
        if (!isSegment && !LogFile.isNewer(name, 0)) {
            return false;
        }
        FileKind kind = isSegment ? FileKind.SEGMENT : FileKind.LOG;
        try (StorageFile file = directory.open(name)) {
            return FileHeader.isWhole(file)
                    && FileHeader.read(file, name, kind).databaseId() != contents.databaseId();
        }
    }

    /**
     * Whether this is such a log that has been written to, be it frames or what is left of them:
     * the first one follows the edit that names it, and before there are only zeroes. Of one whose
     * header is damaged, {@link #newestSequence} tells.
     *
     * @throws io.smilodon.engine.error.SmilodonException if it is not in a format that can be read
     */
    public static boolean isWrittenLog(
            StorageDirectory directory, String name, Manifest.Contents contents)
            throws IOException {
        if (!LogFile.isNewer(name, contents.state().nextNumber())) {
            return false;
        }
        try (StorageFile file = directory.open(name)) {
            if (file.length() <= FileHeader.BYTES || !FileHeader.isWhole(file)) {
                return false;
            }
            FileHeader header = FileHeader.read(file, name, FileKind.LOG);
            return header.databaseId() == contents.databaseId()
                    && new LogReader(file, header.salt()).hasRest();
        }
    }

    /**
     * The newest commit in such a segment, or frame in such a log whose header is damaged; 0 if
     * this is neither. What is newer than all logs and segments that the manifest names is proof.
     *
     * @return {@link Long#MAX_VALUE} for a file that is damaged where it tells
     * @throws io.smilodon.engine.error.SmilodonException if it is not in a format that can be read
     */
    public static long newestSequence(
            StorageDirectory directory, String name, Manifest.Contents contents)
            throws IOException {
        boolean isSegment = SegmentFile.isNewer(name, contents.state().nextNumber());
        if (!isSegment && !LogFile.isNewer(name, contents.state().nextNumber())) {
            return 0;
        }
        try (StorageFile file = directory.open(name)) {
            if (!FileHeader.isWhole(file)) {
                return isSegment ? Long.MAX_VALUE : newestFrame(file);
            }
            boolean isOurs =
                    isSegment
                            && FileHeader.read(file, name, FileKind.SEGMENT).databaseId()
                                    == contents.databaseId();
            return isOurs ? SegmentInspection.newestSequence(file) : 0;
        }
    }

    /** Zeroes are space that was reserved before the header was written. */
    private static long newestFrame(StorageFile log) throws IOException {
        long newest = LogReader.newestFrame(log);
        boolean isUnreadable = newest == 0 && new LogReader(log, 0).hasRest();
        return isUnreadable ? Long.MAX_VALUE : newest;
    }
}
