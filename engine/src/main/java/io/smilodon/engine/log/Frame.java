package io.smilodon.engine.log;

/**
 * One frame as it was read.
 *
 * @param type what the payload is
 * @param lsn the log sequence number; dense within a database
 * @param durableLsn the highest number known to be on disk when the frame was written
 * @param payload the content
 * @param crc the frame's own checksum
 */
public record Frame(FrameType type, long lsn, long durableLsn, byte[] payload, int crc) {

    /** Bytes in front of the payload. */
    static final int HEADER_BYTES = 34;

    /** Bytes after the payload. */
    static final int TRAILER_BYTES = 4;

    /** The largest payload; a larger batch takes several frames. */
    public static final int PAYLOAD_BYTES_MAX = 16 << 20;

    int bytes() {
        return HEADER_BYTES + payload.length + TRAILER_BYTES;
    }
}
