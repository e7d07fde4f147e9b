package io.smilodon.engine.store;

/**
 * How the write-ahead log is kept.
 *
 * @param syncMode when it is forced to disk
 * @param syncIntervalMillis how often, in {@link SyncMode#INTERVAL}; 10 to 5,000
 * @param fileBytesMax size at which a log file is finished
 * @param isAligned whether what is forced to disk is filled up to a page of 4 KiB, so that no later
 *     write touches a sector with commits that had been safe; for disks that may damage a sector
 *     when the power fails while it is written again. Costs up to a page for each sync
 */
public record LogSettings(
        SyncMode syncMode, long syncIntervalMillis, long fileBytesMax, boolean isAligned) {

    public static final LogSettings DEFAULTS =
            new LogSettings(SyncMode.SYNC, 100, 64L << 20, false);

    public LogSettings {
        Setting.require(
                syncIntervalMillis >= 10 && syncIntervalMillis <= 5_000,
                "syncIntervalMillis",
                syncIntervalMillis);
        Setting.require(fileBytesMax > 0, "fileBytesMax", fileBytesMax);
    }

    public LogSettings withSyncMode(SyncMode mode) {
        return new LogSettings(mode, syncIntervalMillis, fileBytesMax, isAligned);
    }

    public LogSettings withSyncIntervalMillis(long millis) {
        return new LogSettings(syncMode, millis, fileBytesMax, isAligned);
    }

    public LogSettings withFileBytesMax(long bytes) {
        return new LogSettings(syncMode, syncIntervalMillis, bytes, isAligned);
    }

    public LogSettings withAlignment(boolean aligned) {
        return new LogSettings(syncMode, syncIntervalMillis, fileBytesMax, aligned);
    }
}
