package io.smilodon.engine.store;

/**
 * How the write-ahead log is kept.
 *
 * @param syncMode when it is forced to disk
 * @param syncIntervalMillis how often, in {@link SyncMode#INTERVAL}; 10 to 5,000
 * @param fileBytesMax size at which a log file is finished
 */
public record LogSettings(SyncMode syncMode, long syncIntervalMillis, long fileBytesMax) {

    public static final LogSettings DEFAULTS = new LogSettings(SyncMode.SYNC, 100, 64L << 20);

    public LogSettings {
        StorageOptions.require(
                syncIntervalMillis >= 10 && syncIntervalMillis <= 5_000,
                "syncIntervalMillis",
                syncIntervalMillis);
        StorageOptions.require(fileBytesMax > 0, "fileBytesMax", fileBytesMax);
    }

    public LogSettings withSyncMode(SyncMode mode) {
        return new LogSettings(mode, syncIntervalMillis, fileBytesMax);
    }

    public LogSettings withSyncIntervalMillis(long millis) {
        return new LogSettings(syncMode, millis, fileBytesMax);
    }

    public LogSettings withFileBytesMax(long bytes) {
        return new LogSettings(syncMode, syncIntervalMillis, bytes);
    }
}
