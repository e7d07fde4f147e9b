package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static io.smilodon.rest.UsersServer.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.AuditFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of requests over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditTest {

    private static final String AUTH = "POST /api/v1/auth/";

    @TempDir private Path directory;

    private UsersServer server;
    private Path path;

    @BeforeEach
    void start() throws IOException {
        server = new UsersServer(directory);
        path = directory.resolve("audit.json");
        server.smilodon().users().audit().writeTo(AuditFile.open(path));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Type, users, param and result of each event. */
    private List<String> told() throws IOException {
        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            Document event = ExtendedJson.readDocument(line);
            Document remote = (Document) event.get("remote");
            assertTrue(remote.has("ip"), line);
            StringBuilder text = new StringBuilder();
            for (String field : List.of("atype", "users", "param", "result")) {
                text.append(event.get(field)).append(' ');
            }
            told.add(text.toString().strip().replace("\"", ""));
        }
        return told;
    }

    @Test
    void logins_are_told_but_not_each_request() throws IOException {
        server.user("ann", "root@admin");
        String me = "GET /api/v1/auth/me";
        assertEquals(200, server.send(basic("ann"), me).status());
        assertEquals(200, server.send(basic("ann"), me).status());
        assertEquals(401, server.send(basic("ann", "wrong"), me).status());
        assertEquals(401, server.send(basic("nobody"), me).status());
        String login = AUTH + "login {'user': 'ann', 'password': 'pw of ann'}";
        Value token = server.send("", login).get("token");
        String bearer = "Bearer " + ((StringValue) token).value();
        assertEquals(200, server.send(bearer, me).status());
        assertEquals(401, server.send("Bearer a.b.c", me).status());

        String ann = "{ user: ann, db: admin, mechanism: PLAIN }";
        String nobody = "{ user: nobody, db: admin, mechanism: PLAIN }";
        assertEquals(
                List.of(
                        "authenticate [ { user: ann, db: admin } ] " + ann + " 0",
                        "authenticate [] " + ann + " 18",
                        "authenticate [] " + nobody + " 18",
                        "authenticate [ { user: ann, db: admin } ] " + ann + " 0",
                        "authenticate [] { user: , db: $external, mechanism: JWT } 18"),
                told());
        String text = Files.readString(path);
        assertFalse(text.contains("pw of") || text.contains("wrong") || text.contains(bearer));
    }

    @Test
    void the_first_user_is_told() throws IOException {
        String token = Files.readString(directory.resolve("first")).strip();
        String request = AUTH + "first {'token': '%s', 'user': 'ann', 'password': 'pw of ann'}";
        assertEquals(201, server.send("", request.formatted(token)).status());
        assertEquals(
                List.of(
                        "createUser [] { user: ann, db: admin, roles: [ { role: root, db: admin } ]"
                                + " } 0"),
                told());
    }

    @Test
    void dropped_data_and_commands_are_told() throws IOException {
        server.user("ann", "root@admin");
        assertEquals(204, server.send(basic("ann"), "DELETE " + MOVIES).status());
        assertEquals(404, server.send(basic("ann"), "DELETE " + MOVIES).status());
        String command =
                "POST /api/v1/dbs/other/command {'createRole': 'r', 'roles': [], 'privileges': []}";
        assertEquals(200, server.send(basic("ann"), command).status());
        assertEquals(204, server.send(basic("ann"), "DELETE /api/v1/dbs/other").status());
        assertEquals(200, server.send(basic("ann"), "GET /api/v1/dbs").status());

        String ann = "[ { user: ann, db: admin } ] ";
        assertEquals(
                List.of(
                        "dropCollection " + ann + "{ ns: cinema.movies } 0",
                        "dropCollection " + ann + "{ ns: cinema.movies } 26",
                        "createRole " + ann + "{ role: r, db: other, roles: [], privileges: [] } 0",
                        "dropDatabase " + ann + "{ ns: other } 0"),
                told().stream().skip(1).toList());
    }

    @Test
    void what_is_refused_is_told_once() throws IOException {
        server.user("bob", "read@cinema");
        String insert = "POST " + MOVIES + "/insertOne {'document': {'card': 4711}}";
        assertEquals(403, server.send(basic("bob"), insert).status());
        assertEquals(403, server.send(basic("bob"), "POST /api/v1/admin/checkpoint").status());
        String command = "POST /api/v1/dbs/cinema/command {'drop': 'movies'}";
        assertEquals(200, server.send(basic("bob"), command).status());
        assertEquals(403, server.send(basic("bob"), "DELETE /api/v1/dbs/other").status());
        String query = "{'query': 'mutation { movies_deleteOne(filter: {}) }'}";
        server.send(basic("bob"), "POST /api/v1/dbs/cinema/graphql " + query);
        assertEquals(401, server.send("", "GET /api/v1/dbs").status());

        String bob = "authCheck [ { user: bob, db: admin } ] ";
        assertEquals(
                List.of(
                        bob + "{ command: insert, ns: cinema.movies } 13",
                        bob + "{ command: fsync, ns: admin } 13",
                        bob + "{ command: drop, ns: cinema.movies } 13",
                        bob + "{ command: dropDatabase, ns: other } 13",
                        bob + "{ command: delete, ns: cinema.movies } 13"),
                told().stream().skip(1).toList());
    }
}
