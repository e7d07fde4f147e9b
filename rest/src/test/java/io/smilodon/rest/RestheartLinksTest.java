package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the links of full HAL lead to what they stand at, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartLinksTest {

    private static final String DB = "/restheart/shop";
    private static final String HAL = "?rep=hal&hal=full&pagesize=1000&page=1";

    private final TestServer server = new TestServer();
    private final Http http = server.http();

    @BeforeEach
    void create() {
        assertEquals(201, http.put(DB, "").status());
        assertEquals(201, http.put(DB + "/items", "").status());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<Document> elements(String path) {
        List<Document> elements = new ArrayList<>();
        for (Field group : (Document) http.get(path).get("_embedded")) {
            ((ArrayValue) group.value()).forEach(each -> elements.add((Document) each));
        }
        return elements;
    }

    private static String link(Document element) {
        Document self = (Document) ((Document) element.get("_links")).get("self");
        return ((StringValue) self.get("href")).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a/b'", "'a b+c'", "'\u00fc\u20ac\ud83d\ude00'", "'%2F'", "'a?b#c'", "'...'",
                "'a;b'", "'_x'", "'_null'", "'true'", "'*'", "'507f1f77bcf86cd799439011'",
                "{'$oid': '507f1f77bcf86cd799439011'}", "1", "-1.5", "1e300", "true", "null",
                "{'$date': 5}", "{'$minKey': 1}", "{'$numberLong': '9223372036854775807'}"
            })
    void a_document_has_a_link_that_leads_to_it(String id) {
        Document document =
                ExtendedJson.readDocument("{'_id': %s}".formatted(id).replace('\'', '"'));
        server.smilodon().database("shop").collection("items").insertOne(document);
        Document element = elements(DB + "/items" + HAL + "&jsonMode=extended").getFirst();
        String link = link(element);
        assertEquals(
                document, http.get(link + (link.contains("?") ? "&" : "?") + "np").json(), link);
    }

    /** What a path cannot say, or says of something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'.'",
                "'..'",
                "'_meta'",
                "'_size'",
                "'_indexes'",
                "'a\\u0000b'",
                "{'a': 1}",
                "{'$numberDouble': 'NaN'}",
                "{'$numberDouble': '-Infinity'}"
            })
    void a_document_that_no_path_leads_to_has_no_link(String id) {
        Document document =
                ExtendedJson.readDocument("{'_id': %s}".formatted(id).replace('\'', '"'));
        server.smilodon().database("shop").collection("items").insertOne(document);
        assertEquals("#", link(elements(DB + "/items" + HAL).getFirst()));
    }

    @Test
    void collections_and_indexes_have_links_by_their_names() {
        for (String name : List.of("_schemas", "_x", "a%20b%2Fc", "507f1f77bcf86cd799439011")) {
            assertEquals(201, http.put(DB + "/" + name, "").status());
        }
        String index = DB + "/items/_indexes/507f1f77bcf86cd799439012";
        assertEquals(201, http.put(index, "{\"keys\": {\"a\": 1}}").status());
        List<Document> all = new ArrayList<>(elements(DB + HAL));
        all.addAll(elements(DB + "/items/_indexes" + HAL.replaceAll("&page.*", "")));
        assertTrue(all.size() >= 7, all.toString());
        for (Document each : all) {
            assertEquals(200, http.get(link(each)).status(), each.toString());
        }
        assertEquals(Value.of("_id_"), http.get(DB + "/items/_indexes/_id_").get("_id"));
    }
}
