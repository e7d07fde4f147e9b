package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static io.smilodon.rest.UsersServer.basic;
import static io.smilodon.rest.UsersServer.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may do over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoleRoutesTest {

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
        server.user("ann", "read@cinema");
        server.user("bob", "readWrite@cinema");
        assertAnswer(reader, server.send(basic("ann"), request));
        assertAnswer(writer, server.send(basic("bob"), request));
    }

    /** It answers the whole document, as MongoDB's findAndModify does. */
    @Test
    void who_may_not_read_may_not_patch() {
        server.command(
                "{'createRole': 'editor', 'roles': [], 'privileges': [{'resource': {'db':"
                        + " 'cinema', 'collection': 'movies'}, 'actions': ['update']}]}");
        server.user("ann", "editor@admin");
        String movie = "/api/v1/dbs/cinema/collections/movies/documents/int:1";

        assertAnswer(403, server.send(basic("ann"), "PATCH " + movie + " {'$set': {'a': 1}}"));
        Http.Answer updated =
                server.send(
                        basic("ann"),
                        "POST /api/v1/dbs/cinema/collections/movies/updateOne"
                                + " {'filter': {}, 'update': {'$set': {'a': 1}}}");
        assertAnswer(200, updated);
    }

    /** Whoever else learns its id gets nowhere with it. */
    @Test
    void a_transaction_belongs_to_the_user_who_began_it() {
        server.user("ann", "readWrite@cinema");
        server.user("bob", "readWrite@cinema");
        Http.Answer begun = server.send(basic("ann"), "POST /api/v1/transactions {}");
        String id = ((StringValue) begun.get("id")).value();

        for (String request :
                List.of(
                        "POST /api/v1/transactions/" + id + "/commit",
                        "POST /api/v1/transactions/" + id + "/abort")) {
            assertAnswer(404, server.send(basic("bob"), request));
        }
        assertAnswer(404, inTransaction(id, "bob"));
        assertAnswer(200, inTransaction(id, "ann"));
        assertAnswer(200, server.send(basic("ann"), "POST /api/v1/transactions/" + id + "/commit"));
    }

    private Http.Answer inTransaction(String id, String user) {
        return server.http()
                .get(
                        "/api/v1/dbs/cinema/collections/movies/documents",
                        "X-Transaction",
                        id,
                        "Authorization",
                        basic(user));
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
        server.user("ann", "read@cinema");
        String path = "POST /api/v1/dbs/%s/command ";
        Http.Answer found =
                server.send(basic("ann"), path.formatted("cinema") + "{'find': 'movies'}");
        assertEquals(Value.of(1.0), found.get("ok"));
        Http.Answer other =
                server.send(basic("ann"), path.formatted("other") + "{'find': 'secrets'}");
        assertEquals(Value.of(13), other.get("code"));
        assertEquals(
                Value.of(13),
                server.send(
                                basic("ann"),
                                path.formatted("cinema")
                                        + "{'insert': 'movies', 'documents': [{}]}")
                        .get("code"));
    }

    /** A definition may reach other databases, and whoever asks by it needs what it reads. */
    @Test
    void graphql_needs_what_its_finds_and_mutations_need() {
        server.user("ann", "read@cinema");
        server.user("eve", "root@admin");
        String insert = "{'query': 'mutation { movies_insertOne(document: {_id: 9}) }'}";
        String refused =
                server.send(basic("ann"), "POST /api/v1/dbs/cinema/graphql " + insert).text();
        assertTrue(refused.contains("\"code\":13"), refused);
        String definition =
                "{'schema': 'type Query { all: [Secret] } type Secret { id: String }', 'mappings':"
                        + " {'Query': {'all': {'db': 'other', 'collection': 'secrets', 'find':"
                        + " {}}},"
                        + " 'Secret': {'id': '_id'}}}";
        String app = "/api/v1/dbs/cinema/graphql/peek";
        assertEquals(403, server.send(basic("ann"), "PUT " + app + " " + definition).status());
        assertEquals(200, server.send(basic("eve"), "PUT " + app + " " + definition).status());
        String ask = "POST " + app + " {'query': '{ all { id } }'}";
        assertTrue(
                server.send(basic("eve"), ask).text().contains("\"1\""),
                server.send(basic("eve"), ask).text());
        String answer = server.send(basic("ann"), ask).text();
        assertTrue(answer.contains("\"code\":13"), answer);
        assertFalse(answer.contains("\"1\""), answer);
    }

    @Test
    void only_what_may_be_seen_is_listed() {
        server.user("ann", "read@cinema");
        String databases = server.send(basic("ann"), "GET /api/v1/dbs").text();
        assertTrue(databases.contains("cinema"), databases);
        assertFalse(databases.contains("other"), databases);
        String page = server.send(basic("ann"), "GET /").text();
        assertTrue(page.contains("cinema"));
        assertFalse(page.contains(">other<"));
        server.user("eve", "clusterMonitor@admin");
        assertTrue(server.send(basic("eve"), "GET /api/v1/dbs").text().contains("other"));
        assertEquals(200, server.send(basic("eve"), "GET /metrics").status());
    }

    @Test
    void a_cursor_is_read_on_by_who_opened_it_and_may_still() {
        server.user("ann", "read@cinema");
        server.user("bob", "root@admin");
        String find = "POST " + MOVIES + "/find {'batchSize': 1}";
        Document cursor = (Document) server.send(basic("ann"), find).get("cursor");
        String next = "POST /api/v1/cursors/" + ((StringValue) cursor.get("id")).value() + "/next";
        assertEquals(403, server.send(basic("bob"), next + " {'batchSize': 1}").status());
        assertEquals(200, server.send(basic("ann"), next + " {'batchSize': 1}").status());
        server.change("ann", "'roles': []");
        assertEquals(403, server.send(basic("ann"), next + " {'batchSize': 1}").status());
    }

    @Test
    void who_may_not_follow_any_more_is_told_no_change() {
        server.user("ann", "read@cinema");
        try (Stream<String> lines =
                server.http().lines(MOVIES + "/watch", "Authorization", basic("ann"))) {
            Iterator<String> told = lines.iterator();
            assertTrue(told.next().startsWith(": watching"));
            server.change("ann", "'roles': []");
            server.smilodon().database("cinema").collection("movies").insertOne(doc("{}"));
            StringBuilder rest = new StringBuilder();
            told.forEachRemaining(rest::append);
            assertTrue(rest.toString().contains("event: error"), rest.toString());
            assertTrue(rest.toString().contains("Unauthorized"), rest.toString());
            assertFalse(rest.toString().contains("fullDocument"), rest.toString());
        }
    }
}
