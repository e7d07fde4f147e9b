package io.smilodon.engine.store;

import io.smilodon.engine.Limits;

/**
 * How long the past is kept.
 *
 * @param historyMillis how far back {@link KeyValueStore} can be read as of an earlier commit
 * @param snapshotMillisMax age at which a snapshot is given up, so that it no longer holds files
 */
public record RetentionSettings(long historyMillis, long snapshotMillisMax) {

    public static final RetentionSettings DEFAULTS =
            new RetentionSettings(5 * 60_000L, Limits.SNAPSHOT_AGE_MILLIS_MAX);

    /** A year: enough for anybody, and far from overflow. */
    static final long MILLIS_MAX = 366 * 24 * 60 * 60_000L;

    public RetentionSettings {
        StorageOptions.require(
                historyMillis >= 0 && historyMillis <= MILLIS_MAX, "historyMillis", historyMillis);
        StorageOptions.require(
                snapshotMillisMax > 0 && snapshotMillisMax <= MILLIS_MAX,
                "snapshotMillisMax",
                snapshotMillisMax);
    }

    public RetentionSettings withHistoryMillis(long millis) {
        return new RetentionSettings(millis, snapshotMillisMax);
    }

    public RetentionSettings withSnapshotMillisMax(long millis) {
        return new RetentionSettings(historyMillis, millis);
    }
}
