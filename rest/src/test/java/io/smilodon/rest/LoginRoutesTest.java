package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static io.smilodon.rest.UsersServer.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to log in over HTTP, and how. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginRoutesTest {

    private static final String AUTH = "/api/v1/auth/";

    @TempDir private Path directory;

    private UsersServer server;

    @BeforeEach
    void start() throws IOException {
        server = new UsersServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(String name) {
        String body = "{'user': '%s', 'password': 'pw of %s'}".formatted(name, name);
        Http.Answer answer = server.send("", "POST " + AUTH + "login " + body);
        assertEquals(200, answer.status(), answer.text());
        return "Bearer " + ((StringValue) answer.get("token")).value();
    }

    // ---- Who has to log in

    @Test
    void strangers_get_nothing_from_any_route_that_does_not_say_so() {
        int closed = 0;
        for (Route route : server.server().routes()) {
            String path = route.path().replaceAll("[{<][^}>]*[}>]", "x");
            Http.Answer answer = server.send("", route.method() + " " + path);
            if (route.demand() == Demand.NOTHING) {
                assertNotEquals("Authentication required", titleOf(answer), path);
            } else {
                assertEquals(401, answer.status(), path);
                assertEquals(Value.of(13), answer.get("code"));
                assertTrue(
                        answer.header("WWW-Authenticate").startsWith("Basic realm=\"smilodon\""));
                closed++;
            }
        }
        assertTrue(closed > 60, "only " + closed);
    }

    private static String titleOf(Http.Answer answer) {
        return answer.text().startsWith("{") && answer.json().has("title")
                ? ((StringValue) answer.get("title")).value()
                : "";
    }

    @Test
    void every_route_says_what_it_demands() {
        for (Route route : server.server().routes()) {
            assertNotEquals(Demand.EVERYTHING, route.demand(), route.method() + " " + route.path());
        }
        Actions.TABLE.names().forEach(name -> assertTrue(ActionDemand.knows(name), name));
    }

    @Test
    void where_nobody_has_to_log_in_everybody_is_answered() {
        try (TestServer open = new TestServer()) {
            assertEquals(200, open.http().get(AUTH + "me").status());
            assertEquals("{\"roles\":[]}", open.http().get(AUTH + "me").text());
            assertEquals(200, open.http().get("/api/v1/dbs", "Authorization", "Basic x").status());
            String login = "{\"user\": \"ann\", \"password\": \"x\"}";
            assertEquals(400, open.http().post(AUTH + "login", login).status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/health/../api/v1/dbs",
                "/health/%2e%2e/api/v1/dbs",
                "//health/live/../../api/v1/dbs",
                "/health/;/../../api/v1/dbs",
                "/health/..;/api/v1/dbs",
                "/docs/ui/../../api/v1/dbs",
                "/HEALTH/live",
                "/API/v1/dbs",
            })
    void paths_that_look_like_others_tell_nothing(String path) throws IOException {
        String status = statusOf("GET " + path + " HTTP/1.1\r\n");

        assertTrue(status.matches("HTTP/1.1 (400|401|404) .*"), status);
    }

    @Test
    void web_sockets_need_a_login_too() throws IOException {
        server.user("ann", "read@cinema");
        String upgrade =
                " HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n";
        int count = 0;
        for (Route route : server.server().routes()) {
            if (route.socket().isPresent()) {
                String path = route.path().replace("{db}", "cinema").replace("{collection}", "x");
                path = path.replace("{uri}", "none");
                assertTrue(statusOf("GET " + path + upgrade).startsWith("HTTP/1.1 401"), path);
                String login = "Authorization: " + basic("ann") + "\r\n";
                String expected = path.equals("/api/v1/watch") ? "HTTP/1.1 403" : "HTTP/1.1 101";
                String status = statusOf("GET " + path + upgrade + login);
                assertTrue(status.startsWith(expected), path + ": " + status);
                count++;
            }
        }
        assertNotEquals(0, count);
    }

    /** The first line of the answer to bytes as they are. */
    private String statusOf(String request) throws IOException {
        int port = server.server().port();
        try (Socket socket = new Socket("127.0.0.1", port);
                OutputStream output = socket.getOutputStream()) {
            boolean upgrades = request.contains("Upgrade:");
            String rest =
                    "Host: localhost:%d\r\nConnection: %s\r\n\r\n"
                            .formatted(port, upgrades ? "Upgrade" : "close");
            output.write((request + rest).getBytes(StandardCharsets.US_ASCII));
            output.flush();
            byte[] start = socket.getInputStream().readNBytes(40);
            return new String(start, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        }
    }

    // ---- Passwords and tokens

    @Test
    void a_password_may_come_with_each_request() {
        server.user("ann", "read@cinema");
        String list = "GET " + MOVIES + "/documents";
        assertEquals(200, server.send(basic("ann"), list).status());
        assertEquals(200, server.send(basic("ann").replace("Basic", "basic"), list).status());
        assertEquals(401, server.send(basic("ann", "wrong"), list).status());
        assertEquals(401, server.send(basic("bob"), list).status());
        for (String broken : List.of("Basic", "Basic !", "Basic YW5u", "Bearer", "Digest x", "x")) {
            assertEquals(401, server.send(broken, list).status(), broken);
        }
    }

    @Test
    void a_token_stands_for_the_login_until_its_user_logs_out() {
        server.user("ann", "read@cinema");
        String token = token("ann");
        Http.Answer me = server.send(token, "GET " + AUTH + "me");
        assertEquals(
                "{\"user\":\"ann\",\"db\":\"admin\",\"roles\":[{\"role\":\"read\",\"db\":\"cinema\"}]}",
                me.text());
        assertEquals(200, server.send(token, "GET " + MOVIES + "/documents").status());
        assertEquals(204, server.send(token, "POST " + AUTH + "logout").status());
        assertEquals(401, server.send(token, "GET " + AUTH + "me").status());
        assertEquals(204, server.send(token, "POST " + AUTH + "logout").status());
        assertEquals(401, server.send("Bearer x", "GET " + AUTH + "me").status());
    }

    @Test
    void users_of_other_databases_log_in_by_naming_them() {
        server.users()
                .create(
                        new UserName("ann", "cinema"),
                        UsersServer.credentials("own"),
                        List.of(new RoleName("read", "cinema")));
        String body = "{'user': 'ann', 'password': 'own'%s}";
        assertEquals(401, server.send("", "POST " + AUTH + "login " + body.formatted("")).status());
        assertEquals(
                200,
                server.send("", "POST " + AUTH + "login " + body.formatted(", 'db': 'cinema'"))
                        .status());
        assertEquals(400, server.send("", "POST " + AUTH + "login {'user': 'ann'}").status());
    }

    @Test
    void what_becomes_of_a_user_counts_from_the_next_request_on() {
        server.user("ann", "read@cinema");
        String token = token("ann");
        String list = "GET " + MOVIES + "/documents";
        assertEquals(200, server.send(token, list).status());
        server.change("ann", "'roles': []");
        assertEquals(403, server.send(token, list).status());
        server.change("ann", "'roles': [{'role': 'read', 'db': 'cinema'}]");
        assertEquals(200, server.send(token, list).status());
        server.change("ann", "'pwd': 'another'");
        assertEquals(401, server.send(token, list).status());
        assertEquals(401, server.send(basic("ann"), list).status());
        assertEquals(200, server.send(basic("ann", "another"), list).status());
        server.command("{'dropUser': 'ann'}");
        assertEquals(401, server.send(basic("ann", "another"), list).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "first"})
    void of_strangers_little_is_read(String route) throws IOException {
        String large = "'user': 'ann', 'token': 'x', 'password': '" + "x".repeat(16 << 10) + "'";
        Http.Answer answer = server.send("", "POST " + AUTH + route + " {" + large + "}");
        assertEquals(413, answer.status());
        assertEquals(Value.of(10334), answer.get("code"));

        String claim = "Content-Type: application/json\r\nContent-Length: 40000000\r\n";
        String status = statusOf("POST " + AUTH + route + " HTTP/1.1\r\n" + claim);
        assertTrue(status.startsWith("HTTP/1.1 413"), status); // without waiting for the rest
    }

    /** A client that sends all of its body first can read the answer then. */
    @ParameterizedTest
    @CsvSource({
        "/api/v1/auth/login, localhost, application/json, 413",
        "/api/v1/dbs/cinema/command, localhost, application/json, 401",
        "/api/v1/dbs/cinema/command, localhost, text/plain, 415",
        "/api/v1/dbs/cinema/command, elsewhere, application/json, 421",
    })
    void who_is_refused_is_told_why(String path, String host, String type, String status)
            throws IOException {
        byte[] body = new byte[1 << 20];
        String head =
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, host, server.server().port(), type, body.length);
        try (Socket socket = new Socket("127.0.0.1", server.server().port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            byte[] start = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 " + status, new String(start, StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTH + "login", "/api/v1/dbs/cinema/command"})
    void bodies_that_are_cut_off_are_no_bugs(String path) throws IOException {
        server.user("ann", "read@cinema");
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(RestServer.class.getName());
        logger.setFilter(logged::add);
        try (Socket socket = new Socket("127.0.0.1", server.server().port())) {
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: %s\r\n"
                            .formatted(path, server.server().port(), basic("ann"));
            String rest = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
            socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } finally {
            logger.setFilter(null);
        }
        assertEquals(List.of(), logged);
    }

    @Test
    void guessing_is_slow() {
        server.user("ann", "read@cinema");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, server.send(basic("ann", "x" + i), "GET " + AUTH + "me").status());
        }
        Http.Answer answer = server.send(basic("ann"), "GET " + AUTH + "me");
        assertEquals(429, answer.status());
        assertEquals("12", answer.header("Retry-After"));
    }

    // ---- The first user, and users of others

    @Test
    void the_first_user_is_made_by_a_token_that_only_the_owner_can_read() throws IOException {
        Path file = directory.resolve("first");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String request =
                "POST " + AUTH + "first {'token': '%s', 'user': 'ann', 'password': 'pw of ann'}";
        assertEquals(401, server.send("", request.formatted("x")).status());
        String token = Files.readString(file).strip();
        assertEquals(201, server.send("", request.formatted(token)).status());
        assertFalse(Files.exists(file));
        assertEquals(401, server.send("", request.formatted(token)).status());
        assertEquals(200, server.send(basic("ann"), "GET /api/v1/status").status());
    }

    @Test
    void signed_tokens_say_who_somebody_is_and_what_it_may_do() {
        String token =
                "Bearer "
                        + JWT.create()
                                .withSubject("zoe")
                                .withClaim("roles", List.of("read@cinema"))
                                .withExpiresAt(Instant.now().plusSeconds(60))
                                .sign(Algorithm.HMAC256(UsersServer.SECRET));
        assertEquals(200, server.send(token, "GET " + MOVIES + "/documents").status());
        assertEquals(403, server.send(token, "POST " + MOVIES + "/documents {}").status());
        assertEquals(
                "{\"user\":\"zoe\",\"db\":\"$external\",\"roles\":[{\"role\":\"read\",\"db\":\"cinema\"}]}",
                server.send(token, "GET " + AUTH + "me").text());
        assertEquals(401, server.send(token + "x", "GET " + MOVIES + "/documents").status());
    }
}
