package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Admission;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than are served at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class CrowdTest {

    private static final String COMMAND = "/api/v1/dbs/cinema/command";

    private static boolean waitFor(CountDownLatch end) {
        try {
            end.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void who_is_one_too_many_is_told_to_come_again() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> others = new ArrayList<>();
        try (TestServer test = new TestServer()) {
            test.insertMovies(1);
            Admission admission = test.smilodon().admission();
            for (int i = 0; i < Admission.RUNNING_MAX + Admission.WAITING_MAX; i++) {
                others.add(Thread.ofVirtual().start(() -> admission.admit(() -> waitFor(end))));
            }
            Await.until("all wait", () -> admission.waitingCount() >= Admission.WAITING_MAX);
            Http.Answer refused = test.http().post(TestServer.MOVIES + "/find", "{}");
            assertEquals(429, refused.status(), refused.text());
            assertEquals("1", refused.header("Retry-After"));
            String count = "{\"count\":\"movies\"}";
            assertEquals(429, test.http().post(COMMAND, count).status());
            assertEquals(200, test.http().post(COMMAND, "{\"ping\":1}").status());
            assertEquals(Value.of(462), refused.get("code"));
            assertEquals(200, test.http().get("/health/ready").status(), "who looks after it");
            end.countDown();
            for (Thread other : others) {
                other.join();
            }
            assertEquals(200, test.http().post(TestServer.MOVIES + "/find", "{}").status());
        }
    }

    @Test
    void connections_beyond_those_that_there_may_be_are_closed() throws Exception {
        RestOptions options = RestOptions.DEFAULTS.withPort(0).withConnections(2, 200);
        try (Smilodon smilodon = Smilodon.inMemory();
                RestServer server = RestServer.start(smilodon, options);
                Socket first = connect(server)) {
            assertEquals('H', ask(first));
            try (Socket second = connect(server);
                    Socket third = connect(server)) {
                assertEquals('H', ask(second));
                assertEquals(-1, ask(third));
            }
            int answer = -1;
            while (answer < 0) { // until the server knows that the others have gone
                try (Socket again = connect(server)) {
                    answer = ask(again);
                }
            }
            assertEquals('H', answer);
        }
    }

    private static Socket connect(RestServer server) throws IOException {
        return new Socket("127.0.0.1", server.port());
    }

    /** The first byte of an answer; -1 if the server has ended the connection. */
    private static int ask(Socket socket) throws IOException {
        String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        } catch (SocketException ended) {
            return -1;
        }
    }
}
