package io.smilodon.engine.log;

/**
 * How a finished log file must look.
 *
 * @param lastLsn its last frame
 * @param bytes where its last frame ends
 * @param rollingCrc the checksum over the checksums of its frames
 */
public record LogSeal(long lastLsn, long bytes, int rollingCrc) {}
