package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may do by RESTHeart's routes for aggregations, streams, sessions and files. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartRightsTest {

    private static final String FORM =
            "--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\nabc\r\n--x--\r\n";

    @TempDir Path directory;

    private UsersServer server;

    @BeforeEach
    void start() throws IOException {
        server = new UsersServer(directory);
        server.user("ann", "readWrite@cinema");
        server.user("rita", "read@cinema");
        server.user("olga", "readWrite@other");
        server.user("dora", "dbAdmin@cinema");
        send("ann", "PUT /restheart/cinema/posters.files");
        assertEquals(201, upload("ann", "POST", ""));
        assertEquals(201, upload("ann", "PUT", "/a"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int send(String user, String request) {
        String authorization = user.equals("nobody") ? "" : UsersServer.basic(user);
        return server.send(authorization, request).status();
    }

    private int upload(String user, String method, String id) {
        String[] headers = {
            "Content-Type",
            "multipart/form-data; boundary=x",
            "Authorization",
            user.equals("nobody") ? "Basic" : UsersServer.basic(user)
        };
        String path = "/restheart/cinema/posters.files" + id;
        return server.http().send(method, path, FORM, headers).status();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 401, 401",
        "ann, 200, 200",
        "rita, 403, 200",
        "olga, 403, 403",
        "dora, 403, 403",
    })
    void files_need_what_their_collections_need(String user, int write, int read) {
        boolean mayWrite = write == 200;
        assertEquals(mayWrite ? 201 : write, upload(user, "POST", ""));
        assertEquals(write, upload(user, "PUT", "/a"));
        String file = "/restheart/cinema/posters.files/a";
        assertEquals(read, send(user, "GET " + file + "/binary"));
        assertEquals(write, send(user, "PUT " + file + " {'metadata': {'x': 1}}"));
        assertEquals(write, send(user, "PATCH " + file + " {'x': 1}"));
        assertEquals(mayWrite ? 204 : write, send(user, "DELETE " + file));
        String all = "/restheart/cinema/posters.files/*?filter=" + Http.encoded("{length: 3}");
        assertEquals(write, send(user, "DELETE " + all));
    }

    /** Who may see the documents of files only, or some of them, does not see bytes. */
    @Test
    void bytes_need_the_right_to_read_them_all() {
        server.command(
                "{'createRole': 'lists', 'roles': [], 'privileges': [{'resource':"
                        + " {'db': 'cinema', 'collection': 'posters.files'},"
                        + " 'actions': ['find']}]}");
        server.command(
                "{'createRole': 'some', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': 'posters.files'}, 'actions': ['find'], 'readFilter':"
                        + " {'_id': 'b'}}, {'resource': {'db': 'cinema', 'collection':"
                        + " 'posters.chunks'}, 'actions': ['find']}]}");
        server.user("lisa", "lists@admin");
        server.user("sue", "some@admin");
        assertEquals(200, send("lisa", "GET /restheart/cinema/posters.files"));
        assertEquals(403, send("lisa", "GET /restheart/cinema/posters.files/a/binary"));
        assertEquals(200, send("sue", "GET /restheart/cinema/posters.files"));
        assertEquals(403, send("sue", "GET /restheart/cinema/posters.files/a/binary"));
    }

    private void define(String properties) {
        assertEquals(200, send("ann", "PATCH /restheart/cinema/movies " + properties));
    }

    @ParameterizedTest
    @CsvSource({"nobody, 401, 401", "ann, 200, 200", "rita, 200, 403", "olga, 403, 403"})
    void an_aggregation_needs_what_its_stages_need(String user, int reads, int writes) {
        define(
                "{'aggrs': [{'uri': 'reads', 'stages': [{'$match': {'_id': 1}}]},"
                        + " {'uri': 'writes', 'stages': [{'$out': 'copied'}]},"
                        + " {'uri': 'other', 'stages': [{'$unionWith': 'posters.files'}]}]}");
        String path = "GET /restheart/cinema/movies/_aggrs/";
        assertEquals(reads, send(user, path + "reads"));
        assertEquals(writes, send(user, path + "writes"));
        assertEquals(reads == 200 ? 404 : reads, send(user, path + "none"));
    }

    /** A variable cannot lead where its user may not go. */
    @Test
    void a_variable_names_only_collections_that_its_user_may_read() {
        server.command(
                "{'createRole': 'movies', 'roles': [], 'privileges': [{'resource':"
                        + " {'db': 'cinema', 'collection': 'movies'}, 'actions': ['find']}]}");
        server.user("mia", "movies@admin");
        define(
                "{'aggrs': [{'uri': 'all', 'stages': [{'$unionWith': {'coll':"
                        + " {'$var': 'from'}}}]}]}");
        String path = "GET /restheart/cinema/movies/_aggrs/all?avars=";
        assertEquals(200, send("mia", path + Http.encoded("{from: 'movies'}")));
        assertEquals(403, send("mia", path + Http.encoded("{from: 'posters.files'}")));
        assertEquals(200, send("ann", path + Http.encoded("{from: 'posters.files'}")));
    }

    /** What runs is what was allowed, also if another definition is there by then. */
    @Test
    void a_definition_that_changes_meanwhile_leads_nowhere_else() {
        server.command(
                "{'createRole': 'movies', 'roles': [], 'privileges': [{'resource':"
                        + " {'db': 'cinema', 'collection': 'movies'}, 'actions': ['find']}]}");
        server.user("mia", "movies@admin");
        String aggregation = "{'aggrs': [{'uri': 'all', 'stages': [%s]}]}";
        AtomicBoolean isOver = new AtomicBoolean();
        Thread definer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (!isOver.get()) {
                                        define(aggregation.formatted("{'$skip': 3}"));
                                        define(
                                                aggregation.formatted(
                                                        "{'$unionWith': 'posters.files'}"));
                                    }
                                });
        try {
            define(aggregation.formatted("{'$skip': 3}"));
            for (int i = 0; i < 300; i++) {
                Http.Answer answer =
                        server.send(
                                UsersServer.basic("mia"),
                                "GET /restheart/cinema/movies/_aggrs/all");
                assertTrue(answer.status() == 403 || answer.text().equals("[]"), answer.text());
            }
        } finally {
            isOver.set(true);
        }
        Await.until("the definer has ended", () -> !definer.isAlive());
    }

    @Test
    void an_aggregation_has_the_documents_only_that_its_user_may_see() {
        server.command(
                "{'createRole': 'first', 'roles': [], 'privileges': [{'resource':"
                        + " {'db': 'cinema', 'collection': 'movies'}, 'actions': ['find'],"
                        + " 'readFilter': {'_id': 1}}]}");
        server.user("fay", "first@admin");
        define(
                "{'aggrs': [{'uri': 'who', 'stages': [{'$set': {'user': {'$var':"
                        + " '@user._id'}}}]}]}");
        Http.Answer answer =
                server.send(UsersServer.basic("fay"), "GET /restheart/cinema/movies/_aggrs/who");
        assertEquals("[{\"_id\":1,\"user\":\"fay\"}]", answer.text());
    }

    /** Whatever stands for a variable, it stands in the filter of who asks. */
    @Test
    void a_variable_of_a_filter_leads_to_no_other_documents() {
        server.command(
                "{'createRole': 'first', 'roles': [], 'privileges': [{'resource':"
                        + " {'db': 'cinema', 'collection': 'movies'}, 'actions': ['find',"
                        + " 'remove'], 'readFilter': {'_id': 1}, 'writeFilter': {'_id': 1}}]}");
        server.user("fay", "first@admin");
        String movies = "/restheart/cinema/movies";
        String some =
                "?filter="
                        + Http.encoded("{_id: {$in: {$var: 'ids'}}}")
                        + "&avars="
                        + Http.encoded("{ids: [1, 2]}");
        String fay = UsersServer.basic("fay");
        assertEquals("[{\"_id\":1}]", server.send(fay, "GET " + movies + some).text());
        assertEquals("{\"_size\":1}", server.send(fay, "GET " + movies + "/_size" + some).text());
        String own =
                "?filter="
                        + Http.encoded("{_id: {$ne: {$var: '@user._id'}}}")
                        + "&keys="
                        + Http.encoded("{user: {$literal: {$var: '@user._id'}}}");
        assertEquals(
                "[{\"_id\":1,\"user\":\"fay\"}]", server.send(fay, "GET " + movies + own).text());
        assertEquals(401, send("nobody", "GET " + movies + some));
        assertEquals(403, send("olga", "GET " + movies + some));
        assertEquals(403, send("rita", "DELETE " + movies + "/*" + some));
        Http.Answer deleted = server.send(fay, "DELETE " + movies + "/*" + some);
        assertEquals(Value.of(1), deleted.get("deleted"), deleted.text());
        assertEquals(200, send("ann", "GET " + movies + "/2?id_type=NUMBER"));
    }

    @ParameterizedTest
    @CsvSource({"nobody, 401", "ann, 404", "rita, 404", "olga, 403"})
    void a_stream_needs_what_following_the_collection_needs(String user, int status) {
        assertEquals(status, send(user, "GET /restheart/cinema/movies/_streams/none"));
    }

    @Test
    void a_transaction_belongs_to_who_began_it() {
        String session = "/restheart/_sessions/00000000-0000-0000-0000-000000000001";
        assertEquals(401, send("nobody", "POST /restheart/_sessions {}"));
        assertEquals(201, send("rita", "POST " + session + "/_txns"));
        String query = "?txn=1&sid=00000000-0000-0000-0000-000000000001";
        assertEquals(200, send("rita", "GET /restheart/cinema/movies" + query));
        assertEquals(404, send("ann", "GET /restheart/cinema/movies" + query));
        assertEquals(403, send("rita", "POST /restheart/cinema/movies" + query + " {'_id': 9}"));
        assertEquals(404, send("ann", "PATCH " + session + "/_txns/1"));
        assertEquals(404, send("ann", "DELETE " + session + "/_txns/1"));
        assertEquals(404, send("ann", "POST " + session + "/_txns"));
        assertEquals(204, send("ann", "DELETE " + session));
        Http.Answer others = server.send(UsersServer.basic("ann"), "GET " + session + "/_txns");
        assertEquals("{\"currentTxn\":null}", others.text());
        assertEquals(200, send("rita", "PATCH " + session + "/_txns/1"));
    }
}
