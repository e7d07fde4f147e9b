package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Value;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables in the filters of RESTHeart's clients, over real sockets. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartVariablesTest {

    private static final String ITEMS = "/restheart/shop/items";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @BeforeEach
    void insertItems() {
        assertEquals(201, http.put("/restheart/shop", "{}").status());
        assertEquals(201, http.put(ITEMS, "{}").status());
        String items =
                """
                [{"_id": 1, "item": "journal", "qty": 25, "status": "A"},
                 {"_id": 2, "item": "notebook", "qty": 50, "status": "A"},
                 {"_id": 3, "item": "paper", "qty": 100, "status": "D"},
                 {"_id": 4, "item": "planner", "qty": 75, "status": "D"}]""";
        assertEquals(200, http.post(ITEMS, items).status());
    }

    @AfterEach
    void stop() {
        test.close();
    }

    /** A query string from one that is easier to read. */
    private static String query(String parameters) {
        StringBuilder query = new StringBuilder();
        for (String each : parameters.split("&")) {
            String[] parts = each.strip().split("=", 2);
            query.append(query.isEmpty() ? "?" : "&")
                    .append(parts[0])
                    .append('=')
                    .append(Http.encoded(parts[1]));
        }
        return query.toString();
    }

    private Http.Answer list(String parameters) {
        return http.get(ITEMS + query(parameters));
    }

    private Http.Answer send(String method, String path) {
        return http.send(method, path, "{\"seen\": true}", "Content-Type", "application/json");
    }

    private static void assertRefused(int status, String told, Http.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertTrue(answer.text().contains(told), answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter={qty: {$gt: {$var: 'n'}}} & avars={n: 60}                     | 4,3",
                "filter={$var: 'f'} & avars={f: {status: 'D', qty: 75}}               | 4",
                "filter={item: {$in: {$var: 'a.b'}}} & avars={a: {b: ['paper', 1]}}   | 3",
                "filter={item: {$regex: {$var: 'p'}}} & avars={p: '^p'}               | 4,3",
                "filter={qty: {$gt: {$var: ['n', 60]}}}                               | 4,3",
                "filter={qty: {$gt: {$var: ['n', 60]}}} & avars={n: 90}               | 3",
                "filter={qty: {$var: 'n'}} & filter={status: {$var: 's'}}"
                        + " & avars={n: 75, s: 'D'}                                   | 4",
                "filter={_id: {$gte: {$var: '@page'}}} & page=2 & pagesize=2          | 2",
                "filter={none: {$var: '@user'}} & avars={'@user': 1}                  | 4,3,2,1",
                "sort={qty: {$var: 'way'}} & avars={way: 1}                           | 1,2,4,3",
                "sort={$var: 'order'} & avars={order: {status: -1, qty: -1}}          | 3,4,2,1",
                "hint={$var: 'key'} & avars={key: {_id: 1}}                           | 4,3,2,1",
            })
    void a_variable_stands_for_a_value(String parameters, String ids) {
        String expected = "[{\"_id\":" + ids.replace(",", "},{\"_id\":") + "}]";
        assertEquals(expected, list(parameters + " & keys={_id: 1}").text());
    }

    @Test
    void fields_to_return_have_variables_in_lists_and_of_one_document() {
        String keys = "keys={_id: 0, told: {$literal: {$var: 't'}}} & avars={t: '$qty'}";
        assertEquals(
                "[{\"told\":\"$qty\"}]", list(keys + " & filter={_id: {$var: ['x', 1]}}").text());
        String path = ITEMS + "/1" + query(keys + " & id_type=NUMBER");
        assertEquals("{\"told\":\"$qty\"}", http.get(path).text());
    }

    @Test
    void what_matches_is_counted() {
        String of = "filter={status: {$var: 's'}} & avars={s: 'A'}";
        assertEquals("{\"_size\":2}", http.get(ITEMS + "/_size" + query(of)).text());
        Http.Answer list = list(of + " & count=true & pagesize=1 & rep=hal & hal=f");
        assertEquals(Value.of(2), list.get("_size"), list.text());
        assertTrue(list.text().contains("avars="), "the next page needs them: " + list.text());
    }

    @Test
    void all_that_match_are_changed_and_deleted() {
        String some = ITEMS + "/*" + query("filter={status: {$var: 's'}} & avars={s: 'A'}");
        Http.Answer patched = send("PATCH", some);
        assertEquals(Value.of(2), patched.get("modified"), patched.text());
        assertEquals(
                "{\"_size\":2}", http.get(ITEMS + "/_size" + query("filter={seen: true}")).text());
        Http.Answer deleted = http.send("DELETE", some, "");
        assertEquals(Value.of(2), deleted.get("deleted"), deleted.text());
        assertEquals("{\"_size\":2}", http.get(ITEMS + "/_size").text());
    }

    @Test
    void files_that_match_are_deleted() {
        String bucket = "/restheart/shop/photos.files";
        assertEquals(201, http.put(bucket, "{}").status());
        String form =
                "--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\nabc\r\n--x--\r\n";
        for (String id : new String[] {"/a", "/b"}) {
            Http.Answer stored =
                    http.send(
                            "PUT",
                            bucket + id,
                            form,
                            "Content-Type",
                            "multipart/form-data; boundary=x");
            assertEquals(201, stored.status(), stored.text());
        }
        String some = query("filter={_id: {$var: 'id'}} & avars={id: 'a'}");
        assertEquals(Value.of(1), http.send("DELETE", bucket + "/*" + some, "").get("deleted"));
        assertEquals("{\"_size\":1}", http.get(bucket + "/_size").text());
    }

    /** Whatever a request would do, it does nothing where a variable has no value. */
    @Test
    void a_variable_without_a_value_is_named() {
        for (String avars : new String[] {"", " & avars={m: {n: 1}}"}) {
            String some = query("filter={qty: {$gt: {$var: 'n'}}}" + avars);
            String told = "variable n not bound";
            assertRefused(400, told, http.get(ITEMS + some));
            assertRefused(400, "/avars/n", http.get(ITEMS + some));
            assertRefused(400, "the parameter avars has", http.get(ITEMS + some));
            assertRefused(400, told, http.get(ITEMS + "/_size" + some));
            assertRefused(400, told, send("PATCH", ITEMS + "/*" + some));
            assertRefused(400, told, http.send("DELETE", ITEMS + "/*" + some, ""));
        }
        assertEquals("{\"_size\":4}", http.get(ITEMS + "/_size").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{v: {$ne: null}}",
                "{v: [{a: {$gt: ''}}]}",
                "{v: {a: 1, $or: []}}",
                "{v: {$var: 'w'}, w: 1}",
                "{v: {$regularExpression: {pattern: '.', options: ''}}}",
                "{v: {$regex: '.'}}",
                "{v: {$regex: '.', $options: 'i'}}",
                "{v: [{a: [{$regularExpression: {pattern: '.', options: ''}}]}]}",
                "{v: 1, unused: {$where: '1'}}",
            })
    void a_variable_brings_no_operator(String avars) {
        for (String filter : new String[] {"{item: {$var: 'v'}}", "{item: {$in: {$var: 'v'}}}"}) {
            String some = query("filter=" + filter + " & avars=" + avars);
            String told = "Variables cannot have operators";
            assertRefused(400, told, http.get(ITEMS + some));
            assertRefused(400, told, http.get(ITEMS + "/_size" + some));
            assertRefused(400, told, http.send("DELETE", ITEMS + "/*" + some, ""));
        }
        assertEquals("{\"_size\":4}", http.get(ITEMS + "/_size").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter={$var: 'f'} & avars={f: {}}",
                "filter={$var: 'f'} & avars={f: 1}",
                "filter={$var: ['f', []]}",
                "filter={qty: {$var: 1}}",
                "filter={qty: {$var: ['n']}}",
                "filter={qty: {$var: 'n', $gt: 1}} & avars={n: 1}",
                "filter={qty: {$var: 'n'}} & avars={n: ",
                "filter={qty: {$var: 'n'}} & avars=[]",
                "filter={qty: {$var: 'n'}} & avars={n: 1} & avars={n: 1}",
                "filter={qty: {$var: 'n'}} & avars={n: 1} & avars={m: 1}",
            })
    void what_is_no_filter_then_is_refused(String parameters) {
        assertEquals(400, list(parameters).status());
        assertEquals(400, http.send("DELETE", ITEMS + "/*" + query(parameters), "").status());
        assertEquals("{\"_size\":4}", http.get(ITEMS + "/_size").text());
    }

    @Test
    void what_is_forbidden_is_so_around_a_variable() {
        test.smilodon().operations().forbid(Set.of("$regex"));
        String some = query("filter={item: {$regex: {$var: 'p'}}} & avars={p: 'p'}");
        for (Http.Answer answer :
                new Http.Answer[] {
                    http.get(ITEMS + some),
                    http.get(ITEMS + "/_size" + some),
                    http.send("DELETE", ITEMS + "/*" + some, ""),
                }) {
            assertRefused(400, "\"code\":224", answer);
        }
    }

    private static String nested(int levels, String inside) {
        return "{a:".repeat(levels) + inside + "}".repeat(levels);
    }

    @ParameterizedTest
    @CsvSource({"90, 97, 200", "97, 97, 200", "97, 100, 400", "100, 97, 400"})
    void deep_values_stand_in_deep_filters(int filter, int value, int status) {
        String some =
                "filter="
                        + nested(filter, "{$var: 'v'}")
                        + " & avars={v: "
                        + nested(value, "1")
                        + "}";
        assertEquals(status, list(some).status(), list(some).text());
    }

    /** As often as a query string can name a value, and as large as it can be then. */
    @Test
    void a_filter_that_names_a_large_value_often_is_answered() {
        String value = "['" + "x','".repeat(600) + "']";
        String names = "{$var:'v'},".repeat(200);
        String some = "filter={item: {$in: [" + names + "1]}} & avars={v: " + value + "}";
        assertEquals("[]", list(some).text());
    }

    /** It would have forty times what a document may have. */
    @Test
    void a_pipeline_that_names_a_large_value_very_often_is_refused() {
        String names = "{\"$var\": \"v\"},".repeat(90_000);
        String definition =
                "{\"aggrs\": [{\"uri\": \"often\", \"stages\": [{\"$match\": {\"item\": {\"$in\": ["
                        + names
                        + "1]}}}]}]}";
        Http.Answer defined =
                http.send("PATCH", ITEMS, definition, "Content-Type", "application/json");
        assertEquals(200, defined.status(), defined.text());
        String value = "{v: '" + "x".repeat(8_000) + "'}";
        Http.Answer answer = http.get(ITEMS + "/_aggrs/often?avars=" + Http.encoded(value));
        assertRefused(413, "The values of variables are too large together", answer);
        assertEquals("[]", http.get(ITEMS + "/_aggrs/often" + query("avars={v: 'x'}")).text());
    }
}
