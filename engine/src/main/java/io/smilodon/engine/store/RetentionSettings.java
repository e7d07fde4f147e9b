package io.smilodon.engine.store;

import io.smilodon.engine.Limits;

/**
 * How long the past is kept.
 *
 * @param historyMillis how far back {@link KeyValueStore} can be read as of an earlier commit
 * @param historyBytes how much may have been written since then: with more, the window is shorter
 * @param snapshotMillisMax age at which a snapshot is given up, so that it no longer holds files
 * @param feedMillis how long finished log files are kept for change feeds
 * @param feedBytes how much of them at most; 0 for none. In memory it is at most 16 MiB
 */
public record RetentionSettings(
        long historyMillis,
        long historyBytes,
        long snapshotMillisMax,
        long feedMillis,
        long feedBytes) {

    public static final RetentionSettings DEFAULTS =
            new RetentionSettings(
                    5 * 60_000L,
                    64L << 20,
                    Limits.SNAPSHOT_AGE_MILLIS_MAX,
                    24 * 60 * 60_000L,
                    1L << 30);

    /** A year: enough for anybody, and far from overflow. */
    static final long MILLIS_MAX = 366 * 24 * 60 * 60_000L;

    public RetentionSettings {
        Setting.require(
                historyMillis >= 0 && historyMillis <= MILLIS_MAX, "historyMillis", historyMillis);
        Setting.require(historyBytes >= 0, "historyBytes", historyBytes);
        Setting.require(
                snapshotMillisMax > 0 && snapshotMillisMax <= MILLIS_MAX,
                "snapshotMillisMax",
                snapshotMillisMax);
        Setting.require(feedMillis >= 0 && feedMillis <= MILLIS_MAX, "feedMillis", feedMillis);
        Setting.require(feedBytes >= 0, "feedBytes", feedBytes);
    }

    /** Says how far back states can be read; how much may be written meanwhile stays. */
    public RetentionSettings withHistoryMillis(long millis) {
        return withHistory(millis, historyBytes);
    }

    /** Says how far back states can be read, and how much may have been written since then. */
    public RetentionSettings withHistory(long millis, long bytes) {
        return new RetentionSettings(millis, bytes, snapshotMillisMax, feedMillis, feedBytes);
    }

    public RetentionSettings withSnapshotMillisMax(long millis) {
        return new RetentionSettings(historyMillis, historyBytes, millis, feedMillis, feedBytes);
    }

    /** Says how long, and how much at most, log files are kept for change feeds. */
    public RetentionSettings withFeed(long millis, long bytes) {
        return new RetentionSettings(historyMillis, historyBytes, snapshotMillisMax, millis, bytes);
    }
}
