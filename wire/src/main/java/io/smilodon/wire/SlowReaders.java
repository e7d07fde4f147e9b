package io.smilodon.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What becomes of clients whose answers fill the memory because they do not take them. */
final class SlowReaders {

    /** A client that takes something now and then is not slow. */
    private static final Duration STALL_MIN = Duration.ofSeconds(1);

    private SlowReaders() {}

    /** How much memory answers have that are on their way. */
    static long pendingBytes(Collection<WireConnection> connections) {
        return connections.stream().mapToLong(WireConnection::pendingBytes).sum();
    }

    /**
     * Sends clients away, first who has taken nothing for longest, until the others fit; into half
     * of the memory if others wait for some.
     */
    static void relieve(Collection<WireConnection> connections, House house) {
        long answersMax = house.limits().answerBytesMax();
        long bytesMax = house.answering().isAwaited() ? answersMax / 2 : answersMax;
        long pending = pendingBytes(connections);
        if (pending <= bytesMax) {
            return;
        }
        record Stalled(WireConnection connection, Duration time) {}
        List<Stalled> longestFirst =
                connections.stream()
                        .map(connection -> new Stalled(connection, connection.stalled()))
                        .filter(stalled -> stalled.time.compareTo(STALL_MIN) >= 0)
                        .sorted(Comparator.comparing(Stalled::time).reversed())
                        .toList();
        for (Stalled stalled : longestFirst) {
            if (pending > bytesMax) {
                pending -= stalled.connection.pendingBytes();
                stalled.connection.sendAway();
            }
        }
    }
}
