package io.smilodon.engine.store;

/**
 * How the store uses memory and disk.
 *
 * @param memtableBytesMax size at which a memtable is flushed; bounds the log that recovery replays
 * @param syncMode when the write-ahead log is forced to disk
 * @param syncIntervalMillis how often, in {@link SyncMode#INTERVAL}; 10 to 5,000
 * @param blockCacheBytesMax memory for blocks of segments
 * @param logFileBytesMax size at which a log file is finished
 * @param segmentCountMax segments above which they are merged in the background
 */
public record StorageOptions(
        long memtableBytesMax,
        SyncMode syncMode,
        long syncIntervalMillis,
        long blockCacheBytesMax,
        long logFileBytesMax,
        int segmentCountMax) {

    public static final StorageOptions DEFAULTS =
            new StorageOptions(64L << 20, SyncMode.SYNC, 100, 64L << 20, 64L << 20, 8);

    public StorageOptions {
        require(memtableBytesMax > 0, "memtableBytesMax", memtableBytesMax);
        require(
                syncIntervalMillis >= 10 && syncIntervalMillis <= 5_000,
                "syncIntervalMillis",
                syncIntervalMillis);
        require(blockCacheBytesMax >= 0, "blockCacheBytesMax", blockCacheBytesMax);
        require(logFileBytesMax > 0, "logFileBytesMax", logFileBytesMax);
        require(segmentCountMax > 0, "segmentCountMax", segmentCountMax);
    }

    private static void require(boolean isGood, String name, long value) {
        if (!isGood) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }

    public StorageOptions withMemtableBytesMax(long bytes) {
        return new StorageOptions(
                bytes,
                syncMode,
                syncIntervalMillis,
                blockCacheBytesMax,
                logFileBytesMax,
                segmentCountMax);
    }

    public StorageOptions withSyncMode(SyncMode mode) {
        return new StorageOptions(
                memtableBytesMax,
                mode,
                syncIntervalMillis,
                blockCacheBytesMax,
                logFileBytesMax,
                segmentCountMax);
    }

    public StorageOptions withSyncIntervalMillis(long millis) {
        return new StorageOptions(
                memtableBytesMax,
                syncMode,
                millis,
                blockCacheBytesMax,
                logFileBytesMax,
                segmentCountMax);
    }

    public StorageOptions withBlockCacheBytesMax(long bytes) {
        return new StorageOptions(
                memtableBytesMax,
                syncMode,
                syncIntervalMillis,
                bytes,
                logFileBytesMax,
                segmentCountMax);
    }

    public StorageOptions withLogFileBytesMax(long bytes) {
        return new StorageOptions(
                memtableBytesMax,
                syncMode,
                syncIntervalMillis,
                blockCacheBytesMax,
                bytes,
                segmentCountMax);
    }

    public StorageOptions withSegmentCountMax(int count) {
        return new StorageOptions(
                memtableBytesMax,
                syncMode,
                syncIntervalMillis,
                blockCacheBytesMax,
                logFileBytesMax,
                count);
    }
}
