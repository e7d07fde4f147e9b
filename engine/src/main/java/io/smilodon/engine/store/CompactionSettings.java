package io.smilodon.engine.store;

/**
 * How segments are merged, and when writers are slowed down.
 *
 * @param levelZeroCountMax flushed segments, which may overlap, above which they are merged, unless
 *     there is a reason to await more
 * @param segmentBytesMax size at which merging begins the next segment, about
 * @param levelBytesBase size of the first level of disjoint segments, at most sixteen memtables: it
 *     is merged at once with what is flushed
 * @param sizeRatio how much larger each level is than the one above it
 * @param bytesPerSecondMax reading and writing of merges together; 0 means as fast as the disk
 * @param slowCount flushed segments from which on each commit is delayed a little more
 * @param stopCount flushed segments at which commits wait
 */
public record CompactionSettings(
        int levelZeroCountMax,
        long segmentBytesMax,
        long levelBytesBase,
        int sizeRatio,
        long bytesPerSecondMax,
        int slowCount,
        int stopCount) {

    public static final CompactionSettings DEFAULTS =
            new CompactionSettings(4, 64L << 20, 1L << 30, 10, 256L << 20, 44, 60);

    private static final int WAITING_SHARE = 6;

    public CompactionSettings {
        Setting.require(levelZeroCountMax > 0, "levelZeroCountMax", levelZeroCountMax);
        Setting.require(segmentBytesMax > 0, "segmentBytesMax", segmentBytesMax);
        Setting.require(levelBytesBase > 0, "levelBytesBase", levelBytesBase);
        Setting.require(sizeRatio > 1, "sizeRatio", sizeRatio);
        Setting.require(bytesPerSecondMax >= 0, "bytesPerSecondMax", bytesPerSecondMax);
        Setting.require(slowCount > levelZeroCountMax, "slowCount", slowCount);
        Setting.require(stopCount > slowCount, "stopCount", stopCount);
    }

    /**
     * Flushed segments above which they are merged where more of them were awaited: as many may
     * come while they are merged until writers are slowed down.
     */
    int waitingCountMax() {
        int half = (slowCount - levelZeroCountMax) / 2;
        return Math.min(WAITING_SHARE * levelZeroCountMax, levelZeroCountMax + half);
    }

    /** Keeps the distance at which writers are slowed down. */
    public CompactionSettings withLevelZeroCountMax(int count) {
        return new CompactionSettings(
                count,
                segmentBytesMax,
                levelBytesBase,
                sizeRatio,
                bytesPerSecondMax,
                slowCount + count - levelZeroCountMax,
                stopCount + count - levelZeroCountMax);
    }

    public CompactionSettings withSegmentBytesMax(long bytes) {
        return new CompactionSettings(
                levelZeroCountMax,
                bytes,
                levelBytesBase,
                sizeRatio,
                bytesPerSecondMax,
                slowCount,
                stopCount);
    }

    /** Says how large the first level is, and how much larger each further one. */
    public CompactionSettings withLevels(long bytesBase, int ratio) {
        return new CompactionSettings(
                levelZeroCountMax,
                segmentBytesMax,
                bytesBase,
                ratio,
                bytesPerSecondMax,
                slowCount,
                stopCount);
    }

    public CompactionSettings withBytesPerSecondMax(long bytes) {
        return new CompactionSettings(
                levelZeroCountMax,
                segmentBytesMax,
                levelBytesBase,
                sizeRatio,
                bytes,
                slowCount,
                stopCount);
    }

    /** Says at how many flushed segments commits are delayed, and at how many they wait. */
    public CompactionSettings withBackPressure(int slow, int stop) {
        return new CompactionSettings(
                levelZeroCountMax,
                segmentBytesMax,
                levelBytesBase,
                sizeRatio,
                bytesPerSecondMax,
                slow,
                stop);
    }
}
