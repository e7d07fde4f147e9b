package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Documents as clients that are written for RESTHeart read them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartDocumentsTest {

    private static final String DB = "/restheart/shop";
    private static final String COLL = DB + "/items";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @BeforeEach
    void create() {
        assertEquals(201, http.put(DB, "{}").status());
        assertEquals(201, http.put(COLL, "{\"descr\": \"things\"}").status());
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void insertItems() {
        Http.Answer done =
                http.post(
                        COLL,
                        """
                        [{"_id": 1, "item": "journal", "qty": 25, "status": "A"},
                         {"_id": 2, "item": "notebook", "qty": 50, "status": "A"},
                         {"_id": 3, "item": "paper", "qty": 100, "status": "D"},
                         {"_id": 4, "item": "planner", "qty": 75, "status": "D"}]""");
        assertEquals(200, done.status(), done.text());
    }

    private static List<Document> elements(Http.Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        List<Document> elements = new ArrayList<>();
        for (Value each : ExtendedJson.readArray(answer.text())) {
            elements.add((Document) each);
        }
        return elements;
    }

    private String ids(String query) {
        return String.join(
                ",",
                elements(http.get(COLL + query)).stream()
                        .map(each -> ExtendedJson.write(each.get("_id"), JsonMode.PLAIN))
                        .toList());
    }

    private static String q(String json) {
        return Http.encoded(json);
    }

    // ---- Reading

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | 4,3,2,1",
                "{}                                                 | 1,2,3,4",
                "status                                             | 1,2,3,4",
                "-qty                                               | 3,4,2,1",
                "{'qty': 1}                                         | 1,2,4,3",
                "{qty: -1}                                          | 3,4,2,1",
            })
    void a_list_is_sorted_as_asked_and_the_newest_id_first_by_default(String sort, String ids) {
        insertItems();
        assertEquals(ids, ids(sort.isEmpty() ? "" : "?sort=" + q(sort)));
    }

    @Test
    void several_sorts_go_one_after_the_other() {
        insertItems();
        assertEquals("2,1,3,4", ids("?sort=status&sort=-qty"));
        assertEquals("2,1,3,4", ids("?sort_by=%2Bstatus&sort_by=-qty"));
    }

    @Test
    void several_filters_must_all_match() {
        insertItems();
        String both = "?filter=" + q("{\"qty\": {\"$gt\": 50}}") + "&filter=" + q("{'status':'D'}");
        assertEquals("4,3", ids(both));
        assertEquals("4", ids(both + "&filter=" + q("{item: 'planner'}")));
    }

    @Test
    void several_keys_go_together() {
        insertItems();
        Document first =
                elements(http.get(COLL + "?keys=" + q("{'item':1}") + "&keys=" + q("{'qty':1}")))
                        .getFirst();
        assertEquals(UsersServer.doc("{\"_id\": 4, \"item\": \"planner\", \"qty\": 75}"), first);
    }

    @Test
    void pages_follow_one_another() {
        insertItems();
        assertEquals("4,3,2", ids("?pagesize=3"));
        assertEquals("1", ids("?pagesize=3&page=2"));
        assertEquals("", ids("?pagesize=3&page=2147483647"));
        assertEquals("", ids("?pagesize=0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pagesize=1001         | pagesize",
                "pagesize=-1           | pagesize",
                "pagesize=x            | pagesize",
                "page=0                | page",
                "page=99999999999      | page",
                "filter=               | filter",
                "filter=%7B%7D         | filter",
                "filter=%7Ba           | filter",
                "filter=%5B1%5D        | filter",
                "keys=1                | keys",
                "sort=-                | sort",
                "hint=%7B              | hint",
                "rep=xml               | rep",
                "jsonMode=shell        | jsonMode",
                "hal=much              | hal",
                "readConcern=some      | readConcern",
                "fliter=%7B%7D         | fliter",
            })
    void a_wrong_parameter_is_named(String query, String parameter) {
        Http.Answer answer = http.get(COLL + "?" + query);
        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(400), answer.get("http status code"));
        assertEquals(Value.of("Bad Request"), answer.get("http status description"));
        assertEquals(Value.of("/" + parameter), answer.get("pointer"), answer.text());
        assertTrue(answer.json().has("code") && answer.json().has("message"), answer.text());
    }

    @Test
    void a_filter_that_is_too_deep_is_refused() {
        String deep = "{\"a\":".repeat(150) + "1" + "}".repeat(150);
        assertEquals(400, http.get(COLL + "?filter=" + q(deep)).status());
    }

    @Test
    void a_page_that_is_too_large_for_an_answer_is_refused() {
        String text = "x".repeat(1 << 20);
        for (int i = 0; i < 18; i++) {
            http.post(COLL, "{\"_id\": %d, \"text\": \"%s\"}".formatted(i, text));
        }
        Http.Answer refused = http.get(COLL);
        assertEquals(413, refused.status());
        assertTrue(refused.get("hint").toString().contains("pagesize"), refused.text());
        assertEquals(0, test.smilodon().statistics().openCursorCount());
        assertEquals(10, elements(http.get(COLL + "?pagesize=10")).size());
        assertEquals(18, elements(http.get(COLL + "?keys=" + q("{_id: 1}"))).size());
    }

    @Test
    void an_index_can_be_demanded_by_its_key() {
        insertItems();
        assertEquals(201, http.put(COLL + "/_indexes/byQty", "{\"keys\": {\"qty\": 1}}").status());
        assertEquals("4,3,2,1", ids("?hint=qty"));
        assertEquals("4,3,2,1", ids("?hint=" + q("{'qty':1}")));
        assertEquals(400, http.get(COLL + "?hint=-qty").status());
    }

    @Test
    void documents_are_counted() {
        insertItems();
        Http.Answer exact = http.get(COLL + "/_size?filter=" + q("{'status':'A'}"));
        assertEquals(Value.of(2), exact.get("_size"));
        assertEquals("exact", exact.header("X-Count-Strategy"));
        Http.Answer about = http.get(COLL + "/_size?count=estimated");
        assertEquals(Value.of(4), about.get("_size"));
        assertEquals("estimated", about.header("X-Count-Strategy"));
        Http.Answer filtered =
                http.get(COLL + "/_size?count=estimated&filter=" + q("{'status':'A'}"));
        assertEquals("exact", filtered.header("X-Count-Strategy"));
        Http.Answer list = http.get(COLL + "?count&pagesize=1");
        assertEquals("4", list.header("X-Count"));
        assertEquals(1, elements(list).size());
    }

    @Test
    void the_other_representations_have_properties_and_figures() {
        insertItems();
        Document shal = http.get(COLL + "?rep=shal&count&pagesize=3").json();
        assertEquals(Value.of("items"), shal.get("_id"));
        assertEquals(Value.of("things"), shal.get("descr"));
        assertEquals(Value.of(4), shal.get("_size"));
        assertEquals(Value.of(2), shal.get("_total_pages"));
        assertEquals(Value.of(3), shal.get("_returned"));
        assertTrue(shal.get("_embedded") instanceof ArrayValue);

        Http.Answer answer = http.get(COLL + "?rep=HAL&pagesize=3");
        assertTrue(answer.header("Content-Type").startsWith("application/hal+json"));
        Document hal = answer.json();
        assertFalse(hal.has("_size") || hal.has("_links"));
        assertTrue(((Document) hal.get("_embedded")).get("rh:doc") instanceof ArrayValue);
        assertFalse(http.get(COLL + "?rep=HAL&np").json().has("descr"));
    }

    @Test
    void full_hal_has_links_that_lead_on() {
        insertItems();
        Document hal = http.get(COLL + "?rep=HAL&hal=f&count&pagesize=3").json();
        Document links = (Document) hal.get("_links");
        String next = text(((Document) links.get("next")).get("href"));
        assertEquals(COLL + "?page=2&pagesize=3&rep=HAL&hal=f&count", next);
        Document second = http.get(next).json();
        assertEquals(Value.of(1), second.get("_returned"));
        assertFalse(((Document) second.get("_links")).has("next"));
        Document last =
                (Document)
                        ((ArrayValue) ((Document) second.get("_embedded")).get("rh:doc"))
                                .iterator()
                                .next();
        String self = text(((Document) ((Document) last.get("_links")).get("self")).get("href"));
        assertEquals(COLL + "/1?id_type=NUMBER", self);
        String full = self + "&rep=hal&hal=f";
        Document linked = (Document) http.get(full).get("_links");
        assertEquals(full, text(((Document) linked.get("self")).get("href")));
        assertEquals(Value.of("journal"), http.get(self).get("item"));
    }

    private static String text(Value value) {
        return ((StringValue) value).value();
    }

    @Test
    void json_is_written_as_asked() {
        http.post(COLL, "{\"_id\": \"x\", \"n\": {\"$numberLong\": \"5\"}, \"d\": {\"$date\": 9}}");
        String path = COLL + "/x";
        assertEquals("{\"_id\":\"x\",\"n\":5,\"d\":{\"$date\":9}}", http.get(path).text());
        assertEquals(
                "{\"_id\":\"x\",\"n\":{\"$numberLong\":\"5\"},\"d\":{\"$date\":9}}",
                http.get(path + "?jsonMode=STRICT").text());
        assertEquals(
                "{\"_id\":\"x\",\"n\":5,\"d\":{\"$date\":\"1970-01-01T00:00:00.009Z\"}}",
                http.get(path + "?jsonMode=relaxed").text());
        assertTrue(
                http.get(path + "?jsonMode=extended").text().contains("{\"$numberLong\":\"9\"}"));
    }

    // ---- Ids

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                         | {\"$numberInt\":\"1\"}    | 1?id_type=NUMBER",
                "2.5                       | {\"$numberDouble\":\"2.5\"} | 2.5?id_type=NUMBER",
                "5000000000                | 5000000000              | 5000000000?id_type=number",
                "d                         | {\"$date\":7}           | 7?id_type=DATE",
                "t                         | true                    | _true",
                "t                         | true                    | true?id_type=BOOLEAN",
                "n                         | null                    | _null",
                "m                         | {\"$minKey\":1}         | _MinKey",
                "m                         | {\"$maxKey\":1}         | any?id_type=MAXKEY",
                "s                         | \"a b/c?\"              | a%20b%2Fc%3F",
                "s                         | \"_null\"               | _null?id_type=STRING",
                "s | \"54f77f0fc2e6ea386c0752a5\" | 54f77f0fc2e6ea386c0752a5?id_type=STRING",
                "o | {\"$oid\":\"54f77f0fc2e6ea386c0752a5\"} | 54f77f0fc2e6ea386c0752a5",
            })
    void the_type_of_an_id_can_be_told(String mark, String id, String path) {
        Http.Answer posted = http.post(COLL, "{\"_id\": %s, \"mark\": \"%s\"}".formatted(id, mark));
        assertEquals(201, posted.status(), posted.text());
        assertEquals(Value.of(mark), http.get(COLL + "/" + path).get("mark"));
        assertEquals(Value.of(mark), http.get(posted.header("Location")).get("mark"));
        assertEquals(204, http.send("DELETE", COLL + "/" + path, "").status());
    }

    @Test
    void an_id_of_another_type_is_another_id() {
        insertItems();
        assertEquals(404, http.get(COLL + "/1").status());
        assertEquals(400, http.get(COLL + "/one?id_type=NUMBER").status());
        assertEquals(400, http.get(COLL + "/one?id_type=OID").status());
        assertEquals(400, http.get(COLL + "/1?id_type=INT").status());
    }
}
