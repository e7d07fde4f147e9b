package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentRoutesTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    // ---- Documents

    @Test
    void an_inserted_document_is_found_under_its_location() {
        Http.Answer inserted = http.post(MOVIES + "/documents", "{\"title\":\"Heat\"}");

        Http.Answer read = http.get(inserted.header("Location"));

        assertEquals(201, inserted.status());
        assertEquals(200, read.status());
        assertEquals(Value.of("Heat"), read.get("title"));
        assertEquals(inserted.get("insertedId"), read.get("_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                                  | int:1",
                "\"a/b c?\"                         | a/b%20c%3F",
                "\"a/b\"                            | a%2Fb",
                "{\"$oid\":\"65f000000000000000000001\"} | 65f000000000000000000001",
                "{\"$oid\":\"65f000000000000000000001\"} | oid:65f000000000000000000001",
                "\"65f000000000000000000001\"       | 65f000000000000000000001",
                "\"int:1\"                          | str:int:1",
                "{\"a\":1}                          | json:%7B%22a%22:1%7D",
            })
    void ids_of_every_kind_stand_in_paths(String id, String path) {
        assertEquals(
                201, http.post(MOVIES + "/documents", "{\"_id\":" + id + ",\"n\":7}").status());

        Http.Answer read = http.get(MOVIES + "/documents/" + path);

        assertEquals(200, read.status(), read.text());
        assertEquals(Value.of(7), read.get("n"));
    }

    @Test
    void a_list_says_which_plan_answered_it() {
        test.insertMovies(30);
        http.post(MOVIES + "/indexes", "{\"key\":{\"year\":1}}");

        Http.Answer found =
                http.get(
                        MOVIES
                                + "/documents?limit=2&count=exact&filter="
                                + Http.encoded("{\"year\":{\"$gte\":1910}}")
                                + "&sort="
                                + Http.encoded("{\"year\":-1}"));

        assertEquals(200, found.status(), found.text());
        assertEquals(Value.of("IXSCAN year_1"), found.get("plan"));
        assertEquals(20, ((NumberValue) found.get("count")).toLong());
        Document first = (Document) ((ArrayValue) found.get("documents")).get(0);
        assertEquals(Value.of(1929), first.get("year"));
    }

    @Test
    void a_long_answer_goes_on_under_its_cursor() {
        test.insertMovies(250);
        Document answer = http.post(MOVIES + "/find", "{\"filter\":{}}").json();
        int read = ((ArrayValue) answer.get("documents")).size();
        Value cursor = ((Document) answer.get("cursor")).get("id");
        assertEquals(101, read);

        while (cursor instanceof StringValue id) {
            answer =
                    http.post("/api/v1/cursors/" + id.value() + "/next", "{\"batchSize\":100}")
                            .json();
            read += ((ArrayValue) answer.get("documents")).size();
            cursor = ((Document) answer.get("cursor")).get("id");
        }

        assertEquals(NullValue.INSTANCE, cursor);
        assertEquals(250, read);
    }

    @Test
    void a_closed_cursor_is_gone() {
        test.insertMovies(150);
        Document cursor = (Document) http.post(MOVIES + "/find", "{}").get("cursor");
        String path = "/api/v1/cursors/" + ((StringValue) cursor.get("id")).value();

        assertEquals(204, http.send("DELETE", path, "").status());

        Http.Answer gone = http.post(path + "/next", "{}");
        assertEquals(404, gone.status());
        assertEquals(Value.of(43), gone.get("code"));
    }

    @Test
    void lines_of_ndjson_are_inserted_one_by_one() {
        Http.Answer inserted =
                http.send(
                        "POST",
                        MOVIES + "/documents",
                        "{\"_id\":1}\n{\"_id\":2}\n",
                        "Content-Type",
                        "application/x-ndjson");

        assertEquals(201, inserted.status(), inserted.text());
        assertEquals(Value.of(2), inserted.get("insertedCount"));
    }

    @Test
    void a_batch_that_fails_in_part_says_which_part() {
        Http.Answer answer =
                http.post(
                        MOVIES + "/documents?ordered=false",
                        "[{\"_id\":1},{\"_id\":1},{\"_id\":2}]");

        assertEquals(207, answer.status());
        assertEquals(Value.of(2), answer.get("insertedCount"));
        Document error = (Document) ((ArrayValue) answer.get("writeErrors")).get(0);
        assertEquals(Value.of(1), error.get("index"));
        assertEquals(Value.of(11000), error.get("code"));
    }

    /** As MongoDB refuses it. */
    @Test
    void no_documents_at_all_are_refused() {
        Http.Answer refused = http.post(MOVIES + "/documents", "[]");
        assertEquals(400, refused.status(), refused.text());
        assertEquals(Value.of(16), refused.get("code"), refused.text());
    }

    // ---- Versions

    @Test
    void a_write_with_an_old_version_is_refused() {
        Http.Answer created = http.put(MOVIES + "/documents/int:1", "{\"n\":1}");
        String first = created.header("ETag");
        assertEquals(201, created.status(), created.text());
        assertEquals(200, http.put(MOVIES + "/documents/int:1", "{\"n\":2}").status());

        Http.Answer refused =
                http.send(
                        "PUT",
                        MOVIES + "/documents/int:1",
                        "{\"n\":3}",
                        "Content-Type",
                        "application/json",
                        "If-Match",
                        first);

        assertEquals(412, refused.status());
        assertEquals(Value.of(2), http.get(MOVIES + "/documents/int:1").get("n"));
    }

    @Test
    void an_unchanged_document_is_not_sent_again() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1}");
        String tag = http.get(MOVIES + "/documents/int:1").header("ETag");

        assertEquals(304, http.get(MOVIES + "/documents/int:1", "If-None-Match", tag).status());
    }

    @Test
    void head_tells_whether_a_document_is_there_and_in_which_version() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1}");

        Http.Answer there = http.send("HEAD", MOVIES + "/documents/int:1", "");
        Http.Answer missing = http.send("HEAD", MOVIES + "/documents/int:2", "");

        assertEquals(200, there.status());
        assertEquals(http.get(MOVIES + "/documents/int:1").header("ETag"), there.header("ETag"));
        assertEquals("", there.text());
        assertEquals(404, missing.status());
    }

    @Test
    void create_only_does_not_replace() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1}");

        Http.Answer refused =
                http.send(
                        "PUT",
                        MOVIES + "/documents/int:1",
                        "{\"n\":2}",
                        "Content-Type",
                        "application/json",
                        "If-None-Match",
                        "*");

        assertEquals(412, refused.status());
    }

    @Test
    void a_document_changes_by_update_and_by_merge_patch() {
        http.put(MOVIES + "/documents/int:1", "{\"n\":1,\"a\":{\"b\":1,\"c\":2}}");

        Http.Answer updated =
                http.send(
                        "PATCH",
                        MOVIES + "/documents/int:1",
                        "{\"$inc\":{\"n\":5}}",
                        "Content-Type",
                        "application/json");
        Http.Answer merged =
                http.send(
                        "PATCH",
                        MOVIES + "/documents/int:1",
                        "{\"a\":{\"b\":null,\"d\":3}}",
                        "Content-Type",
                        "application/merge-patch+json");

        assertEquals(Value.of(6), updated.get("n"));
        assertEquals(
                Document.builder().put("c", 2).put("d", 3).build(), merged.get("a"), merged.text());
    }

    @Test
    void a_deleted_document_is_not_found() {
        http.put(MOVIES + "/documents/int:1", "{}");

        assertEquals(204, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
        assertEquals(404, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
        assertEquals(404, http.get(MOVIES + "/documents/int:1").status());
    }

    // ---- Catalogue

    @Test
    void collections_and_indexes_come_and_go() {
        assertEquals(201, http.put(MOVIES, "{}").status());
        assertEquals(200, http.put(MOVIES, "{}").status());
        assertEquals(
                201,
                http.post(MOVIES + "/indexes", "{\"key\":{\"a\":1},\"unique\":true}").status());
        assertEquals(
                200,
                http.post(MOVIES + "/indexes", "{\"key\":{\"a\":1},\"unique\":true}").status());
        assertEquals(2, ((ArrayValue) http.get(MOVIES + "/indexes").get("indexes")).size());
        assertEquals(204, http.send("DELETE", MOVIES + "/indexes/a_1", "").status());
        assertEquals(404, http.send("DELETE", MOVIES + "/indexes/a_1", "").status());
        assertEquals(204, http.send("DELETE", MOVIES, "").status());
        assertEquals(404, http.get(MOVIES).status());
    }
}
