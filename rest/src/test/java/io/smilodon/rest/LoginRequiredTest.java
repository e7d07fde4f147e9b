package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that asks for logins: over HTTP there are none, so nothing is told but that it lives.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginRequiredTest {

    private static Smilodon smilodon;
    private static RestServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        smilodon = Smilodon.inMemory();
        RestOptions options = RestOptions.DEFAULTS.withPort(0).withLoginRequired();
        server = RestServer.start(smilodon, options);
        http = new Http(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
        smilodon.close();
    }

    @Test
    void every_route_but_those_of_health_is_refused() {
        for (Route route : server.routes()) {
            String path = route.path().replaceAll("[{<][^}>]*[}>]", "x");
            String body = route.method().equals("GET") ? "" : "{}";
            int status =
                    http.send(route.method(), path, body, "Content-Type", "application/json")
                            .status();
            if (path.startsWith("/health/")) {
                assertEquals(200, status, path);
            } else {
                assertEquals(401, status, route.method() + " " + path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/docs/ui/swagger-ui.css",
                "/health/../api/v1/dbs",
                "/health/%2e%2e/api/v1/dbs",
                "//health/live/../../api/v1/dbs",
                "/health/;/../../api/v1/dbs",
                "/health/..;/api/v1/dbs",
                "/HEALTH/live",
            })
    void paths_that_look_like_others_tell_nothing(String path) throws IOException {
        String status = statusOf("GET " + path + " HTTP/1.1\r\n");

        assertTrue(status.matches("HTTP/1.1 (400|401|404) .*"), status);
    }

    @Test
    void web_sockets_are_refused() throws IOException {
        int count = 0;
        for (Route route : server.routes()) {
            if (route.socket().isPresent()) {
                String path = route.path().replaceAll("[{<][^}>]*[}>]", "x");
                String status =
                        statusOf(
                                "GET "
                                        + path
                                        + " HTTP/1.1\r\nUpgrade: websocket\r\n"
                                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n");
                assertTrue(status.startsWith("HTTP/1.1 401"), status);
                count++;
            }
        }
        assertNotEquals(0, count);
    }

    /** The first line of the answer to bytes as they are. */
    private static String statusOf(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port());
                OutputStream output = socket.getOutputStream()) {
            boolean upgrades = request.contains("Upgrade:");
            String rest =
                    "Host: localhost:%d\r\nConnection: %s\r\n\r\n"
                            .formatted(server.port(), upgrades ? "Upgrade" : "close");
            output.write((request + rest).getBytes(StandardCharsets.US_ASCII));
            output.flush();
            byte[] start = socket.getInputStream().readNBytes(40);
            return new String(start, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        }
    }
}
