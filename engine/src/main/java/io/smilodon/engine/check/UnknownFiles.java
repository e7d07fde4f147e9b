package io.smilodon.engine.check;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;

/**
 * What files tell whose numbers the manifest has not given out. A stop in the middle of some work
 * leaves such files, but none with anything in it that stands nowhere else: one that has is proof
 * that the manifest has lost edits. Opening, checking and salvage go by the same rules. Pure
 * functions of the directory.
 */
public final class UnknownFiles {

    private UnknownFiles() {}

    /**
     * Whether this is such a log that has frames: the first one follows the edit that names it.
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
                    && new LogReader(file, header.salt()).hasAnyFrame();
        }
    }

    /**
     * The newest commit in such a segment; 0 if this is none, or does not tell. What is newer than
     * all logs and segments that the manifest names is proof.
     *
     * @throws io.smilodon.engine.error.SmilodonException if it is not in a format that can be read
     */
    public static long newestSequence(
            StorageDirectory directory, String name, Manifest.Contents contents)
            throws IOException {
        if (!SegmentFile.isNewer(name, contents.state().nextNumber())) {
            return 0;
        }
        try (StorageFile file = directory.open(name)) {
            if (file.length() <= FileHeader.BYTES || !FileHeader.isWhole(file)) {
                return 0;
            }
            FileHeader header = FileHeader.read(file, name, FileKind.SEGMENT);
            return header.databaseId() == contents.databaseId() ? Segment.newestSequence(file) : 0;
        }
    }
}
