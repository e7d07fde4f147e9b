package io.smilodon.rest;

import static io.smilodon.rest.UsersServer.basic;
import static io.smilodon.rest.UsersServer.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may do who come as clients that are written for RESTHeart. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartPermissionsTest {

    private static final String DB = "/restheart/cinema";
    private static final String NOTES = DB + "/notes";

    private static final List<String> ROLES =
            List.of("read@cinema", "dbAdmin@cinema", "readWrite@other", "readWrite@cinema");

    private static UsersServer server;

    /** Passwords take their time: the users are the same for all tests. */
    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = new UsersServer(directory);
        ROLES.forEach(role -> server.user(role, role));
        limited(
                "ann",
                "'find', 'insert', 'update', 'remove'",
                "'readFilter': {'owner': '@user'}, 'writeFilter': {'owner': '@user'}");
        limited("pam", "'find'", "'readFilter': {'owner': 'ann'}, 'projectResponse': {'pay': 0}");
    }

    private static void limited(String user, String actions, String rules) {
        server.command(
                "{'createRole': 'of "
                        + user
                        + "', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': 'notes'}, 'actions': ["
                        + actions
                        + "], "
                        + rules
                        + "}]}");
        server.user(user, "of " + user + "@admin");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() {
        server.smilodon().dropDatabase("cinema");
        notes().insertOne(doc("{\"_id\": \"mine\", \"owner\": \"ann\", \"pay\": 1}"));
        notes().insertOne(doc("{\"_id\": \"hers\", \"owner\": \"eve\", \"pay\": 2}"));
        server.smilodon()
                .database("cinema")
                .collection("_properties")
                .insertOne(doc("{\"_id\": \"_properties.notes\", \"descr\": \"told\"}"));
    }

    private static DocumentCollection notes() {
        return server.smilodon().database("cinema").collection("notes");
    }

    @Test
    void strangers_get_no_route_to_answer() {
        int asked = 0;
        for (Route route : server.server().routes()) {
            if (!route.path().startsWith(RestheartExchange.MOUNT)) {
                continue;
            }
            String path =
                    route.path()
                            .replace("{db}", "cinema")
                            .replace("{collection}", "notes")
                            .replaceAll("[{<][^}>]*[}>]", "mine");
            Http.Answer answer = server.send("", route.method() + " " + path);
            assertEquals(401, answer.status(), route.method() + " " + path + answer.text());
            assertEquals(Value.of(401), answer.get("http status code"));
            assertTrue(answer.header("WWW-Authenticate").contains("Basic"), answer.text());
            asked++;
        }
        assertTrue(asked > 15, "only " + asked);
    }

    /** For each of the roles whether the request is carried out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes no  no  yes | GET %s/notes",
                "yes no  no  yes | GET %s/notes/_size",
                "yes no  no  yes | GET %s/notes/mine",
                "yes no  no  yes | GET %s/notes/_meta",
                "yes no  no  yes | GET %s/_meta",
                "yes yes no  yes | GET %s",
                "yes yes no  yes | GET %s/_size",
                "yes yes no  yes | GET %s/notes/_indexes",
                "no  no  no  yes | POST %s/notes {'a': 1}",
                "no  no  no  yes | POST %s/notes [{'a': 1}]",
                "no  no  no  yes | POST %s/notes?wm=upsert {'_id': 'mine'}",
                "no  no  no  yes | PUT %s/notes/mine {'a': 1}",
                "no  no  no  yes | PUT %s/notes/new?wm=insert {'a': 1}",
                "no  no  no  yes | PATCH %s/notes/mine {'a': 1}",
                "no  no  no  yes | PATCH %s/notes/*?filter=%%7Ba:1%%7D {'a': 1}",
                "no  no  no  yes | DELETE %s/notes/mine",
                "no  no  no  yes | DELETE %s/notes/*?filter=%%7Ba:1%%7D",
                "no  yes no  yes | PUT %s/notes/_indexes/byA {'keys': {'a': 1}}",
                "no  no  no  yes | PUT %s/more {}",
                "no  no  no  yes | PATCH %s/notes {'a': 1}",
                "no  no  no  yes | PATCH %s {'a': 1}",
                "no  no  no  yes | PUT %s {'a': 1}",
            })
    void a_role_counts_as_on_the_other_routes(String whether, String request) {
        String[] expected = whether.split(" +");
        for (int role = 0; role < expected.length; role++) {
            check(expected[role], ROLES.get(role), request.formatted(DB));
        }
    }

    private static void check(String expected, String role, String request) {
        Http.Answer answer = server.send(basic(role), request);
        assertEquals(
                expected.equals("yes"),
                answer.status() < 300,
                () -> role + " " + request + " " + answer.status() + answer.text());
        assertEquals(expected.equals("no"), answer.status() == 403, () -> role + answer.text());
    }

    @Test
    void only_who_may_drop_a_database_may_drop_it() {
        for (String role : List.of("readWrite@cinema", "dbAdmin@cinema")) {
            String[] headers = {"Authorization", basic(role), "If-Match", "*"};
            int status = server.http().send("DELETE", DB, "", headers).status();
            assertEquals(role.startsWith("dbAdmin") ? 204 : 403, status, role);
        }
    }

    @Test
    void a_list_of_databases_has_those_that_one_may_touch() {
        String reader = basic("read@cinema");
        assertEquals("[\"cinema\"]", server.send(reader, "GET /restheart").text());
        assertEquals(Value.of(1), server.send(reader, "GET /restheart/_size").get("_size"));
    }

    // ---- Who may read and write some documents only

    private static Http.Answer send(String user, String request) {
        return server.send(basic(user), request);
    }

    private static Http.Answer ann(String method, String path, String body, String... tag) {
        String[] headers =
                tag.length == 0
                        ? new String[] {
                            "Authorization", basic("ann"), "Content-Type", "application/json"
                        }
                        : new String[] {
                            "Authorization",
                            basic("ann"),
                            "Content-Type",
                            "application/json",
                            "If-Match",
                            tag[0]
                        };
        return server.http().send(method, path, body, headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | GET    | /mine                       | ``",
                "404 | GET    | /hers                       | ``",
                "404 | GET    | /hers?keys=%7Bpay:1%7D      | ``",
                "200 | PUT    | /mine                       | {\"owner\": \"ann\"}",
                "403 | PUT    | /mine                       | {\"owner\": \"eve\"}",
                "404 | PUT    | /hers                       | {\"owner\": \"ann\"}",
                "409 | PUT    | /hers?wm=upsert             | {\"owner\": \"ann\"}",
                "409 | PUT    | /hers?wm=insert             | {\"owner\": \"ann\"}",
                "404 | PUT    | /hers?checkEtag             | {\"owner\": \"ann\"}",
                "403 | PUT    | /new?wm=upsert              | {\"owner\": \"eve\"}",
                "201 | PUT    | /new?wm=upsert              | {\"owner\": \"ann\"}",
                "200 | PATCH  | /mine                       | {\"pay\": 9}",
                "403 | PATCH  | /mine                       | {\"owner\": \"eve\"}",
                "404 | PATCH  | /hers                       | {\"pay\": 9}",
                "409 | PATCH  | /hers?wm=upsert             | {\"owner\": \"ann\"}",
                "200 | PATCH  | /*?filter=%7B_id:'hers'%7D  | {\"pay\": 9}",
                "204 | DELETE | /mine                       | ``",
                "404 | DELETE | /hers                       | ``",
                "200 | DELETE | /*?filter=%7B_id:'hers'%7D  | ``",
                "201 | POST   | ``                          | {\"owner\": \"ann\"}",
                "403 | POST   | ``                          | {\"owner\": \"eve\"}",
                "409 | POST   | ``                          | {\"_id\": \"hers\", \"owner\": \"ann\"}",
                "403 | POST   | ?wm=upsert                  | [{\"_id\": \"hers\", \"owner\": \"ann\"}]",
                "207 | POST   | ``                          | [{\"owner\": \"eve\"}]",
                "403 | PATCH  | /_meta                      | {\"a\": 1}",
                "403 | GET    | /_meta                      | ``",
            })
    void who_may_see_and_write_some_documents_is_kept_to_these(
            int status, String method, String path, String body) {
        Http.Answer answer = ann(method, NOTES + path.replace("'", "%22"), body);
        assertEquals(status, answer.status(), answer.text());
        assertFalse(answer.text().contains("\"eve\""), answer.text());
        assertEquals(
                doc("{\"_id\": \"hers\", \"owner\": \"eve\", \"pay\": 2}"),
                notes().findById(Value.of("hers")).orElseThrow().document());
    }

    @Test
    void lists_and_counts_are_of_the_documents_that_one_may_see() {
        Http.Answer list = send("pam", "GET " + NOTES + "?count&rep=shal");
        assertEquals(Value.of(1), list.get("_size"), list.text());
        assertEquals(Value.of(1), list.get("_returned"));
        assertFalse(list.text().contains("pay"), list.text());
        assertFalse(list.text().contains("told"), list.text());
        assertEquals(
                Value.of(1), send("pam", "GET " + NOTES + "/_size?count=estimated").get("_size"));
        assertEquals(
                "{\"_id\":\"mine\",\"owner\":\"ann\"}",
                send("pam", "GET " + NOTES + "/mine").text());
    }

    @Test
    void the_version_of_a_document_that_is_not_seen_is_not_told() {
        for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
            String body = method.equals("DELETE") ? "" : "{\"owner\": \"ann\"}";
            for (String query : new String[] {"", "?checkEtag"}) {
                Http.Answer answer = ann(method, NOTES + "/hers" + query, body, "\"1\"");
                assertEquals(404, answer.status(), method + query + answer.text());
                assertEquals("", answer.header("ETag"));
            }
        }
    }

    @Test
    void who_sees_whole_documents_knows_their_versions() {
        String read = ann("GET", NOTES + "/mine", "").header("ETag");
        notes().insertOne(Document.EMPTY);
        assertEquals(read, ann("GET", NOTES + "/mine", "").header("ETag"));
        Http.Answer written = ann("PATCH", NOTES + "/mine", "{\"pay\": 5}", read);
        assertEquals(200, written.status(), written.text());
        assertEquals(written.header("ETag"), ann("GET", NOTES + "/mine", "").header("ETag"));
        Http.Answer late = ann("PATCH", NOTES + "/mine", "{\"pay\": 6}", read);
        assertEquals(412, late.status());
        assertEquals(written.header("ETag"), late.header("ETag"));
    }

    @Test
    void who_sees_documents_in_part_does_not_know_when_the_rest_changes() {
        String before = send("pam", "GET " + NOTES + "/mine").header("ETag");
        notes().insertOne(Document.EMPTY);
        String other = send("pam", "GET " + NOTES + "/mine").header("ETag");
        assertNotEquals(before, other);
        assertEquals(other, send("pam", "GET " + NOTES + "/mine").header("ETag"));
    }
}
