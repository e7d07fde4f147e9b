package io.smilodon.engine.check;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogScan;
import java.io.IOException;
import java.util.Optional;

/** Questions about files of frames that need no content of the frames. Pure functions. */
final class ManifestScan {

    private static final LogScan.Receiver NOBODY =
            new LogScan.Receiver() {
                @Override
                public void frame(Frame frame, long offset) {}

                @Override
                public void gap(LogScan.Gap gap) {}
            };

    private ManifestScan() {}

    /** How a manifest ends, whose edits are numbered from 1. */
    static LogScan.End end(StorageFile file, FileHeader header) throws IOException {
        LogFile edits = new LogFile(0, header.salt(), 1, Optional.empty());
        return LogScan.run(file, edits, 0, NOBODY);
    }

    /** Whether a log of this database has any frame. */
    static boolean hasFrames(StorageFile file, String name, long databaseId) throws IOException {
        FileHeader header = FileHeader.read(file, name, FileKind.LOG);
        return header.databaseId() == databaseId
                && new LogReader(file, header.salt()).hasAnyFrame();
    }
}
