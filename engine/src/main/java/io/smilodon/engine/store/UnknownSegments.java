package io.smilodon.engine.store;

import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * A segment that the manifest does not know is one that a stop left behind: then whatever is in it
 * is in a log or in other segments as well. If it is newer than all of these, the manifest has lost
 * edits, and deleting the segment would lose data. Pure functions of the directory.
 */
final class UnknownSegments {

    private static final Pattern NAME = Pattern.compile("\\d{12}\\" + SegmentFile.SUFFIX);

    private UnknownSegments() {}

    /**
     * Looks for such segments.
     *
     * @throws io.smilodon.engine.error.SmilodonException if there is one
     */
    static void requireAccounted(StorageDirectory directory, Manifest.Contents contents)
            throws IOException {
        long newest = 0;
        String newestName = "";
        for (String name : directory.list()) {
            if (isUnknown(name, contents.state())) {
                long sequence = newestSequence(directory, name, contents.databaseId());
                newestName = sequence > newest ? name : newestName;
                newest = Math.max(newest, sequence);
            }
        }
        if (newest > 0 && newest > lastAccounted(directory, contents)) {
            throw Corruption.at(Manifest.NAME, 0, "lost edits, for it does not know " + newestName);
        }
    }

    private static boolean isUnknown(String name, ManifestState state) {
        return NAME.matcher(name).matches()
                && Long.parseLong(name.substring(0, name.indexOf('.'))) >= state.nextNumber();
    }

    private static long newestSequence(StorageDirectory directory, String name, long databaseId)
            throws IOException {
        try (StorageFile file = directory.open(name)) {
            if (file.length() <= FileHeader.BYTES || !FileHeader.isWhole(file)) {
                return 0;
            }
            FileHeader header = FileHeader.read(file, name, FileKind.SEGMENT);
            return header.databaseId() == databaseId ? Segment.newestSequence(file) : 0;
        }
    }

    private static long lastAccounted(StorageDirectory directory, Manifest.Contents contents)
            throws IOException {
        long last = new LogReplay(directory, contents, (writes, frame) -> {}).run();
        for (SegmentFile segment : contents.state().segments().values()) {
            last = Math.max(last, segment.maxSequence());
        }
        return last;
    }
}
