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

    /** So far ahead most syncs need not write the file's length. */
    private static final int SYNCED_AHEAD_BYTES = 1 << 20;

    /** Enough for the system to give memory for several pages of the file at a time. */
    private static final int UNSYNCED_AHEAD_BYTES = 32 << 10;

    /** How many zeroes are written ahead at a time. */
    int preallocationBytes() {
        int most = forcing == Forcing.NOW ? SYNCED_AHEAD_BYTES : UNSYNCED_AHEAD_BYTES;
        return (int) Math.min(fileBytesMax, most);
    }
}
