package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Write concern, durability and request ids on the document routes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteParametersTest {

    private static final String DOCUMENTS = MOVIES + "/documents";
    private static final String ONE = DOCUMENTS + "/int:1";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer patch(String path, String json) {
        return http.send("PATCH", path, json, "Content-Type", "application/json");
    }

    private long count() {
        return test.smilodon().database("cinema").collection("movies").count(Document.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=0",
                "w=1",
                "w=majority",
                "j=true",
                "j=false",
                "w=majority&j=true&wtimeout=5",
                "durability=sync",
                "durability=interval",
                "durability=none"
            })
    void every_document_route_takes_what_there_is(String query) {
        assertEquals(201, http.post(DOCUMENTS + "?" + query, "{\"_id\":1}").status());
        assertEquals(201, http.post(DOCUMENTS + "?" + query, "[{\"_id\":2}]").status());
        assertEquals(200, http.put(ONE + "?" + query, "{\"n\":1}").status());
        Http.Answer patched = patch(ONE + "?" + query, "{\"$inc\":{\"n\":1}}");
        assertEquals(200, patched.status(), patched.text());
        assertEquals(Value.of(2), patched.get("n"));
        assertEquals(204, http.send("DELETE", ONE + "?" + query, "").status());
    }

    @ParameterizedTest
    @CsvSource({
        "w=2, 100",
        "w=51, 9",
        "w=-1, 9",
        "w=two, 79",
        "j=yes, 9",
        "wtimeout=-1, 9",
        "durability=fast, 2",
        "durable=sync, 40415",
        "requestid=1, 40415"
    })
    void what_there_is_not_is_refused_and_nothing_happens(String query, int code) {
        http.post(DOCUMENTS, "{\"_id\":1,\"n\":1}");
        for (Http.Answer refused :
                new Http.Answer[] {
                    http.post(DOCUMENTS + "?" + query, "{\"_id\":2}"),
                    http.post(DOCUMENTS + "?" + query, "[{\"_id\":3}]"),
                    http.put(ONE + "?" + query, "{\"n\":2}"),
                    patch(ONE + "?" + query, "{\"$set\":{\"n\":2}}"),
                    http.send("DELETE", ONE + "?" + query, "")
                }) {
            assertEquals(400, refused.status(), refused.text());
            assertEquals(Value.of(code), refused.get("code"), refused.text());
        }
        assertEquals(1, count());
        assertEquals(Value.of(1), http.get(ONE).get("n"));
    }

    @Test
    void a_repeated_request_has_one_effect_and_the_same_outcome() {
        for (int round = 0; round < 2; round++) {
            Http.Answer inserted = http.post(DOCUMENTS + "?requestId=a", "{\"n\":1}");
            assertEquals(201, inserted.status(), inserted.text());
            assertEquals(
                    201, http.post(DOCUMENTS + "?requestId=b", "[{\"n\":2},{\"n\":3}]").status());
            Http.Answer created = http.put(ONE + "?requestId=c", "{\"n\":1}");
            assertEquals(201, created.status(), created.text());
            Http.Answer added = patch(ONE + "?requestId=d", "{\"$inc\":{\"n\":1}}");
            assertEquals(200, added.status(), added.text());
            assertEquals(Value.of(2), added.get("n"));
        }
        assertEquals(4, count());
        assertEquals(204, http.send("DELETE", ONE + "?requestId=e", "").status());
        assertEquals(204, http.send("DELETE", ONE + "?requestId=e", "").status());
        assertEquals(404, http.send("DELETE", ONE + "?requestId=f", "").status());
        assertEquals(3, count());
    }

    @Test
    void an_id_belongs_to_one_request() {
        assertEquals(201, http.put(ONE + "?requestId=a", "{\"n\":1}").status());
        Http.Answer other = http.put(ONE + "?requestId=a", "{\"n\":2}");
        assertEquals(400, other.status());
        assertEquals(Value.of(2), other.get("code"));
        assertEquals(Value.of(1), http.get(ONE).get("n"));
    }
}
