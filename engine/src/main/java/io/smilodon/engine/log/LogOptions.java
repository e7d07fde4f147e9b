package io.smilodon.engine.log;

/**
 * How the log is written. Times are nanoseconds.
 *
 * @param isSynced whether a commit waits until it is on disk
 * @param syncIntervalNanos how often the log is forced to disk when commits do not wait; {@code
 *     Long.MAX_VALUE} for never
 * @param markDelayNanos how long the log is idle before a frame says that its end is durable
 * @param fileBytesMax size at which a file is finished
 * @param framePayloadMax largest payload of one frame
 */
public record LogOptions(
        boolean isSynced,
        long syncIntervalNanos,
        long markDelayNanos,
        long fileBytesMax,
        int framePayloadMax) {

    private static final int PREALLOCATION_BYTES_MAX = 1 << 20;

    /** How many zeroes are written ahead at a time. */
    int preallocationBytes() {
        return (int) Math.min(fileBytesMax, PREALLOCATION_BYTES_MAX);
    }
}
