package io.smilodon.engine.store;

import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.log.LogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes the good part of an unfinished log to a new, synced, finished file. After a failed sync
 * the system may show bytes of the old one that the disk does not have, so it is never relied on
 * again; the new one has the same numbers and times, so that feeds and the archive have no gap.
 * Pure functions of the directory.
 */
final class LogTail {

    private LogTail() {}

    /**
     * @param lastLsn the last frame that counts
     * @param header of the new file, whose number the manifest must know to be taken
     * @return the end of the new file; the caller syncs the directory
     */
    static LogSeal rewrite(StorageDirectory directory, LogFile old, long lastLsn, FileHeader header)
            throws IOException {
        String name = LogFile.name(header.fileNumber());
        Failpoint.hit("tail.beforeCreate");
        try (StorageFile source = directory.open(old.name());
                StorageFile target = directory.create(name)) {
            LogReader reader = new LogReader(source, old.salt());
            LogWriter writer = LogWriter.start(target, header, 0);
            long millis = 0;
            for (long lsn = old.firstLsn(); lsn <= lastLsn; lsn++) {
                long at = reader.position();
                long expected = lsn;
                Frame frame =
                        reader.next(lsn)
                                .orElseThrow(
                                        () ->
                                                Corruption.atLsn(
                                                        old.name(), at, expected, "another frame"));
                writer.append(frame.type(), frame.stamp(), ByteBuffer.wrap(frame.payload()));
                millis = Math.max(millis, frame.millis());
            }
            Failpoint.hit("tail.beforeSync");
            writer.finish();
            Failpoint.hit("tail.synced");
            return new LogSeal(lastLsn, writer.position(), writer.rollingCrc(), millis);
        }
    }
}
