package io.smilodon.engine.log;

/**
 * How the log is written. Times are nanoseconds.
 *
 * @param forcing when the log is forced to disk for a commit that asks for nothing more
 * @param syncIntervalNanos what {@link Forcing#SOON} means
 * @param markDelayNanos how long the log is idle before a frame says that its end is durable
 * @param fileBytesMax size at which a file is finished
 * @param fileNanosMax time after which a file that has commits is finished; {@code Long.MAX_VALUE}
 *     for never
 * @param framePayloadMax largest payload of one frame
 * @param isAligned whether frames that are synced are filled up to a page
 */
public record LogOptions(
        Forcing forcing,
        long syncIntervalNanos,
        long markDelayNanos,
        long fileBytesMax,
        long fileNanosMax,
        int framePayloadMax,
        boolean isAligned) {

    private static final int PREALLOCATION_BYTES_MAX = 1 << 20;

    /** How many zeroes are written ahead at a time: only syncs are the faster for it. */
    int preallocationBytes() {
        return forcing == Forcing.NOW ? (int) Math.min(fileBytesMax, PREALLOCATION_BYTES_MAX) : 0;
    }
}
