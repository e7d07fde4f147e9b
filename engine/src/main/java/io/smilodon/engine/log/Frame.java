package io.smilodon.engine.log;

/**
 * One frame as it was read.
 *
 * @param type what the payload is
 * @param stamp its number, which is dense within a database, and its time
 * @param payload the content
 * @param crc the frame's own checksum
 */
public record Frame(FrameType type, FrameStamp stamp, byte[] payload, int crc) {

    /** Bytes in front of the payload. */
    static final int HEADER_BYTES = 42;

    /** Bytes after the payload. */
    static final int TRAILER_BYTES = 4;

    /** A frame without payload. */
    static final int BYTES_MIN = HEADER_BYTES + TRAILER_BYTES;

    /** The largest payload; a larger batch takes several frames. */
    public static final int PAYLOAD_BYTES_MAX = 16 << 20;

    public long lsn() {
        return stamp.lsn();
    }

    public long durableLsn() {
        return stamp.durableLsn();
    }

    /** When its batch was committed. */
    public long millis() {
        return stamp.millis();
    }

    int bytes() {
        return HEADER_BYTES + payload.length + TRAILER_BYTES;
    }
}
