package io.smilodon.engine.value;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A 12-byte identifier: seconds since 1970, five random bytes of the process, a counter. Source:
 * the BSON ObjectID specification.
 *
 * @param seconds unsigned seconds since 1970
 * @param random the first four bytes after the seconds
 * @param counter the last four bytes: one of randomness, three of counter
 */
public record ObjectId(int seconds, int random, int counter) implements Value {

    private static final int BYTES = 12;
    private static final int PROCESS_RANDOM;
    private static final int PROCESS_RANDOM_LAST;
    private static final AtomicInteger COUNTER;

    static {
        SecureRandom source = new SecureRandom();
        PROCESS_RANDOM = source.nextInt();
        PROCESS_RANDOM_LAST = source.nextInt() << 24;
        COUNTER = new AtomicInteger(source.nextInt());
    }

    /**
     * A new identifier, larger than those this process made before it (until the counter wraps).
     */
    public static ObjectId next() {
        int count = COUNTER.getAndIncrement() & 0xFFFFFF;
        int now = (int) Instant.now().getEpochSecond();
        return new ObjectId(now, PROCESS_RANDOM, PROCESS_RANDOM_LAST | count);
    }

    /** Whether the text is 24 hexadecimal digits. */
    public static boolean isHex(String text) {
        return text.length() == 2 * BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /**
     * Reads 24 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ObjectId ofHex(String hex) {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("not 24 hexadecimal digits");
        }
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    /**
     * Reads 12 bytes, big-endian.
     *
     * @throws IllegalArgumentException if the bytes are more or less
     */
    public static ObjectId ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("not 12 bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ObjectId(buffer.getInt(), buffer.getInt(), buffer.getInt());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putInt(seconds).putInt(random).putInt(counter).array();
    }

    public String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public ValueType type() {
        return ValueType.OBJECT_ID;
    }

    @Override
    public String toString() {
        return toHex();
    }
}
