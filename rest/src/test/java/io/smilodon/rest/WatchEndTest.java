package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static io.smilodon.rest.UsersServer.basic;
import static io.smilodon.rest.UsersServer.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.login.Sessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watch goes on no longer than the login by which it began. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchEndTest {

    @TempDir private Path directory;

    private UsersServer server;

    @BeforeEach
    void start() throws IOException {
        server = new UsersServer(directory);
        server.user("ann", "read@cinema");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String session() {
        String request = "POST /api/v1/auth/login {'user': 'ann', 'password': 'pw of ann'}";
        return "Bearer " + ((StringValue) server.send("", request).get("token")).value();
    }

    private String signed() {
        return "Bearer "
                + JWT.create()
                        .withSubject("zoe")
                        .withClaim("roles", List.of("read@cinema"))
                        .withExpiresAt(server.now().plusSeconds(60))
                        .sign(Algorithm.HMAC256(UsersServer.SECRET));
    }

    private void insert() {
        server.smilodon().database("cinema").collection("movies").insertOne(doc("{}"));
    }

    /** How a login ends. */
    private enum End {
        LOGOUT,
        AGE,
        PASSWORD,
        EXPIRY
    }

    private void end(End end, String token) {
        switch (end) {
            case LOGOUT ->
                    assertEquals(204, server.send(token, "POST /api/v1/auth/logout").status());
            case AGE -> server.pass(Sessions.AGE_MAX.plusMillis(1));
            case PASSWORD -> server.change("ann", "'pwd': 'another'");
            case EXPIRY -> server.pass(Duration.ofSeconds(122));
        }
    }

    @ParameterizedTest
    @EnumSource
    void its_end_is_told_before_any_other_event(End end) {
        String token = end == End.EXPIRY ? signed() : session();
        try (Stream<String> lines =
                server.http().lines(MOVIES + "/watch", "Authorization", token)) {
            Iterator<String> told = lines.iterator();
            assertTrue(told.next().startsWith(": watching"));
            insert();
            while (!told.next().startsWith("data: ")) {
                // The event has a line for each of its parts.
            }
            end(end, token);
            insert();

            StringBuilder rest = new StringBuilder();
            told.forEachRemaining(rest::append);
            assertTrue(rest.toString().contains("event: error"), rest.toString());
            assertTrue(rest.toString().contains("\"code\":391"), rest.toString());
            assertFalse(rest.toString().contains("fullDocument"), rest.toString());
        }
    }

    @Test
    void a_socket_is_closed_with_the_reason() throws Exception {
        String token = session();
        CompletableFuture<String> closed = new CompletableFuture<>();
        URI address = URI.create("ws://localhost:" + server.server().port() + MOVIES + "/watch");
        HttpClient client = HttpClient.newHttpClient();
        client.newWebSocketBuilder()
                .header("Authorization", token)
                .buildAsync(
                        address,
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(
                                    WebSocket socket, int code, String reason) {
                                closed.complete(code + " " + reason);
                                return null;
                            }
                        })
                .join();
        end(End.LOGOUT, token);
        insert();

        assertEquals(
                "1008 391 ReauthenticationRequired: The login has ended by which this began",
                closed.get(30, TimeUnit.SECONDS));
        client.shutdownNow();
    }

    /** Who watches is not idle. */
    @Test
    void a_watch_uses_its_session() {
        String token = session();
        try (Stream<String> lines =
                server.http().lines(MOVIES + "/watch", "Authorization", token)) {
            Iterator<String> told = lines.iterator();
            assertTrue(told.next().startsWith(": watching"));
            for (int i = 0; i < 3; i++) {
                server.pass(Sessions.IDLE_MAX);
                insert();
                while (!told.next().startsWith("data: ")) {
                    // As above.
                }
            }
            assertEquals(Value.of("ann"), server.send(token, "GET /api/v1/auth/me").get("user"));
        }
    }

    @Test
    void one_by_a_password_goes_on() {
        try (Stream<String> lines =
                server.http().lines(MOVIES + "/watch", "Authorization", basic("ann"))) {
            Iterator<String> told = lines.iterator();
            assertTrue(told.next().startsWith(": watching"));
            server.pass(Sessions.AGE_MAX.multipliedBy(2));
            insert();
            while (!told.next().startsWith("data: ")) {
                // As above.
            }
        }
    }
}
