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

    /** Sends clients away, first who has taken nothing for longest, until the others fit. */
    static void relieve(Collection<WireConnection> connections, long bytesMax) {
        long pending = connections.stream().mapToLong(WireConnection::pendingBytes).sum();
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
