package io.smilodon.wire;

import io.smilodon.database.ConnectionCounts;
import java.time.Duration;

/**
 * What clients may cost the server, so that none takes it away from the others.
 *
 * @param messageGrace how long a message may take from its first byte on; longer only as long as it
 *     brings {@link #BYTES_PER_SECOND_MIN} of each second beyond that
 * @param roomWait how long a large message waits for memory before it is refused
 * @param stallMax how long a client may take nothing of an answer
 * @param memoryBytes memory that large messages and what is made of them may take together; a fifth
 *     as much is there for answers on their way
 * @param connectionsOfAddressMax connections of one other machine
 */
public record WireLimits(
        Duration messageGrace,
        Duration roomWait,
        Duration stallMax,
        long memoryBytes,
        int connectionsOfAddressMax) {

    /** What a client must send of a message that has begun long ago. */
    static final int BYTES_PER_SECOND_MIN = 64 << 10;

    /** Five eighths of the heap. */
    public static final WireLimits DEFAULTS =
            new WireLimits(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(60),
                    Runtime.getRuntime().maxMemory() / 8 * 5,
                    ConnectionCounts.OF_ADDRESS_MAX);

    public WireLimits {
        checkPositive("messageGrace", messageGrace);
        checkPositive("roomWait", roomWait);
        checkPositive("stallMax", stallMax);
        if (memoryBytes < 1 << 20) {
            throw new IllegalArgumentException("memoryBytes: " + memoryBytes);
        }
        if (connectionsOfAddressMax < 1) {
            throw new IllegalArgumentException(
                    "connectionsOfAddressMax: " + connectionsOfAddressMax);
        }
    }

    private static void checkPositive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + ": " + time);
        }
    }

    public WireLimits withMessageGrace(Duration time) {
        return new WireLimits(time, roomWait, stallMax, memoryBytes, connectionsOfAddressMax);
    }

    public WireLimits withRoomWait(Duration time) {
        return new WireLimits(messageGrace, time, stallMax, memoryBytes, connectionsOfAddressMax);
    }

    public WireLimits withStallMax(Duration time) {
        return new WireLimits(messageGrace, roomWait, time, memoryBytes, connectionsOfAddressMax);
    }

    public WireLimits withMemoryBytes(long most) {
        return new WireLimits(messageGrace, roomWait, stallMax, most, connectionsOfAddressMax);
    }

    public WireLimits withConnectionsOfAddressMax(int most) {
        return new WireLimits(messageGrace, roomWait, stallMax, memoryBytes, most);
    }

    /** Memory of the answers that are on their way. */
    long answerBytesMax() {
        return memoryBytes / 5;
    }
}
