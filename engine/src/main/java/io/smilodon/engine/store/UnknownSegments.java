package io.smilodon.engine.store;

import io.smilodon.engine.check.UnknownFiles;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;

/**
 * A segment that the manifest does not know is one that a stop left behind: then whatever is in it
 * is in a log or in other segments as well. If it is newer than all of these, the manifest has lost
 * edits, and deleting the segment would lose data. Pure functions of the directory.
 */
final class UnknownSegments {

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
            long sequence = UnknownFiles.newestSequence(directory, name, contents);
            newestName = sequence > newest ? name : newestName;
            newest = Math.max(newest, sequence);
        }
        if (newest > 0 && newest > lastAccounted(directory, contents)) {
            throw Corruption.at(Manifest.NAME, 0, "lost edits, for it does not know " + newestName);
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
