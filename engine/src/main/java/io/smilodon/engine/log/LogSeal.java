package io.smilodon.engine.log;

/**
 * How a finished log file must look.
 *
 * @param lastLsn its last frame
 * @param bytes where its last frame ends
 * @param rollingCrc the checksum over the checksums of its frames
 * @param lastMillis the time that commits had reached at its end; 0 if that is not known
 */
public record LogSeal(long lastLsn, long bytes, int rollingCrc, long lastMillis) {

    /** A seal that knows no time. */
    public LogSeal(long lastLsn, long bytes, int rollingCrc) {
        this(lastLsn, bytes, rollingCrc, 0);
    }
}
