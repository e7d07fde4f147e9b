package io.smilodon.engine.feed;

import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.manifest.ManifestState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Walks along the frames of the log, from file to file, as far as they are visible. Not
 * thread-safe: guarded by its feed.
 *
 * <p>Bytes behind the last visible frame may be cut off and written anew. So what was read counts
 * up to the commit that was visible before it was read; to go further, it is read again. The same
 * look tells whether the file has been finished meanwhile: a frame that was visible before is then
 * in it or in a later one, and the manifest knows which.
 */
final class LogWalk implements AutoCloseable {

    private final FeedSource source;
    private Optional<OpenLog> open = Optional.empty();
    private long trustedLsn;

    LogWalk(FeedSource source) {
        this.source = source;
    }

    /** The oldest sequence behind which every frame is in a file of the manifest. */
    static long oldest(ManifestState state, long visible) {
        List<LogFile> logs = state.logsWithoutGap();
        return logs.isEmpty() ? visible : Math.min(logs.get(0).firstLsn() - 1, visible);
    }

    private static boolean holds(LogFile log, long lsn) {
        return log.firstLsn() <= lsn && (log.seal().isEmpty() || lsn <= log.seal().get().lastLsn());
    }

    /**
     * The file with a visible frame.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code ChangeStreamHistoryLost}
     */
    static LogFile fileOf(ManifestState state, long lsn, long visible) {
        for (LogFile log : state.logsWithoutGap()) {
            if (holds(log, lsn)) {
                return log;
            }
        }
        throw FeedErrors.deleted(lsn - 1, oldest(state, visible));
    }

    /** Lets go of a file that is no longer part of the log. */
    void dropDeleted() throws IOException {
        if (open.isPresent() && !isLive(open.get().log())) {
            close();
        }
    }

    private boolean isLive(LogFile log) {
        return source.manifest().state().logs().containsKey(log.number());
    }

    /** The file that is open. */
    Optional<LogFile> file() {
        return open.map(OpenLog::log);
    }

    /**
     * Reads a frame.
     *
     * @param lsn its number
     * @param visible at least as much
     */
    Frame frame(long lsn, long visible) throws IOException {
        return positioned(lsn, visible).next();
    }

    /** What stands in front of a visible frame's payload. */
    LogReader.FrameHeader header(long lsn, long visible) throws IOException {
        return positioned(lsn, visible).skip();
    }

    /** The first frame of the batch that a visible frame belongs to. */
    long batchStart(long lsn, long visible) throws IOException {
        long first = fileOf(source.manifest().state(), lsn, visible).firstLsn();
        long start = first;
        for (long before = first; before < lsn; before++) {
            if (header(before, visible).type() != FrameType.PART) {
                start = before + 1;
            }
        }
        return start;
    }

    /** The last commit in front of a frame; without its time if the log no longer has it. */
    FeedToken commitBefore(long lsn, long visible) throws IOException {
        long last = lsn - 1;
        FeedToken found = new FeedToken(last, 0);
        if (last <= oldest(source.manifest().state(), visible)) {
            return found;
        }
        LogReader.FrameHeader header = header(last, visible);
        if (header.type() == FrameType.COMMIT) {
            return new FeedToken(last, header.stamp().millis());
        }
        // It is a mark, with which an earlier run ended.
        long first = fileOf(source.manifest().state(), last, visible).firstLsn();
        for (long before = first; before < last; before++) {
            header = header(before, visible);
            if (header.type() == FrameType.COMMIT) {
                found = new FeedToken(before, header.stamp().millis());
            }
        }
        return found;
    }

    private OpenLog positioned(long lsn, long visible) throws IOException {
        if (lsn > trustedLsn) {
            Failpoint.hit("feed.beforeLook");
            trustedLsn = visible;
            lookAgain();
        }
        boolean isAhead =
                open.isPresent() && holds(open.get().log(), lsn) && open.get().nextLsn() <= lsn;
        if (!isAhead) {
            close();
            open = Optional.of(opened(lsn, visible));
        }
        OpenLog log = open.get();
        while (log.nextLsn() < lsn) {
            log.skip();
        }
        return log;
    }

    private void lookAgain() throws IOException {
        if (open.isEmpty()) {
            return;
        }
        Optional<LogFile> known =
                Optional.ofNullable(
                        source.manifest().state().logs().get(open.get().log().number()));
        if (known.isPresent()) {
            open.get().refresh(known.get());
        } else {
            close();
        }
    }

    private OpenLog opened(long lsn, long visible) throws IOException {
        ManifestState state = source.manifest().state();
        LogFile log = fileOf(state, lsn, visible);
        Failpoint.hit("feed.beforeOpen");
        try {
            return OpenLog.open(source.directory(), source.manifest().databaseId(), log);
        } catch (IOException failure) {
            if (isLive(log)) {
                throw failure;
            }
            throw FeedErrors.deleted(lsn - 1, oldest(source.manifest().state(), visible));
        }
    }

    @Override
    public void close() throws IOException {
        Optional<OpenLog> closing = open;
        open = Optional.empty();
        if (closing.isPresent()) {
            closing.get().close();
        }
    }
}
