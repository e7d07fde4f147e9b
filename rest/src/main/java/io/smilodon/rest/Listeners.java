package io.smilodon.rest;

import io.javalin.config.JettyConfig;
import io.smilodon.database.ConnectionCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The sockets that a server listens on, bound before anything else starts, so that a port in use is
 * found at once and every address shares one port.
 */
final class Listeners {

    private static final int HEADER_BYTES_MAX = 16 << 10;
    private static final long IDLE_MILLIS_MAX = 30_000;

    private final List<ServerSocketChannel> channels;
    private final int port;
    private final Visitors visitors;

    private Listeners(List<ServerSocketChannel> channels, int port, Visitors visitors) {
        this.channels = List.copyOf(channels);
        this.port = port;
        this.visitors = visitors;
    }

    static Listeners open(RestOptions options) {
        List<ServerSocketChannel> channels = new ArrayList<>();
        int port = options.port();
        try {
            for (String address : options.addresses()) {
                try {
                    ServerSocketChannel channel = bind(address, port);
                    channels.add(channel);
                    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                } catch (SocketException | UnsupportedOperationException missing) {
                    refuseUnlessMissing(missing, port, channels);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConnectionCounts counts =
                new ConnectionCounts(options.connectionsMax(), options.connectionsOfAddressMax());
        return new Listeners(channels, port, new Visitors(counts));
    }

    private static ServerSocketChannel bind(String address, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** An address that this machine lacks is passed over if another one works. */
    private static void refuseUnlessMissing(
            Exception failure, int port, List<ServerSocketChannel> bound) throws IOException {
        boolean taken =
                failure instanceof BindException
                        && String.valueOf(failure.getMessage()).contains("in use");
        if (taken || bound.isEmpty()) {
            for (ServerSocketChannel channel : bound) {
                channel.close();
            }
            throw taken
                    ? new PortInUseException(port, failure)
                    : new IllegalArgumentException(
                            "cannot listen: " + failure.getMessage(), failure);
        }
    }

    int port() {
        return port;
    }

    void attach(JettyConfig jetty) {
        for (ServerSocketChannel channel : channels) {
            jetty.addConnector(
                    (server, configuration) -> connector(server, configuration, channel));
        }
    }

    private ServerConnector connector(
            Server server, HttpConfiguration configuration, ServerSocketChannel channel) {
        configuration.setRequestHeaderSize(HEADER_BYTES_MAX);
        configuration.setSendServerVersion(false);
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(IDLE_MILLIS_MAX);
        connector.addBean(visitors);
        try {
            connector.open(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }
}
