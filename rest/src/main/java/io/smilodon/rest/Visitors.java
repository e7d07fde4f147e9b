package io.smilodon.rest;

import io.smilodon.database.ConnectionCounts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/** Sends away whose connection is one too many. Thread-safe. */
final class Visitors implements Connection.Listener {

    private final ConnectionCounts counts;

    /** Whence those have come that are counted: a closed connection no longer knows. */
    private final Map<Connection, InetAddress> counted = new ConcurrentHashMap<>();

    Visitors(ConnectionCounts counts) {
        this.counts = counts;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress from) {
            if (counts.opened(from.getAddress())) {
                counted.put(connection, from.getAddress());
            } else {
                connection.getEndPoint().close();
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Optional.ofNullable(counted.remove(connection)).ifPresent(counts::closed);
    }
}
