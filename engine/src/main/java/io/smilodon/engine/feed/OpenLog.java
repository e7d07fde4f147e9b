package io.smilodon.engine.feed;

import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogSeal;
import java.io.IOException;

/**
 * One file of the log, read with a handle of its own while the log thread may still write it. The
 * caller asks for visible frames only; what is read must be what was written, and the end of a
 * finished file what its seal says. Not thread-safe.
 */
final class OpenLog implements AutoCloseable {

    private static final int WINDOW_BYTES = 64 << 10;

    private final StorageFile file;
    private final LogReader reader;
    private LogFile log;
    private long nextLsn;
    private boolean isWhole = true;

    private OpenLog(StorageFile file, LogFile log) throws IOException {
        this.file = file;
        this.log = log;
        this.reader = new LogReader(file, log.salt(), WINDOW_BYTES);
        this.nextLsn = log.firstLsn();
    }

    static OpenLog open(StorageDirectory directory, long databaseId, LogFile log)
            throws IOException {
        StorageFile file = directory.open(log.name());
        try {
            FileHeader.read(file, log.name(), FileKind.LOG)
                    .require(
                            log.name(),
                            new FileHeader(FileKind.LOG, databaseId, log.number(), log.salt()));
            return new OpenLog(file, log);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    LogFile log() {
        return log;
    }

    /** The frame that {@link #next} would give. */
    long nextLsn() {
        return nextLsn;
    }

    /**
     * Forgets what was read ahead, since that may have been written again.
     *
     * @param known the same file, as the manifest knows it now
     */
    void refresh(LogFile known) throws IOException {
        log = known;
        reader.refresh();
    }

    Frame next() throws IOException {
        long at = reader.position();
        Frame frame = reader.next(nextLsn).orElseThrow(() -> damaged(at));
        nextLsn++;
        if (log.seal().isPresent()) {
            requireEnd(log.seal().get());
        }
        return frame;
    }

    /** Passes over the next frame. */
    LogReader.FrameHeader skip() throws IOException {
        long at = reader.position();
        LogReader.FrameHeader header = reader.skip(nextLsn).orElseThrow(() -> damaged(at));
        isWhole = false;
        nextLsn++;
        return header;
    }

    private RuntimeException damaged(long offset) {
        return Corruption.atLsn(log.name(), offset, nextLsn, "a damaged frame of a commit");
    }

    private void requireEnd(LogSeal seal) {
        boolean isGood =
                nextLsn <= seal.lastLsn()
                        || reader.position() == seal.bytes()
                                && (!isWhole || reader.rollingCrc() == seal.rollingCrc());
        if (!isGood) {
            throw Corruption.atLsn(
                    log.name(), reader.position(), seal.lastLsn(), "an end unlike its seal");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
