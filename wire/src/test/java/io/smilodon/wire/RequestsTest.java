package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a client, where the connection ends meanwhile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(20)
class RequestsTest {

    /** Nobody who waits for its turn waits for ever. */
    @Test
    void a_connection_closed_during_a_wait_lets_others_have_their_turn() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket far = new Socket(door.getInetAddress(), door.getLocalPort())) {
            Socket near = door.accept();
            Requests requests =
                    new Requests(
                            near, WireLimits.DEFAULTS, new Room(1 << 20, Duration.ofSeconds(1)));
            CountDownLatch waits = new CountDownLatch(1);
            Thread waiting =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        waits.countDown();
                                        waitFor(requests);
                                    });
            waits.await();
            Await.until("it reads", () -> near.getSoTimeout() != 0);
            near.close();
            assertTrue(waiting.join(Duration.ofSeconds(10)));
            assertTrue(requests.haveEnded());
            assertTrue(far.isConnected());
        }
    }

    private static void waitFor(Requests requests) {
        try {
            requests.within(100_000);
        } catch (IOException closed) {
            assertTrue(closed.getMessage().length() > 3);
        }
    }
}
