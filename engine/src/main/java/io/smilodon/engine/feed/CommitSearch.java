package io.smilodon.engine.feed;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the last commit at an instant, exactly. What is not remembered of earlier runs is read from
 * the kept log when somebody asks for it: the headers of the frames of one file, mostly.
 * Thread-safe.
 */
public final class CommitSearch {

    private final FeedSource source;

    public CommitSearch(FeedSource source) {
        this.source = source;
    }

    /** What is remembered. */
    public CommitTimes times() {
        return source.times();
    }

    /**
     * The last commit at or before an instant; empty if it is too long ago to be known.
     *
     * @throws SmilodonException {@link ErrorCode#DATA_CORRUPTION_DETECTED} or {@link
     *     ErrorCode#INTERNAL_ERROR} if the log has to be read and cannot be
     */
    public OptionalLong sequenceAt(Instant instant) {
        long visible = source.visible().getAsLong();
        Optional<CommitTimes.Span> span = times().spanAt(instant);
        if (span.isEmpty()) {
            long oldest = LogWalk.oldest(source.manifest().state(), visible);
            return search(oldest, Math.min(times().firstSequence(), visible), instant)
                    .filter(found -> found > oldest)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        }
        long first = span.get().first();
        long last = span.get().last();
        return first == last
                ? OptionalLong.of(first)
                : search(first, Math.min(last, visible), instant)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty());
    }

    /**
     * Looks for the last commit at or before an instant.
     *
     * @param first the answer if no later one is
     * @return empty if the log is no longer kept
     */
    private Optional<Long> search(long first, long last, Instant instant) {
        long visible = source.visible().getAsLong();
        long millis = instant.toEpochMilli();
        try (LogWalk walk = new LogWalk(source)) {
            long found = first;
            for (long lsn = first + 1; lsn <= last; lsn++) {
                LogReader.FrameHeader header = walk.header(lsn, visible);
                if (header.stamp().millis() > millis) {
                    return Optional.of(found);
                }
                found = header.type() == FrameType.COMMIT ? lsn : found;
            }
            return Optional.of(found);
        } catch (SmilodonException refused) {
            if (refused.code() == ErrorCode.CHANGE_STREAM_HISTORY_LOST) {
                return Optional.empty();
            }
            throw refused;
        } catch (IOException failure) {
            throw FeedErrors.unreadable("log", failure);
        }
    }
}
