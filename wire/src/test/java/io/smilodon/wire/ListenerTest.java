package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How clients are let in, where the machine fails or the server ends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListenerTest {

    private static final long WAIT_SECONDS = 20;
    private static final int ROUNDS = Integer.getInteger("smilodon.wire.rounds", 30) / 3;

    /** Counts what is told, and keeps it from the console. */
    private static final class Told extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger(Listener.class.getName());
        private final AtomicInteger count = new AtomicInteger();

        Told() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord told) {
            count.incrementAndGet();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }

    /** A machine without files: some attempts fail before somebody comes. */
    private static final class Poor extends ServerSocket {

        private final AtomicInteger failuresLeft;

        Poor(int failures) throws IOException {
            failuresLeft = new AtomicInteger(failures);
        }

        @Override
        public Socket accept() throws IOException {
            if (failuresLeft.getAndDecrement() > 0) {
                throw new SocketException("Too many open files");
            }
            return new Socket();
        }
    }

    @Test
    void who_cannot_let_in_rests_and_seldom_tells() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        long before = System.nanoTime();
        try (Told told = new Told();
                ServerSocket poor = new Poor(3)) {
            Listener.Host host =
                    client -> {
                        client.close();
                        closed.countDown();
                        served.countDown();
                    };
            Thread.ofVirtual().start(new Listener(poor, host, closed));
            assertTrue(served.await(WAIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(1, told.count.get());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertTrue(millis >= 300, () -> "three rests took " + millis + " ms");
    }

    @Test
    void whom_nobody_can_serve_is_sent_away() throws Exception {
        List<Socket> clients = new ArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        try (Told told = new Told();
                ServerSocket door = new Poor(0)) {
            Listener.Host host =
                    client -> {
                        clients.add(client);
                        if (clients.size() > 1) {
                            closed.countDown();
                        }
                        throw new SocketException("it has gone already");
                    };
            new Listener(door, host, closed).run();
            assertEquals(1, told.count.get());
        }
        assertEquals(List.of(true, true), clients.stream().map(Socket::isClosed).toList());
    }

    /** Also where there is no memory for a client. */
    @Test
    void who_fails_with_an_error_lets_the_next_one_in() throws Exception {
        List<Socket> clients = new ArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        try (Told told = new Told();
                ServerSocket door = new Poor(0)) {
            Listener.Host host =
                    client -> {
                        clients.add(client);
                        if (clients.size() == 1) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        closed.countDown();
                    };
            new Listener(door, host, closed).run();
            assertEquals(1, told.count.get());
        }
        assertEquals(List.of(true, false), clients.stream().map(Socket::isClosed).toList());
    }

    /** Clients come from many sides at the moment of the end: none is served, none disturbs it. */
    @Test
    void who_comes_while_the_server_ends_is_sent_away() throws Exception {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            for (int round = 0; round < ROUNDS; round++) {
                WireServer server = WireServer.start(smilodon, WireOptions.DEFAULTS.withPort(0));
                int port = server.port();
                List<Thread> clients = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    clients.add(Thread.ofVirtual().start(() -> comeAgain(port)));
                }
                Await.until("somebody has come", () -> server.connectionCount() > 0);
                server.close();
                for (Thread client : clients) {
                    assertTrue(client.join(Duration.ofSeconds(WAIT_SECONDS)));
                }
                assertEquals(0, server.connectionCount());
            }
        }
    }

    private static void comeAgain(int port) {
        try {
            while (true) {
                new RawClient(port).close();
            }
        } catch (IOException closed) {
            assertTrue(port > 0);
        }
    }
}
