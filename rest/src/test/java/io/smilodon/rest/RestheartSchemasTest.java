package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Database;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON schemas of RESTHeart's clients, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartSchemasTest {

    private static final String STORE = "/restheart/shop/_schemas";
    private static final String ITEMS = "/restheart/shop/items";

    private static final String PERSON =
            "{'$schema': 'http://json-schema.org/draft-07/schema#', 'type': 'object',"
                    + " 'properties': {'name': {'type': 'string'}, 'age': {'type': 'integer'},"
                    + " 'home': {'$ref': 'address'}, 'other': {'$ref': '#/definitions/short'},"
                    + " 'friend': {'$ref': 'http://schema-store/shop/address#/properties/city'}},"
                    + " 'definitions': {'short': {'maxLength': 3}},"
                    + " 'required': ['name'], 'additionalProperties': false}";

    private static final String ADDRESS =
            "{'_id': 'address', 'type': 'object', 'required': ['city'],"
                    + " 'properties': {'city': {'type': 'string'}}}";

    private final TestServer server = new TestServer();
    private final Http http = server.http();

    @BeforeEach
    void create() {
        assertEquals(201, send("PUT /restheart/shop").status());
        assertEquals(201, send("PUT " + STORE).status());
        assertEquals(201, send("POST " + STORE + " " + ADDRESS).status());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Http.Answer send(String request) {
        String[] parts = request.split(" ", 3);
        String body = parts.length > 2 ? parts[2].replace('\'', '"') : "";
        return http.send(parts[0], parts[1], body, "Content-Type", "application/json");
    }

    private int post(String document) {
        return send("POST " + ITEMS + " " + document).status();
    }

    private void use(String schema) {
        Http.Answer stored = send("PUT " + STORE + "/s?wm=upsert " + schema);
        assertEquals(201, stored.status(), stored.text());
        Http.Answer answer = send("PUT " + ITEMS + " {'jsonSchema': {'schemaId': 's'}}");
        assertEquals(201, answer.status(), answer.text());
    }

    @Test
    void documents_are_what_their_schema_says() {
        use(PERSON);
        assertEquals(201, post("{'name': 'ann', 'age': 3, 'home': {'city': 'Rome'}}"));
        assertEquals(201, post("{'_id': 1, 'name': 'ann', 'other': 'abc', 'friend': 'x'}"));
        for (String wrong :
                new String[] {
                    "{'age': 3}",
                    "{'name': 3}",
                    "{'name': 'ann', 'age': 1.5}",
                    "{'name': 'ann', 'home': {}}",
                    "{'name': 'ann', 'other': 'abcd'}",
                    "{'name': 'ann', 'friend': 3}",
                    "{'name': 'ann', 'more': 3}"
                }) {
            Http.Answer answer = send("POST " + ITEMS + " " + wrong);
            assertEquals(422, answer.status(), wrong);
            assertTrue(answer.text().contains("\"code\":121"), answer.text());
        }
        String bulk = "PATCH " + ITEMS + "/*?filter=" + Http.encoded("{_id: 1}");
        assertEquals(422, send(bulk + " {'name': 1}").status());
        Document document = Document.of("age", Value.of(3));
        assertThrows(
                SmilodonException.class,
                () -> server.smilodon().database("shop").collection("items").insertOne(document));
    }

    @Test
    void schemas_come_back_as_they_were_given() {
        use(PERSON);
        Document schema = http.get(STORE + "/s").json();
        assertEquals(Value.of("http://json-schema.org/draft-07/schema#"), schema.get("$schema"));
        assertTrue(http.get(STORE + "?rep=hal&hal=f").text().contains("rh:schema"));
        assertEquals(409, send("POST " + STORE + " " + ADDRESS).status());
        assertEquals(404, send("PUT " + STORE + "/none {}").status());
    }

    @Test
    void a_schema_that_changes_counts_at_once_also_for_those_that_refer_to_it() {
        use(PERSON);
        assertEquals(201, post("{'name': 'ann', 'home': {'city': 'Rome'}}"));
        String changed = ADDRESS.replace("'string'", "'number'");
        assertEquals(200, send("PUT " + STORE + "/address " + changed).status());
        assertEquals(422, post("{'name': 'ann', 'home': {'city': 'Rome'}}"));
        assertEquals(201, post("{'name': 'ann', 'home': {'city': 3}}"));
        assertEquals(409, send("DELETE " + STORE + "/address").status());
        assertEquals(409, send("DELETE " + STORE + "/s").status());
        assertEquals(400, send("PUT " + STORE + "/s {'format': 'email'}").status());
        assertEquals(422, post("{}"));
    }

    @Test
    void a_collection_that_gives_its_schema_up_takes_anything() {
        use(PERSON);
        assertEquals(422, post("{}"));
        assertEquals(200, send("PATCH " + ITEMS + " {'descr': 'all'}").status());
        assertEquals(422, post("{}"));
        Http.Answer gone = send("PATCH " + ITEMS + " {'$unset': {'jsonSchema': 1}}");
        assertEquals(200, gone.status(), gone.text());
        assertEquals(201, post("{}"));
        assertEquals(200, send("PATCH " + ITEMS + " {'jsonSchema': {'schemaId': 's'}}").status());
        assertEquals(422, post("{}"));
        assertEquals(200, send("PUT " + ITEMS + " {}").status());
        assertEquals(201, post("{}"));
        assertEquals(204, send("DELETE " + STORE + "/s").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type': ['integer', 'null']} | null, 3 | 'a', 1.5, true",
                "{'type': 'boolean'} | true | 1, null",
                "{'const': {'a': 1}} | {'a': 1} | {'a': 2}, 1",
                "{'exclusiveMinimum': 3, 'maximum': 5} | 4, 5, 'a' | 3, 6",
                "{'minimum': 3, 'exclusiveMinimum': true} | 4 | 3",
                "{'if': {'type': 'string'}, 'then': {'maxLength': 1}, 'else': {'maximum': 5}}"
                        + " | 'a', 5, null | 'aa', 6",
                "{'if': {'type': 'string'}, 'then': false} | 1 | 'a'",
                "{'not': true} | | 1, null",
                "{'items': {'type': 'string'}} | [], ['a'], 1 | [1]",
                "{'items': [true, {'type': 'number'}], 'additionalItems': false}"
                        + " | ['a', 1] | ['a', 'b'], ['a', 1, 2]",
                "{'anyOf': [{'const': 1}, {'const': 2}], '$ref': '#/definitions/d',"
                        + " 'definitions': {'d': {'minimum': 2}}} | 2 | 1, 3",
                "{'patternProperties': {'^a': {'type': 'string'}}, 'required': []}"
                        + " | {'ab': 'c'}, {} | {'ab': 1}",
                "{'dependencies': {'a': ['b'], 'c': {'required': ['d']}}}"
                        + " | {'a': 1, 'b': 1}, {'c': 1, 'd': 1} | {'a': 1}, {'c': 1}",
                "{'title': 't', 'default': 1, 'examples': [1], '$comment': 'c'} | 1 | ",
            })
    void keywords_mean_what_json_schema_says(String schema, String right, String wrong) {
        String own = schema.replace("#/definitions", "#/properties/v/definitions");
        use("{'properties': {'v': " + own + "}}");
        for (String value : values(right)) {
            assertEquals(201, post("{'v': " + value + "}"), value);
        }
        for (String value : values(wrong)) {
            assertEquals(422, post("{'v': " + value + "}"), value);
        }
    }

    private static String[] values(String list) {
        return list == null ? new String[0] : list.split(", (?![^\\[{]*[]}])");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'format': 'email'}",
                "{'properties': {'a': {'propertyNames': {}}}}",
                "{'contains': {}}",
                "{'$ref': '#'}",
                "{'$ref': 's'}",
                "{'definitions': {'a': {'$ref': '#/definitions/b'},"
                        + " 'b': {'$ref': '#/definitions/a'}},"
                        + " 'items': {'$ref': '#/definitions/a'}}",
                "{'$ref': '#/definitions/none'}",
                "{'$ref': 'http://example.com/schema'}",
                "{'$ref': 'file:///etc/passwd'}",
                "{'$ref': 1}",
                "{'properties': 1}",
                "{'items': 1}",
                "{'allOf': {}}",
                "{'maxLength': 'long'}",
                "{'type': 'text'}",
            })
    void what_cannot_be_checked_is_refused(String schema) {
        Http.Answer answer = send("PUT " + STORE + "/s?wm=upsert " + schema);
        assertEquals(400, answer.status(), answer.text());
        assertEquals(404, http.get(STORE + "/s").status());
    }

    /** Ten references to ten references and so on are no more than a schema may have. */
    @Test
    void references_do_not_multiply_without_end() {
        StringBuilder schema = new StringBuilder("{'definitions': {'d0': {}");
        for (int i = 1; i < 10; i++) {
            String reference = "{'$ref': '#/definitions/d" + (i - 1) + "'},";
            schema.append(", 'd").append(i).append("': {'allOf': [");
            schema.append(reference.repeat(10)).append("{}]}");
        }
        schema.append("}, '$ref': '#/definitions/d9'}");
        assertEquals(400, send("PUT " + STORE + "/s?wm=upsert " + schema).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH /restheart/shop/_schemas/address {'type': 'array'}",
                "POST /restheart/shop/_schemas [{'_id': 'a'}]",
                "DELETE /restheart/shop/_schemas/*?filter=%7Ba%3A1%7D",
                "PUT /restheart/shop/items {'jsonSchema': {}}",
                "PATCH /restheart/shop/_schemas/* {'type': 'array'}",
            })
    void what_writes_no_whole_schema_is_refused(String request) {
        assertEquals(400, send(request).status());
    }

    @Test
    void a_schema_that_is_not_there_is_told() {
        Http.Answer answer = send("PUT " + ITEMS + " {'jsonSchema': {'schemaId': 'none'}}");
        assertEquals(404, answer.status());
        assertEquals(404, http.get(ITEMS + "/_meta").status());
    }

    /** Whoever may write properties or schemas, but not collMod, changes no validator. */
    @Test
    void validators_need_the_right_to_modify_the_collection(@TempDir Path directory)
            throws IOException {
        try (UsersServer users = new UsersServer(directory)) {
            users.user("wes", "readWrite@cinema");
            users.user("ada", "readWrite@cinema", "dbAdmin@cinema");
            String wes = UsersServer.basic("wes");
            String ada = UsersServer.basic("ada");
            String cinema = "/restheart/cinema";
            assertEquals(201, users.send(ada, "PUT " + cinema + "/_schemas").status());
            String schema = " {'_id': 's', 'required': ['year']}";
            assertEquals(201, users.send(wes, "POST " + cinema + "/_schemas" + schema).status());
            String property = " {'jsonSchema': {'schemaId': 's'}}";
            assertEquals(403, users.send(wes, "PATCH " + cinema + "/movies" + property).status());
            assertEquals(200, users.send(ada, "PATCH " + cinema + "/movies" + property).status());
            assertEquals(422, users.send(wes, "POST " + cinema + "/movies {'a': 1}").status());
            assertEquals(403, users.send(wes, "PUT " + cinema + "/_schemas/s {}").status());
            assertEquals(
                    403, users.send(wes, "PATCH " + cinema + "/movies {'jsonSchema': 1}").status());
            assertEquals(422, users.send(wes, "POST " + cinema + "/movies {'a': 1}").status());
            String other = " {'jsonSchema': {'schemaId': 's', 'schemaStoreDb': 'other'}}";
            assertEquals(403, users.send(ada, "PATCH " + cinema + "/movies" + other).status());
        }
    }

    @Test
    void who_sees_some_schemas_only_learns_nothing_of_others(@TempDir Path directory)
            throws IOException {
        try (UsersServer users = new UsersServer(directory)) {
            users.command(
                    "{'createRole': 'some', 'roles': [], 'privileges': [{'resource':"
                            + " {'db': 'cinema', 'collection': '_schemas'}, 'actions': ['find',"
                            + " 'insert', 'update'], 'readFilter': {'_id': 'seen'},"
                            + " 'writeFilter': {'_id': 'seen'}},"
                            + " {'resource': {'db': 'cinema', 'collection': 'movies'},"
                            + " 'actions': ['collMod']}, {'resource': {'db': 'cinema',"
                            + " 'collection': '_properties'}, 'actions': ['insert', 'update']}]}");
            users.user("sue", "some@admin");
            users.user("ada", "readWrite@cinema", "dbAdmin@cinema");
            String sue = UsersServer.basic("sue");
            String ada = UsersServer.basic("ada");
            String store = "/restheart/cinema/_schemas";
            assertEquals(201, users.send(ada, "PUT " + store).status());
            for (String id : new String[] {"seen", "hidden"}) {
                String schema = " {'_id': '" + id + "', 'required': ['year']}";
                assertEquals(201, users.send(ada, "POST " + store + schema).status());
            }
            assertEquals(200, users.send(sue, "GET " + store + "/seen").status());
            String reference = " {'$ref': 'hidden#/properties/x'}";
            assertEquals(403, users.send(sue, "PUT " + store + "/seen" + reference).status());
            String property = " {'jsonSchema': {'schemaId': 'hidden'}}";
            String movies = "PATCH /restheart/cinema/movies";
            assertEquals(403, users.send(sue, movies + property).status());
            assertEquals(200, users.send(sue, movies + " {'descr': 'all'}").status());
        }
    }

    @Test
    void a_schema_in_use_stays() {
        use(PERSON);
        for (String id : new String[] {"s", "address"}) {
            Http.Answer answer = send("DELETE " + STORE + "/" + id);
            assertEquals(409, answer.status(), answer.text());
            assertTrue(answer.text().contains("in use"), answer.text());
        }
        assertEquals(404, send("DELETE " + STORE + "/none").status());
    }

    /** Properties are documents, which drivers write as they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'_id': '_properties.x', 'jsonSchema': [{'schemaId': 's', STORE}]}",
                "{'_id': '_properties.x', 'jsonSchema': {'schemaId': 's', STORE}}",
                "{'_id': '_properties.y', 'jsonSchema': {'schemaId': 'n', STORE}}",
                "{'_id': '_properties.$', 'jsonSchema': {'schemaId': 's', STORE}}",
                "{'_id': '_properties.', 'jsonSchema': {'schemaId': {}, STORE}}",
            })
    void properties_of_another_database_hinder_nobody(String properties) {
        Database other = server.smilodon().database("elsewhere");
        String json = properties.replace("STORE", "'schemaStoreDb': 'shop'").replace('\'', '"');
        other.createCollection("x");
        Document any = Document.of("validator", Document.of("$jsonSchema", Document.EMPTY));
        other.createCollection("y", any);
        other.collection("_properties").insertOne(ExtendedJson.readDocument(json));
        assertEquals(201, send("PUT " + STORE + "/s?wm=upsert {'type': 'object'}").status());
        assertEquals(
                200, send("PUT " + STORE + "/s {'type': 'object', 'minProperties': 1}").status());
        assertEquals(204, send("DELETE " + STORE + "/s").status());
    }
}
