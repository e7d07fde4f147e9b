package io.smilodon.rest;

import static io.smilodon.rest.UsersServer.basic;
import static io.smilodon.rest.UsersServer.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads and writes over HTTP whose privileges are about some documents only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedDocumentsRoutesTest {

    private static final String NOTES = "/api/v1/dbs/cinema/collections/notes";

    /** Bodies with which routes do something, and something of a document may come back. */
    private static final List<String> BODIES =
            List.of(
                    "",
                    "{}",
                    "{'filter': {}}",
                    "{'_id': 7, 'owner': 'ann'}",
                    "{'key': 'pay', 'filter': {}}",
                    "{'pipeline': []}",
                    "{'filter': {}, 'update': {'$set': {'t': 1}}, 'returnDocument': 'after'}",
                    "{'filter': {}, 'replacement': {'t': 1}}",
                    "{'operations': [{'updateMany': {'filter': {}, 'update': {'$set': "
                            + "{'t': 1}}}}]}",
                    "{'$set': {'t': 1}}",
                    "{'query': '{notes {_id owner pay}}'}",
                    "{'find': 'notes'}",
                    "{'explain': {'find': 'notes'}, 'verbosity': 'executionStats'}",
                    "{'database': 'cinema', 'collection': 'notes', 'filter': {}}",
                    "{'database': 'cinema', 'collection': 'notes', 'pipeline': []}",
                    "{'database': 'cinema', 'collection': 'notes', 'filter': {}, 'update': {'$set':"
                            + " {'t': 1}}}");

    @TempDir private Path directory;

    private UsersServer server;

    @BeforeEach
    void start() throws IOException {
        server = new UsersServer(directory);
        notes().insertOne(doc("{\"_id\": 1, \"owner\": \"ann\", \"pay\": 77001}"));
        notes().insertOne(doc("{\"_id\": 2, \"owner\": \"hidden\", \"pay\": 77002}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DocumentCollection notes() {
        return server.smilodon().database("cinema").collection("notes");
    }

    private void ann(String actions, String rules) {
        server.command(
                "{'createRole': 'r', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': 'notes'}, 'actions': ["
                        + actions
                        + "], "
                        + rules
                        + "}]}");
        server.user("ann", "r@admin");
    }

    /** Also those routes and bodies that nobody thought of. */
    @Test
    void no_route_tells_of_hidden_documents_and_fields() {
        ann("'find', 'insert'", "'readFilter': {'owner': '@user'}, 'projectResponse': {'pay': 0}");
        int answered = sendAll();
        assertTrue(answered > 10, "only " + answered);
    }

    @Test
    void no_route_changes_hidden_documents() {
        ann(
                "'find', 'insert', 'update', 'remove'",
                "'readFilter': {'owner': '@user'}, 'writeFilter': {'owner': '@user'},"
                        + " 'mergeRequest': {'pay': 1}");
        notes().updateOne(doc("{\"_id\": 1}"), doc("{\"$set\": {\"pay\": 1}}"));
        int answered = sendAll();
        assertTrue(answered > 10, "only " + answered);
    }

    private int sendAll() {
        int answered = 0;
        for (Route route : server.server().routes()) {
            answered += send(route, "int:2");
        }
        assertEquals(
                doc("{\"_id\": 2, \"owner\": \"hidden\", \"pay\": 77002}"),
                notes().findById(Value.of(2)).orElseThrow().document());
        return answered;
    }

    private int send(Route route, String id) {
        String path =
                route.path()
                        .replace("{db}", "cinema")
                        .replace("{collection}", "notes")
                        .replaceAll("[{<](id|document)[}>]", id)
                        .replaceAll("[{<][^}>]*[}>]", "x");
        int answered = 0;
        for (String body : BODIES) {
            boolean takesBody = route.body().isPresent();
            if (path.endsWith("/logout")
                    || path.contains("watch")
                    || !takesBody && !body.isEmpty()) {
                continue;
            }
            Http.Answer answer =
                    server.send(basic("ann"), route.method() + " " + path + " " + body);
            String told = route.method() + " " + path + " " + body + " " + answer.text();
            assertFalse(answer.text().contains("hidden"), told);
            assertFalse(answer.text().contains("7700"), told);
            answered += answer.status() < 300 && path.contains("notes") ? 1 : 0;
        }
        return answered;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | GET %s/documents?count=exact",
                "200 | GET %s/documents?count=estimated",
                "200 | GET %s/documents/int:1",
                "404 | GET %s/documents/int:2",
                "201 | POST %s/documents {'_id': 9, 'owner': 'ann'}",
                "403 | POST %s/documents {'_id': 9, 'owner': 'bob'}",
                "403 | PUT %s/documents/int:1 {'owner': 'ann'}",
                "403 | PATCH %s/documents/int:1 {'$set': {'a': 1}}",
                "403 | DELETE %s/documents/int:1",
                "200 | POST %s/find {}",
                "200 | POST %s/findOne {}",
                "200 | POST %s/count {}",
                "200 | POST %s/distinct {'key': 'owner'}",
                "200 | POST %s/aggregate {'pipeline': []}",
                "403 | POST %s/explain {}",
                "403 | POST %s/bulkWrite {'operations': [{'insertOne': {'document': {}}}]}",
                "200 | POST %s/updateMany {'filter': {}, 'update': {'$set': {'a': 1}}}",
                "200 | POST %s/deleteMany {'filter': {}}",
                "403 | GET %s/export",
                "403 | GET %s/schema",
                "403 | POST %s/import {}",
                "403 | GET %s/watch",
                "403 | GET %s/stats",
            })
    void routes_are_limited_or_refused(int status, String request) {
        ann(
                "'find', 'insert', 'update', 'remove'",
                "'readFilter': {'owner': '@user'}, 'writeFilter': {'owner': '@user'}");
        Http.Answer answer = server.send(basic("ann"), request.formatted(NOTES));
        assertTrue(
                answer.status() == status || answer.status() == 404 && status == 403,
                answer.status() + answer.text());
        assertFalse(answer.text().contains("hidden"), answer.text());
        assertFalse(answer.text().contains("\"count\":2"), answer.text());
        assertEquals(1, notes().count(doc("{\"owner\": \"hidden\", \"a\": {\"$exists\": false}}")));
    }

    @Test
    void a_repeated_request_tells_no_more_than_the_first() {
        ann("'find'", "'readFilter': {'owner': '@user'}, 'projectResponse': {'pay': 0}");
        server.command(
                "{'createRole': 'w', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': 'notes'}, 'actions': ['update']}]}");
        server.command("{'grantRolesToUser': 'ann', 'roles': ['w']}");
        String[] headers = {
            "Authorization",
            basic("ann"),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "one"
        };
        for (int i = 0; i < 2; i++) {
            Http.Answer answer =
                    server.http()
                            .send("PATCH", NOTES + "/documents/int:2", "{\"$set\": {}}", headers);
            assertFalse(answer.text().contains("7700"), answer.text());
        }
    }

    /** Also if somebody knows the id of the request, and what was in it. */
    @Test
    void nobody_gets_the_answer_to_what_another_user_has_sent() {
        ann(
                "'find', 'insert', 'update', 'remove'",
                "'readFilter': {'owner': '@user'}, 'writeFilter': {'owner': '@user'}");
        server.user("root", "root@admin");
        String request =
                "POST "
                        + NOTES
                        + "/findOneAndUpdate {'filter': {'_id': 2}, 'update': {'$set': {'a': 1}},"
                        + " 'requestId': 'one'}";
        assertTrue(server.send(basic("root"), request).text().contains("hidden"));
        assertTrue(server.send(basic("root"), request).text().contains("hidden"));
        Http.Answer answer = server.send(basic("ann"), request);
        assertEquals(400, answer.status(), answer.text());
        assertFalse(answer.text().contains("hidden"), answer.text());
    }

    @Test
    void definitions_of_graphql_show_what_may_be_seen() {
        ann("'find'", "'readFilter': {'owner': '@user'}, 'projectResponse': {'pay': 0}");
        server.command(
                "{'createRole': 'g', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': 'graphql.apps'}, 'actions': ['find']}, {'resource':"
                        + " {'db': 'cinema', 'collection': 'movies'}, 'actions': ['find']}]}");
        server.command("{'grantRolesToUser': 'ann', 'roles': ['g']}");
        server.user("root", "root@admin");
        Http.Answer stored =
                server.send(
                        basic("root"),
                        "PUT /api/v1/dbs/cinema/graphql/n {'schema': 'type Query { notes(filter:"
                                + " Filter, sort: JSONObject): [Note] movies: [Movie] count: Int"
                                + " piped(stage: JSONObject): [Note] secrets: [Note] } type Note {"
                                + " _id: Int owner: String pay: Int whole: JSON } type Movie { _id:"
                                + " Int note: Note notes: Int }', 'mappings': {'Query': {'notes':"
                                + " {'collection': 'notes', 'find': {'$arg': 'filter'}, 'sort':"
                                + " {'$arg': 'sort'}}, 'movies': {'collection': 'movies', 'find':"
                                + " {}}, 'count': {'collection': 'notes', 'count': {}}, 'piped':"
                                + " {'collection': 'notes', 'stages': [{'$arg': 'stage'}]},"
                                + " 'secrets': {'db': 'other', 'collection': 'secrets', 'find':"
                                + " {}}}, 'Note': {'whole': '$$ROOT'}, 'Movie': {'note':"
                                + " {'collection': 'notes', 'find': {'_id': {'$fk': '_id'}}},"
                                + " 'notes': {'collection': 'notes', 'count': {'_id': {'$fk':"
                                + " '_id'}}}}}}");
        assertEquals(200, stored.status(), stored.text());
        assertData("{'notes':[{'_id':1,'owner':'ann','pay':null}]}", "{notes{_id owner pay}}");
        assertData("{'notes':[]}", "{notes(filter:{pay:77001}){_id}}");
        assertData("{'notes':[{'whole':{'_id':1,'owner':'ann'}}]}", "{notes{whole}}");
        assertData("{'count':1}", "{count}");
        assertData(
                "{'movies':[{'note':{'pay':null},'notes':1},{'note':null,'notes':0},{'note':null,"
                        + "'notes':0}]}",
                "{movies{note{pay} notes}}");
        assertData("", "{piped(stage:{_id:1}){pay}}", "'code':40324");
        assertData("", "{secrets{_id}}", "'code':13");
    }

    /** With an error, or without one. */
    private void assertData(String data, String query, String... error) {
        Http.Answer answer =
                server.send(
                        basic("ann"),
                        "POST /api/v1/dbs/cinema/graphql/n {'query': '" + query + "'}");
        String told = answer.text().replace('"', '\'');
        assertFalse(told.contains("hidden") || told.contains("7700"), told);
        if (error.length == 0) {
            assertEquals("{'data':" + data + "}", told);
        } else {
            assertTrue(told.contains(error[0]), told);
        }
    }

    @Test
    void mutations_of_graphql_find_what_may_be_written() {
        notes().insertOne(doc("{\"_id\": 3, \"owner\": \"ann\"}"));
        ann("'update', 'remove'", "'readFilter': {'_id': 3}, 'mergeRequest': {'by': '@user'}");
        server.command("{'grantRolesToUser': 'ann', 'roles': [{'role': 'read', 'db': 'cinema'}]}");
        assertMutated("notes_updateOne(filter: {}, update: {_set: {a: 1}})", "modifiedCount");
        assertEquals(
                doc("{\"_id\": 3, \"owner\": \"ann\", \"a\": 1, \"by\": \"ann\"}"),
                notes().findById(Value.of(3)).orElseThrow().document());
        assertMutated("notes_deleteOne(filter: {})", "deletedCount");
        assertEquals(2, notes().count(Document.EMPTY));
    }

    private void assertMutated(String mutation, String counted) {
        String request =
                "POST /api/v1/dbs/cinema/graphql {'query': 'mutation { m: " + mutation + " }'}";
        String told = server.send(basic("ann"), request).text().replace('"', '\'');
        assertTrue(told.contains("'" + counted + "':1"), told);
    }
}
