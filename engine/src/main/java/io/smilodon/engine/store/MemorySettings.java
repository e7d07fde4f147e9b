package io.smilodon.engine.store;

/**
 * What the store may hold in memory.
 *
 * @param memtableBytesMax size at which a memtable is flushed; bounds the log that recovery replays
 * @param blockCacheBytesMax memory for blocks of segments
 */
public record MemorySettings(long memtableBytesMax, long blockCacheBytesMax) {

    /** A large heap gains little from more: the system's page cache holds the rest. */
    private static final long DEFAULT_CACHE_BYTES_MAX = 1L << 30;

    private static final int DEFAULT_CACHE_SHARE = 4;
    private static final int DEFAULT_MEMTABLE_SHARE = 16;
    private static final long DEFAULT_MEMTABLE_BYTES_MAX = 64L << 20;

    /**
     * A quarter of the heap, at most 1 GiB, for blocks; a sixteenth, at most 64 MiB, a memtable.
     */
    public static final MemorySettings DEFAULTS = of(Runtime.getRuntime().maxMemory());

    public MemorySettings {
        Setting.require(memtableBytesMax > 0, "memtableBytesMax", memtableBytesMax);
        Setting.require(blockCacheBytesMax >= 0, "blockCacheBytesMax", blockCacheBytesMax);
    }

    static MemorySettings of(long heapBytes) {
        return new MemorySettings(
                Math.min(heapBytes / DEFAULT_MEMTABLE_SHARE, DEFAULT_MEMTABLE_BYTES_MAX),
                Math.min(heapBytes / DEFAULT_CACHE_SHARE, DEFAULT_CACHE_BYTES_MAX));
    }

    public MemorySettings withMemtableBytesMax(long bytes) {
        return new MemorySettings(bytes, blockCacheBytesMax);
    }

    public MemorySettings withBlockCacheBytesMax(long bytes) {
        return new MemorySettings(memtableBytesMax, bytes);
    }
}
