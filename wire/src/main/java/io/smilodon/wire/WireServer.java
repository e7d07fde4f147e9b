package io.smilodon.wire;

import io.smilodon.database.ConnectionCounts;
import io.smilodon.database.Smilodon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A database for MongoDB's drivers and tools, by its wire protocol. One virtual thread per
 * connection. Thread-safe. Closing it lets running requests end; the database stays open.
 */
public final class WireServer implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(WireServer.class.getName());
    private static final Duration END_TIME = Duration.ofSeconds(5);

    /**
     * Clients that come at once; one beyond them tries again after a second, and then after more.
     */
    private static final int WAITING_MAX = 1024;

    /** How often it is asked whether somebody has to look after a client. */
    private static final long LOOK_MILLIS = 250;

    private final Smilodon smilodon;
    private final WireOptions options;
    private final Member member;
    private final House house;
    private final ConnectionCounts counts;
    private final List<ServerSocket> listeners;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<WireConnection, Thread> connections = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who is let in has started, or finds the server closed. */
    private final Lock admission = new ReentrantLock();

    private WireServer(Smilodon smilodon, WireOptions options, List<ServerSocket> listeners) {
        this.smilodon = smilodon;
        this.options = options;
        this.member = new Member(options, smilodon::clusterTime);
        this.house = House.of(options);
        this.counts =
                new ConnectionCounts(
                        options.connectionsMax(), options.limits().connectionsOfAddressMax());
        smilodon.traffic().limit(options.connectionsMax());
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Starts a server.
     *
     * @throws UncheckedIOException if it cannot listen on the port, of a {@link BindException} if
     *     another process does
     */
    public static WireServer start(Smilodon smilodon, WireOptions options) {
        WireServer server = new WireServer(smilodon, options, listen(options));
        for (ServerSocket listener : server.listeners) {
            Listener accepting = new Listener(listener, server::serve, server.closed);
            Thread.ofVirtual().name("wire-accept").start(accepting);
        }
        Thread.ofVirtual().name("wire-look").start(server::lookAfterClients);
        return server;
    }

    /** One port on every address; an address that the machine lacks is passed over. */
    private static List<ServerSocket> listen(WireOptions options) {
        List<ServerSocket> listeners = new ArrayList<>();
        int port = options.port();
        for (String address : options.addresses()) {
            try {
                ServerSocket listener = new ServerSocket();
                listeners.add(listener);
                InetAddress own = InetAddress.getByName(address);
                listener.bind(new InetSocketAddress(own, port), WAITING_MAX);
                port = listener.getLocalPort();
            } catch (IOException failure) {
                closeQuietly(listeners.removeLast());
                boolean isTaken = String.valueOf(failure.getMessage()).contains("in use");
                if (isTaken || listeners.isEmpty()) {
                    listeners.forEach(WireServer::closeQuietly);
                    throw new UncheckedIOException(failure);
                }
            }
        }
        return listeners;
    }

    private static void closeQuietly(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException failure) {
            LOGGER.log(Level.FINE, failure, () -> "a listener has not been closed");
        }
    }

    /** The port that it listens on. */
    public int port() {
        return listeners.getFirst().getLocalPort();
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return connections.size();
    }

    /** How much memory the answers have that are on their way. */
    long pendingBytes() {
        return SlowReaders.pendingBytes(connections.keySet());
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void lookAfterClients() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing that goes wrong with the clients of now keeps it from looking after others. */
    private void look() {
        try {
            connections.keySet().forEach(WireConnection::lookAfter);
            SlowReaders.relieve(connections.keySet(), house);
        } catch (RuntimeException | Error failure) {
            LOGGER.log(Level.SEVERE, failure, () -> "clients were not looked after");
        }
    }

    private void serve(Socket socket) throws IOException {
        InetAddress from = socket.getInetAddress();
        if (!counts.opened(from)) {
            socket.close();
            LOGGER.warning(() -> "a client was not let in: too many are connected");
            return;
        }
        boolean isServed = false;
        try {
            isServed = start(socket);
        } finally {
            if (!isServed) {
                counts.closed(from);
            }
        }
    }

    /** Returns whether the client is served: the server may have ended meanwhile. */
    private boolean start(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        WireConnection connection =
                new WireConnection(
                        new WireConnection.Peer(lastId.incrementAndGet(), socket),
                        smilodon,
                        member,
                        house);
        Thread thread =
                Thread.ofVirtual()
                        .name("wire-" + connection.client())
                        .unstarted(() -> run(connection, socket.getInetAddress()));
        admission.lock();
        try {
            if (isClosed()) {
                socket.close();
                return false;
            }
            start(connection, thread);
            return true;
        } finally {
            admission.unlock();
        }
    }

    private void start(WireConnection connection, Thread thread) {
        boolean isStarted = false;
        connections.put(connection, thread);
        smilodon.traffic().opened();
        try {
            thread.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                forget(connection);
            }
        }
    }

    private void forget(WireConnection connection) {
        connections.remove(connection);
        smilodon.traffic().closed();
    }

    private void run(WireConnection connection, InetAddress from) {
        try {
            connection.run();
        } finally {
            forget(connection);
            counts.closed(from);
        }
    }

    @Override
    public void close() {
        admission.lock();
        try {
            closed.countDown();
        } finally {
            admission.unlock();
        }
        listeners.forEach(WireServer::closeQuietly);
        end(WireConnection::endSoon);
        if (!haveEnded()) {
            connections.keySet().forEach(WireConnection::kill);
            end(WireConnection::endNow);
            haveEnded();
        }
    }

    /** A way to end a connection. */
    private interface Ending {
        void apply(WireConnection connection) throws IOException;
    }

    private void end(Ending ending) {
        for (WireConnection connection : connections.keySet()) {
            try {
                ending.apply(connection);
            } catch (IOException failure) {
                LOGGER.log(Level.FINE, failure, () -> "a connection has ended already");
            }
        }
    }

    /** Waits for all connections to end, but not for long. */
    private boolean haveEnded() {
        long last = System.nanoTime() + END_TIME.toNanos();
        for (Thread thread : connections.values()) {
            try {
                Duration left = Duration.ofNanos(Math.max(1, last - System.nanoTime()));
                if (!thread.join(left)) {
                    return false;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
