package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as clients that are written for RESTHeart upload them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartCsvTest {

    private static final String CSV = "/restheart/csv?db=poi&coll=places";
    private static final String PLACES =
            """
            id,name,lat,open,at
            1,"Coliseum, Rome",41.89,true,"{""c"":[1,2]}"
            2,Eiffel Tower,48.85,,null
            """;

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer load(String query, String table) {
        return http.send("POST", CSV + query, table, "Content-Type", "text/csv");
    }

    private Document place(int id) {
        return test.smilodon()
                .database("poi")
                .collection("places")
                .findById(Value.of(id))
                .orElseThrow()
                .document();
    }

    @Test
    void a_row_is_a_document_and_a_column_its_id() {
        Http.Answer done = load("&id=0", PLACES);
        assertEquals(200, done.status(), done.text());
        assertEquals(Value.of(2), done.get("inserted"));
        assertEquals(
                UsersServer.doc(
                        """
                        {"_id": 1, "name": "Coliseum, Rome", "lat": 41.89, "open": true,
                         "at": {"c": [1, 2]}}"""),
                place(1));
        assertEquals(
                UsersServer.doc(
                        """
                        {"_id": 2, "name": "Eiffel Tower", "lat": 48.85, "open": "",
                         "at": null}"""),
                place(2));
        assertEquals(Value.of(2), load("", PLACES).get("inserted"));
        Http.Answer again = load("&id=0", PLACES);
        assertEquals(207, again.status());
        assertEquals(Value.of(2), again.get("failed"));
    }

    @Test
    void rows_change_what_is_there_and_create_only_if_allowed() {
        load("&id=0", "id,name\n1,Coliseum\n");
        Http.Answer updated = load("&id=0&update=true&upsert=false", PLACES);
        assertEquals(200, updated.status(), updated.text());
        assertEquals(Value.of(1), updated.get("matched"));
        assertEquals(Value.of("Coliseum, Rome"), place(1).get("name"));
        assertEquals(1, test.smilodon().database("poi").collection("places").count(Document.EMPTY));
        assertEquals(Value.of(1), load("&id=0&update=true", PLACES).get("upserted"));
        assertEquals(Value.of("Eiffel Tower"), place(2).get("name"));
    }

    @Test
    void tables_may_have_another_separator_and_documents_more_fields() {
        String query = "&id=1&sep=%3B&props=region&values=Europe&props=since&values=2023";
        assertEquals(200, load(query, "name;id\nRome, Italy;1\n").status());
        assertEquals(
                UsersServer.doc(
                        """
                        {"_id": 1, "name": "Rome, Italy", "region": "Europe", "since": 2023}"""),
                place(1));
        assertEquals(200, load("&id=0&sep=%09", "id\tname\n7\ta,b\n").status());
        assertEquals(Value.of("a,b"), place(7).get("name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/restheart/csv?coll=c               | 400",
                "/restheart/csv?db=d                 | 400",
                "/restheart/csv?db=d&coll=c&id=x     | 400",
                "/restheart/csv?db=d&coll=c&id=9     | 400",
                "/restheart/csv?db=d&coll=c&update=true | 400",
                "/restheart/csv?db=d&coll=c&sep=ab   | 400",
                "/restheart/csv?db=d&coll=c&sep=%22  | 400",
                "/restheart/csv?db=d&coll=c&props=a  | 400",
                "/restheart/csv?db=d&coll=c&what=a   | 400",
                "/restheart/csv?db=admin&coll=c      | 403",
                "/restheart/csv?db=d&coll=_properties | 403",
                "/restheart/csv?db=d&coll=fs.files    | 403",
                "/restheart/csv?db=d&coll=_schemas    | 403",
            })
    void what_is_not_understood_writes_nothing(String path, int status) {
        Http.Answer answer = http.send("POST", path, "a,b\n1,2\n", "Content-Type", "text/csv");
        assertEquals(status, answer.status(), answer.text());
        assertTrue(test.smilodon().databases().isEmpty());
        assertEquals(400, http.post("/restheart/csv?db=d&coll=c", "{}").status());
    }

    @Test
    void only_who_may_write_there_may_upload(@TempDir Path directory) throws IOException {
        try (UsersServer users = new UsersServer(directory)) {
            users.user("ann", "readWrite@cinema");
            for (String place : new String[] {"db=other&coll=c", "db=cinema&coll=c"}) {
                String[] headers = {
                    "Authorization", UsersServer.basic("ann"), "Content-Type", "text/csv"
                };
                int status =
                        users.http()
                                .send("POST", "/restheart/csv?" + place, "a\n1\n", headers)
                                .status();
                assertEquals(place.startsWith("db=cinema") ? 200 : 403, status, place);
            }
        }
    }
}
