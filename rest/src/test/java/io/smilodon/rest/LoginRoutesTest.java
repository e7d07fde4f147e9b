package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Actions;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.login.JwtOptions;
import io.smilodon.rest.login.LoginOptions;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to log in, how, and what users may do over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginRoutesTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String AUTH = "/api/v1/auth/";

    @TempDir private Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), SECRET);
        LoginOptions login =
                LoginOptions.DEFAULTS
                        .withJwt(JwtOptions.of(keys))
                        .withFirstTokenFile(directory.resolve("first"));
        Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withClock(standing);
        server = new TestServer(Smilodon.inMemory(options), RestOptions.DEFAULTS.withLogin(login));
        server.smilodon()
                .database("cinema")
                .collection("movies")
                .insertMany(
                        List.of(doc("{\"_id\": 1}"), doc("{\"_id\": 2}"), doc("{\"_id\": 3}")),
                        true);
        server.smilodon().database("other").collection("secrets").insertOne(doc("{\"_id\": 1}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Document doc(String json) {
        return ExtendedJson.readDocument(json);
    }

    private Users users() {
        return server.smilodon().users();
    }

    private static Document credentials(String password) {
        ScramMechanism mechanism = ScramMechanism.SHA_256;
        return Document.of(
                mechanism.label(),
                ScramCredentials.of(mechanism, password, ScramCredentials.ITERATIONS_MIN)
                        .toDocument());
    }

    private void user(String name, String... roles) {
        List<RoleName> granted = new ArrayList<>();
        for (String role : roles) {
            granted.add(new RoleName(role.split("@")[0], role.split("@")[1]));
        }
        users().create(new UserName(name, "admin"), credentials("pw of " + name), granted);
    }

    private static String basic(String name) {
        return basic(name, "pw of " + name);
    }

    private static String basic(String name, String password) {
        byte[] bytes = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private Http.Answer send(String authorization, String request) {
        String[] parts = request.split(" ", 3);
        String body = parts.length > 2 ? parts[2].replace('\'', '"') : "";
        List<String> headers = new ArrayList<>();
        if (!authorization.isEmpty()) {
            headers.addAll(List.of("Authorization", authorization));
        }
        if (!body.isEmpty()) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        return server.http().send(parts[0], parts[1], body, headers.toArray(String[]::new));
    }

    private String token(String name) {
        String body = "{'user': '%s', 'password': 'pw of %s'}".formatted(name, name);
        Http.Answer answer = send("", "POST " + AUTH + "login " + body);
        assertEquals(200, answer.status(), answer.text());
        return "Bearer " + ((StringValue) answer.get("token")).value();
    }

    // ---- Who has to log in

    @Test
    void strangers_get_nothing_from_any_route_that_does_not_say_so() {
        int closed = 0;
        for (Route route : server.server().routes()) {
            String path = route.path().replaceAll("[{<][^}>]*[}>]", "x");
            Http.Answer answer = send("", route.method() + " " + path);
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
        user("ann", "read@cinema");
        String upgrade =
                " HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n";
        int count = 0;
        for (Route route : server.server().routes()) {
            if (route.socket().isPresent()) {
                String path = route.path().replace("{db}", "cinema").replace("{collection}", "x");
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
        user("ann", "read@cinema");
        String list = "GET " + MOVIES + "/documents";
        assertEquals(200, send(basic("ann"), list).status());
        assertEquals(200, send(basic("ann").replace("Basic", "basic"), list).status());
        assertEquals(401, send(basic("ann", "wrong"), list).status());
        assertEquals(401, send(basic("bob"), list).status());
        for (String broken : List.of("Basic", "Basic !", "Basic YW5u", "Bearer", "Digest x", "x")) {
            assertEquals(401, send(broken, list).status(), broken);
        }
    }

    @Test
    void a_token_stands_for_the_login_until_its_user_logs_out() {
        user("ann", "read@cinema");
        String token = token("ann");
        Http.Answer me = send(token, "GET " + AUTH + "me");
        assertEquals(
                "{\"user\":\"ann\",\"db\":\"admin\",\"roles\":[{\"role\":\"read\",\"db\":\"cinema\"}]}",
                me.text());
        assertEquals(200, send(token, "GET " + MOVIES + "/documents").status());
        assertEquals(204, send(token, "POST " + AUTH + "logout").status());
        assertEquals(401, send(token, "GET " + AUTH + "me").status());
        assertEquals(204, send(token, "POST " + AUTH + "logout").status());
        assertEquals(401, send("Bearer x", "GET " + AUTH + "me").status());
    }

    @Test
    void users_of_other_databases_log_in_by_naming_them() {
        users().create(
                        new UserName("ann", "cinema"),
                        credentials("own"),
                        List.of(new RoleName("read", "cinema")));
        String body = "{'user': 'ann', 'password': 'own'%s}";
        assertEquals(401, send("", "POST " + AUTH + "login " + body.formatted("")).status());
        assertEquals(
                200,
                send("", "POST " + AUTH + "login " + body.formatted(", 'db': 'cinema'")).status());
        assertEquals(400, send("", "POST " + AUTH + "login {'user': 'ann'}").status());
    }

    @Test
    void what_becomes_of_a_user_counts_from_the_next_request_on() {
        user("ann", "read@cinema");
        String token = token("ann");
        String list = "GET " + MOVIES + "/documents";
        assertEquals(200, send(token, list).status());
        change("ann", "'roles': []");
        assertEquals(403, send(token, list).status());
        change("ann", "'roles': [{'role': 'read', 'db': 'cinema'}]");
        assertEquals(200, send(token, list).status());
        change("ann", "'pwd': 'another'");
        assertEquals(401, send(token, list).status());
        assertEquals(401, send(basic("ann"), list).status());
        assertEquals(200, send(basic("ann", "another"), list).status());
        command("{'dropUser': 'ann'}");
        assertEquals(401, send(basic("ann", "another"), list).status());
    }

    private void change(String name, String change) {
        command("{'updateUser': '%s', %s}".formatted(name, change));
    }

    private void command(String command) {
        Document answer =
                Commands.run(
                        CommandContext.of(server.smilodon(), "admin"),
                        doc(command.replace('\'', '"')));
        assertEquals(Value.of(1.0), answer.get("ok"), answer.toString());
    }

    @Test
    void guessing_is_slow() {
        user("ann", "read@cinema");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, send(basic("ann", "x" + i), "GET " + AUTH + "me").status());
        }
        Http.Answer answer = send(basic("ann"), "GET " + AUTH + "me");
        assertEquals(429, answer.status());
        assertEquals("12", answer.header("Retry-After"));
    }

    // ---- Roles

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | 200 | GET /api/v1/dbs/cinema/collections/movies/documents",
                "200 | 200 | GET /api/v1/dbs/cinema/collections/movies/documents/int:1",
                "403 | 403 | GET /api/v1/dbs/other/collections/secrets/documents",
                "403 | 201 | POST /api/v1/dbs/cinema/collections/movies/documents {'_id': 9}",
                "403 | 200 | PUT /api/v1/dbs/cinema/collections/movies/documents/int:1 {'a': 1}",
                "403 | 200 | PATCH /api/v1/dbs/cinema/collections/movies/documents/int:1 {'$set':{'a':1}}",
                "403 | 204 | DELETE /api/v1/dbs/cinema/collections/movies/documents/int:1",
                "200 | 200 | POST /api/v1/dbs/cinema/collections/movies/find {}",
                "200 | 200 | POST /api/v1/dbs/cinema/collections/movies/count {}",
                "200 | 200 | POST /api/v1/dbs/cinema/collections/movies/explain {}",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/updateOne {'filter': {}, 'update': {'$set': {'a': 1}}}",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/deleteMany {'filter': {}}",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/findOneAndDelete {'filter': {}}",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/bulkWrite {'operations': [{'insertOne': {'document': {}}}]}",
                "200 | 200 | POST /api/v1/dbs/cinema/collections/movies/aggregate {'pipeline': []}",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/aggregate {'pipeline': [{'$out': 'copy'}]}",
                "403 | 403 | POST /api/v1/dbs/cinema/collections/movies/aggregate {'pipeline': [{'$merge': {'into': {'db': 'other', 'coll': 'secrets'}}}]}",
                "403 | 403 | POST /api/v1/dbs/cinema/collections/movies/aggregate {'pipeline': [{'$out': {'db': 'other', 'coll': 'secrets'}}]}",
                "403 | 201 | POST /api/v1/action/insertOne {'database': 'cinema', 'collection': 'movies', 'document': {}}",
                "403 | 403 | POST /api/v1/action/findOne {'database': 'other', 'collection': 'secrets', 'filter': {}}",
                "200 | 200 | GET /api/v1/dbs/cinema/collections",
                "403 | 403 | GET /api/v1/dbs/other/collections",
                "403 | 201 | PUT /api/v1/dbs/cinema/collections/made",
                "403 | 403 | PUT /api/v1/dbs/other/collections/made",
                "403 | 204 | DELETE /api/v1/dbs/cinema/collections/movies",
                "403 | 403 | DELETE /api/v1/dbs/cinema",
                "403 | 201 | POST /api/v1/dbs/cinema/collections/movies/indexes {'key': {'a': 1}}",
                "200 | 200 | GET /api/v1/dbs/cinema/collections/movies/indexes",
                "200 | 200 | GET /api/v1/dbs/cinema/collections/movies/export",
                "403 | 403 | GET /api/v1/dbs/other/collections/secrets/export",
                "403 | 200 | POST /api/v1/dbs/cinema/collections/movies/import {'_id': 7}",
                "403 | 403 | POST /api/v1/dbs/other/collections/secrets/import {'_id': 7}",
                "403 | 403 | GET /metrics",
                "403 | 403 | GET /api/v1/status",
                "403 | 403 | POST /api/v1/admin/checkpoint",
                "403 | 403 | POST /api/v1/admin/compact",
                "403 | 403 | POST /api/v1/admin/verify",
                "403 | 403 | POST /api/v1/admin/backup {'target': 'x'}",
                "403 | 403 | POST /api/v1/samples/places {'db': 'other'}",
                "403 | 403 | GET /api/v1/buckets",
                "403 | 403 | GET /api/v1/buckets/photos",
                "403 | 403 | PUT /api/v1/buckets/photos/x {}",
                "403 | 403 | GET /api/v1/watch",
                "403 | 403 | GET /api/v1/dbs/other/watch",
                "200 | 200 | POST /api/v1/dbs/cinema/graphql {'query': '{ movies { _id } }'}",
                "403 | 403 | POST /api/v1/dbs/other/graphql {'query': '{ secrets { _id } }'}",
                "403 | 403 | GET /api/v1/dbs/other/graphql",
                "404 | 404 | GET /api/v1/dbs/cinema/graphql/none",
                "403 | 403 | GET /api/v1/dbs/other/graphql/none",
                "403 | 404 | DELETE /api/v1/dbs/cinema/graphql/none",
                "200 | 200 | GET /api/v1/ops",
                "404 | 404 | DELETE /api/v1/ops/1",
                "200 | 200 | GET /",
            })
    void roles_say_what_users_may_do(int reader, int writer, String request) {
        user("ann", "read@cinema");
        user("bob", "readWrite@cinema");
        assertAnswer(reader, send(basic("ann"), request));
        assertAnswer(writer, send(basic("bob"), request));
    }

    private static void assertAnswer(int status, Http.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        if (status == 403) {
            assertEquals(Value.of(13), answer.get("code"));
            assertEquals(Value.of("Unauthorized"), answer.get("codeName"));
        }
    }

    @Test
    void commands_are_answered_as_a_driver_would_see_it() {
        user("ann", "read@cinema");
        String path = "POST /api/v1/dbs/%s/command ";
        Http.Answer found = send(basic("ann"), path.formatted("cinema") + "{'find': 'movies'}");
        assertEquals(Value.of(1.0), found.get("ok"));
        Http.Answer other = send(basic("ann"), path.formatted("other") + "{'find': 'secrets'}");
        assertEquals(Value.of(13), other.get("code"));
        assertEquals(
                Value.of(13),
                send(
                                basic("ann"),
                                path.formatted("cinema")
                                        + "{'insert': 'movies', 'documents': [{}]}")
                        .get("code"));
    }

    /** A definition may reach other databases, and whoever asks by it needs what it reads. */
    @Test
    void graphql_needs_what_its_finds_and_mutations_need() {
        user("ann", "read@cinema");
        user("eve", "root@admin");
        String insert = "{'query': 'mutation { movies_insertOne(document: {_id: 9}) }'}";
        String refused = send(basic("ann"), "POST /api/v1/dbs/cinema/graphql " + insert).text();
        assertTrue(refused.contains("\"code\":13"), refused);
        String definition =
                "{'schema': 'type Query { all: [Secret] } type Secret { id: String }', 'mappings':"
                        + " {'Query': {'all': {'db': 'other', 'collection': 'secrets', 'find': {}}},"
                        + " 'Secret': {'id': '_id'}}}";
        String app = "/api/v1/dbs/cinema/graphql/peek";
        assertEquals(403, send(basic("ann"), "PUT " + app + " " + definition).status());
        assertEquals(200, send(basic("eve"), "PUT " + app + " " + definition).status());
        String ask = "POST " + app + " {'query': '{ all { id } }'}";
        assertTrue(
                send(basic("eve"), ask).text().contains("\"1\""), send(basic("eve"), ask).text());
        String answer = send(basic("ann"), ask).text();
        assertTrue(answer.contains("\"code\":13"), answer);
        assertFalse(answer.contains("\"1\""), answer);
    }

    @Test
    void only_what_may_be_seen_is_listed() {
        user("ann", "read@cinema");
        String databases = send(basic("ann"), "GET /api/v1/dbs").text();
        assertTrue(databases.contains("cinema"), databases);
        assertFalse(databases.contains("other"), databases);
        String page = send(basic("ann"), "GET /").text();
        assertTrue(page.contains("cinema"));
        assertFalse(page.contains(">other<"));
        user("eve", "clusterMonitor@admin");
        assertTrue(send(basic("eve"), "GET /api/v1/dbs").text().contains("other"));
        assertEquals(200, send(basic("eve"), "GET /metrics").status());
    }

    @Test
    void a_cursor_is_read_on_by_who_opened_it_and_may_still() {
        user("ann", "read@cinema");
        user("bob", "root@admin");
        String find = "POST " + MOVIES + "/find {'batchSize': 1}";
        Document cursor = (Document) send(basic("ann"), find).get("cursor");
        String next = "POST /api/v1/cursors/" + ((StringValue) cursor.get("id")).value() + "/next";
        assertEquals(403, send(basic("bob"), next + " {'batchSize': 1}").status());
        assertEquals(200, send(basic("ann"), next + " {'batchSize': 1}").status());
        change("ann", "'roles': []");
        assertEquals(403, send(basic("ann"), next + " {'batchSize': 1}").status());
    }

    // ---- The first user, and users of others

    @Test
    void the_first_user_is_made_by_a_token_that_only_the_owner_can_read() throws IOException {
        Path file = directory.resolve("first");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String request =
                "POST " + AUTH + "first {'token': '%s', 'user': 'ann', 'password': 'pw of ann'}";
        assertEquals(401, send("", request.formatted("x")).status());
        String token = Files.readString(file).strip();
        assertEquals(201, send("", request.formatted(token)).status());
        assertFalse(Files.exists(file));
        assertEquals(401, send("", request.formatted(token)).status());
        assertEquals(200, send(basic("ann"), "GET /api/v1/status").status());
    }

    @Test
    void signed_tokens_say_who_somebody_is_and_what_it_may_do() {
        String token =
                "Bearer "
                        + JWT.create()
                                .withSubject("zoe")
                                .withClaim("roles", List.of("read@cinema"))
                                .withExpiresAt(Instant.now().plusSeconds(60))
                                .sign(Algorithm.HMAC256(SECRET));
        assertEquals(200, send(token, "GET " + MOVIES + "/documents").status());
        assertEquals(403, send(token, "POST " + MOVIES + "/documents {}").status());
        assertEquals(
                "{\"user\":\"zoe\",\"db\":\"$external\",\"roles\":[{\"role\":\"read\",\"db\":\"cinema\"}]}",
                send(token, "GET " + AUTH + "me").text());
        assertEquals(401, send(token + "x", "GET " + MOVIES + "/documents").status());
    }
}
