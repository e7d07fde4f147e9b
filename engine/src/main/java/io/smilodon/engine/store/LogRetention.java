package io.smilodon.engine.store;

import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.CommitAges;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.ManifestState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides how long finished log files are kept: until they are behind the checkpoint, copied to the
 * archive, and too old or too many for change feeds. Only the oldest go, so that what feeds can
 * read has no gap; a file that the archive cannot get waits by itself. While anything is kept for
 * feeds, the file of the newest commit is, however old: so who has read everything can go on with
 * its token. On a full disk nothing is kept for feeds. Age is told by a clock that does not jump.
 *
 * <p>Thread-safe.
 */
final class LogRetention {

    private static final long MEMORY_FEED_BYTES_MAX = 16L << 20;

    private final long feedMillis;
    private final long feedBytes;
    private final boolean isArchived;
    private final LongSupplier newest;
    private volatile Predicate<LogFile> archived;
    private volatile Supplier<OptionalLong> oldCommits = OptionalLong::empty;
    private volatile BooleanSupplier isDiskFull = () -> false;

    /**
     * @param newest the last commit
     */
    LogRetention(StorageOptions options, boolean isSpaceLimited, LongSupplier newest) {
        this.newest = newest;
        this.feedMillis = options.retention().feedMillis();
        this.feedBytes =
                isSpaceLimited
                        ? options.retention().feedBytes()
                        : Math.min(options.retention().feedBytes(), MEMORY_FEED_BYTES_MAX);
        this.isArchived = options.archive().place().isPresent();
        this.archived = log -> !isArchived;
    }

    /** Names who knows which files are in the archive. */
    void archivedBy(Predicate<LogFile> knowledge) {
        archived = knowledge;
    }

    /** Has the ages of commits measured; until then none is too old. */
    void measure(CommitTimes times, Clocks clocks) {
        if (keepsFeeds()) {
            CommitAges ages = new CommitAges(feedMillis, Long.MAX_VALUE, clocks);
            times.measure(ages);
            oldCommits = ages::lastBeforeWindow;
        }
    }

    /** Says when feeds have to do without what is behind the checkpoint. */
    void dropFeedsWhile(BooleanSupplier diskFull) {
        isDiskFull = diskFull;
    }

    /** Whether anybody may want what is behind the checkpoint. */
    boolean keepsHistory() {
        return isArchived || feedBytes > 0 && feedMillis > 0;
    }

    /**
     * The files that nobody needs any more.
     *
     * @param checkpointLsn everything up to it is in segments
     */
    List<LogFile> obsolete(ManifestState state, long checkpointLsn) {
        long bytes = 0;
        for (LogFile log : state.logs().values()) {
            bytes += log.seal().map(LogSeal::bytes).orElse(0L);
        }
        List<LogFile> obsolete = new ArrayList<>();
        for (LogFile log : state.logs().values()) {
            if (log.seal().isEmpty() || isWanted(log.seal().get(), checkpointLsn, bytes)) {
                return obsolete;
            }
            if (archived.test(log)) {
                obsolete.add(log);
            }
            bytes -= log.seal().get().bytes();
        }
        return obsolete;
    }

    /**
     * Whether a recovery or a feed may want a file.
     *
     * @param bytes of this file and all newer ones
     */
    private boolean isWanted(LogSeal seal, long checkpointLsn, long bytes) {
        boolean isForFeeds =
                keepsFeeds()
                        && !isDiskFull.getAsBoolean()
                        && (seal.lastLsn() >= newest.getAsLong()
                                || bytes <= feedBytes && !isOld(seal));
        return seal.lastLsn() > checkpointLsn || isForFeeds;
    }

    /** A mark behind the last commit makes a file wait until the next commit is too old. */
    private boolean isOld(LogSeal seal) {
        return seal.lastLsn() <= oldCommits.get().orElse(0);
    }

    private boolean keepsFeeds() {
        return feedBytes > 0 && feedMillis > 0;
    }
}
