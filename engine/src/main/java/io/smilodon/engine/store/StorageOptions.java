package io.smilodon.engine.store;

/**
 * How the store uses memory and disk.
 *
 * @param log the write-ahead log
 * @param memory memtables and cache
 * @param compaction merging of segments
 * @param retention how long the past is kept
 * @param space what is done against a full disk
 * @param archive where copies of finished log files go
 */
public record StorageOptions(
        LogSettings log,
        MemorySettings memory,
        CompactionSettings compaction,
        RetentionSettings retention,
        SpaceSettings space,
        ArchiveSettings archive) {

    public static final StorageOptions DEFAULTS =
            new StorageOptions(
                    LogSettings.DEFAULTS,
                    MemorySettings.DEFAULTS,
                    CompactionSettings.DEFAULTS,
                    RetentionSettings.DEFAULTS,
                    SpaceSettings.DEFAULTS,
                    ArchiveSettings.NONE);

    public StorageOptions withLog(LogSettings settings) {
        return new StorageOptions(settings, memory, compaction, retention, space, archive);
    }

    public StorageOptions withMemory(MemorySettings settings) {
        return new StorageOptions(log, settings, compaction, retention, space, archive);
    }

    public StorageOptions withCompaction(CompactionSettings settings) {
        return new StorageOptions(log, memory, settings, retention, space, archive);
    }

    public StorageOptions withRetention(RetentionSettings settings) {
        return new StorageOptions(log, memory, compaction, settings, space, archive);
    }

    public StorageOptions withSpace(SpaceSettings settings) {
        return new StorageOptions(log, memory, compaction, retention, settings, archive);
    }

    public StorageOptions withArchive(ArchiveSettings settings) {
        return new StorageOptions(log, memory, compaction, retention, space, settings);
    }

    public StorageOptions withMemtableBytesMax(long bytes) {
        return withMemory(memory.withMemtableBytesMax(bytes));
    }

    public StorageOptions withBlockCacheBytesMax(long bytes) {
        return withMemory(memory.withBlockCacheBytesMax(bytes));
    }

    public StorageOptions withSyncMode(SyncMode mode) {
        return withLog(log.withSyncMode(mode));
    }

    public StorageOptions withSyncIntervalMillis(long millis) {
        return withLog(log.withSyncIntervalMillis(millis));
    }

    public StorageOptions withLogFileBytesMax(long bytes) {
        return withLog(log.withFileBytesMax(bytes));
    }

    /** Says how many flushed segments there may be before they are merged. */
    public StorageOptions withSegmentCountMax(int count) {
        return withCompaction(compaction.withLevelZeroCountMax(count));
    }
}
