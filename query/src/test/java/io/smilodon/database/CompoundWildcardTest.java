package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wildcard indexes with other fields: what MongoDB has since 7.0. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompoundWildcardTest extends CollectionFixture {

    private static final String NAME = "a_1_b.$**_1_c_1";

    private final DocumentCollection things = collection;

    CompoundWildcardTest() {
        super("test", "things");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key': {'a': 1, 'b.$**': 1}}",
                "{'key': {'a.$**': 1, 'b': 1}}",
                "{'key': {'a': 1, 'b.$**': -1, 'c': 1}}",
                "{'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'a': 0}}",
                "{'key': {'$**': 1, 'a': 1}, 'wildcardProjection': {'a': 0}}",
                "{'key': {'a': 1, '$**': -1, 'b': 1}, 'wildcardProjection': {'a': 0, 'b': 0}}",
                "{'key': {'$**': 1, 'b': 1}, 'wildcardProjection': {'_id': 0, 'a': 1}}",
                "{'key': {'$**': 1, 'b': 1}, 'wildcardProjection': {'_id': 1, 'a': 0, 'b': 0}}",
                "{'key': {'$**': 1, 'b': 1}, 'wildcardProjection': {'_id': 1}}",
                "{'key': {'$**': 1, 'd': 1}, 'wildcardProjection': {'a': {'b': 1, 'c': 1}}}",
                "{'key': {'$**': 1, '_id': 1, 'e': 1}, 'wildcardProjection': {'_id': 0, 'a': 1}}",
                "{'key': {'_id': 1, '$**': 1}, 'wildcardProjection': {'_id': 0}}",
                "{'key': {'$**': 1, '_id': 1}, 'wildcardProjection': {'_id': 0}}",
                "{'key': {'_id': 1, 'a.b': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a': 0}}",
                "{'key': {'a.b': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a': 0}}",
                "{'key': {'b.c': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a': 1}}",
                "{'key': {'b.d': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a.b': 1}}",
                "{'key': {'a': 1, 'b.$**': 1}, 'hidden': true}",
                "{'key': {'a': 1, 'b.$**': 1}, 'partialFilterExpression': {'c': {'$gt': 1}}}",
                "{'key': {'a': 1, 'b.$**': 1}, 'collation': {'locale': 'en', 'strength': 2}}"
            })
    void what_may_stand_beside_a_wildcard(String specification) {
        insert("{'_id': 1, 'a': {'b': 2}, 'b': {'c': 'X'}, 'c': 2, 'd': 5}", "{'_id': 2}");
        index(specification);
        insert("{'_id': 3, 'a': {'b': 3}, 'b': {'e': [1, {'x': 'Y'}]}, 'f': 7}");
        things.updateOne(doc("{'_id': 1}"), value("{'$set': {'a.b': 5, 'b.c': 'x', 'b.d': 6}}"));

        assertEquals(List.of(), things.verify());
        Document listed = things.indexes().get(1);
        doc(specification).forEach(field -> assertTrue(listed.has(field.name())));
        assertEquals(doc(specification).get("key"), listed.get("key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7246204 | {'key': {'a': 1, 'a.$**': 1}}",
                "7246204 | {'key': {'a.b.c': 1, 'a.b.$**': 1}}",
                "7246201 | {'key': {'a.$**': 1, 'b.$**': 1}}",
                "67 | {'key': {'a.$**': 1, 'b': 'text'}}",
                "67 | {'key': {'a.$**': 1, 'b': 'hashed'}}",
                "67 | {'key': {'a.$**': 1, 'b': '2dsphere'}}",
                "67 | {'key': {'a.$**': 1, 'b': 1}, 'unique': true}",
                "67 | {'key': {'a.$**': 1, 'b': 1}, 'prepareUnique': true}",
                "67 | {'key': {'a.$**': 1, 'b': 1}, 'sparse': true}",
                "67 | {'key': {'a.$**': 1, 'b': 1}, 'expireAfterSeconds': 60}",
                "67 | {'key': {'a': 1, '$**': 1}}",
                "9 | {'key': {'a': 1, 'b.$**': 1}, 'wildcardProjection': {'c': 1}}",
                "9 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {}}",
                "2 | {'key': {'a': 1, 'b': 1}, 'wildcardProjection': {'c': 1}}",
                "51271 | {'key': {'s': 1, '$**': 1}, 'wildcardProjection': {'a': 'x'}}",
                "7246200 | {'key': {'$**': 1, 'c': 1}, 'wildcardProjection': {'a.b': 1, 'a.b.c': 1}}",
                "7246208 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'a': 1}}",
                "7246208 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'a': 1, 'b': 1}}",
                "7246208 | {'key': {'_id': 1, '$**': 1}, 'wildcardProjection': {'_id': 1}}",
                "7246208 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a': 1}}",
                "7246208 | {'key': {'_id': 1, '$**': 1}, 'wildcardProjection': {'_id': 1, 'a': 1}}",
                "7246209 | {'key': {'$**': 1, '_id': 1, 'e': 1}, 'wildcardProjection': {'_id': 1, 'e': 0}}",
                "7246209 | {'key': {'a': 1, '_id': 1, '$**': 1}, 'wildcardProjection': {'a': 0}}",
                "7246209 | {'key': {'a': 1, 'b': 1, '$**': 1}, 'wildcardProjection': {'b': 0}}",
                "7246209 | {'key': {'$**': 1, 'd': 1}, 'wildcardProjection': {'_id': 1, 'e': 0}}",
                "7246209 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a.b': 0}}",
                "7246209 | {'key': {'$**': 1, 'e': 1}, 'wildcardProjection': {'_id': 1, 'e.b': 0}}",
                "7246210 | {'key': {'$**': 1, 'e.c': 1}, 'wildcardProjection': {'_id': 1, 'e.b': 0}}",
                "7246210 | {'key': {'a': 1, '$**': 1}, 'wildcardProjection': {'_id': 0}}",
                "7246210 | {'key': {'_id': 1, '$**': 1, 'a': 1}, 'wildcardProjection': {'_id': 0}}",
                "7246210 | {'key': {'b': 1, '$**': 1}, 'wildcardProjection': {'_id': 0, 'a': 0}}",
                "7246211 | {'key': {'$**': 1, 'c': 1}, 'wildcardProjection': {'_id': 0, 'a': 0, 'b': 1}}",
                "7246211 | {'key': {'$**': 1, 'c': 1}, 'wildcardProjection': {'_id': 1, 'a': 0, 'b': 1}}"
            })
    void what_may_not(int code, String specification) {
        insert("{'_id': 1}");
        assertCode(code, () -> index(specification));
    }

    @Test
    void the_fields_beside_a_wildcard_are_no_arrays() {
        index("{'key': {'a.x': 1, 'b.$**': 1, 'c': 1}}");
        assertCode(7246301, () -> insert("{'_id': 1, 'c': [1, 2]}"));
        assertCode(7246301, () -> insert("{'_id': 1, 'c': []}"));
        assertCode(7246301, () -> insert("{'_id': 1, 'a': [{'x': 1}]}"));
        insert("{'_id': 1, 'a': {'x': 1}, 'b': [1, [2], {'y': [3]}], 'c': {'z': [1]}}");
        assertCode(
                7246301, () -> things.updateOne(doc("{'_id': 1}"), value("{'$set': {'c': [1]}}")));
        insert("{'_id': 2, 'd': [1]}");
        assertCode(7246301, () -> index("{'key': {'d': 1, 'b.$**': 1}}"));
        assertEquals(2, things.indexes().size());
    }

    @Test
    void an_index_of_32_fields_has_one_more_in_its_entries() {
        String others =
                IntStream.range(1, 32)
                        .mapToObj(n -> "'f" + n + "': 1")
                        .collect(Collectors.joining(", "));
        index("{'key': {'b.$**': 1, " + others + "}}");
        insert("{'_id': 1, 'b': {'x': 1}, 'f31': 2}");
        assertEquals(1, things.count(doc("{'b.x': 1, 'f31': 2}")));
    }

    private void fill() {
        index("{'key': {'a': 1, 'b.$**': 1, 'c': 1}}");
        insert("{'_id': 1, 'a': 1, 'b': {'x': 1}, 'c': 1}");
        insert("{'_id': 2, 'a': 1, 'b': {'x': -5, 'y': 2}, 'c': 1}");
        insert("{'_id': 3, 'a': 1, 'b': {'x': null}, 'c': 1}");
        insert("{'_id': 4, 'a': 1, 'b': null, 'c': 1}", "{'_id': 5, 'a': 1, 'c': 1}");
        insert("{'_id': 6, 'a': 2, 'b': {'x': 1}, 'c': 1}", "{'_id': 7, 'a': 1, 'b': {'x': 1}}");
        insert("{'_id': 8, 'a': 1, 'b': {'x': {'z': 1}}, 'c': 2}", "{'_id': 9, 'b': 4}");
        for (int id = 100; id < 400; id++) {
            insert("{'_id': %d, 'a': %d, 'b': {'w': 1}, 'c': 7}".formatted(id, id));
        }
    }

    /**
     * Entries of one path say nothing of documents that lack it: then those of all paths are read.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1, 'b.x': 1, 'c': 1} | [b.x,b.x] | 1",
                "{'a': 1, 'b.x': {'$gte': -5}, 'c': {'$lt': 2}} | [b.x,b.x] | 1 2",
                "{'a': 1, 'b.x': {'$exists': true}, 'c': 2} | [b.x,b.x] [b.x.,b.x/) | 8",
                "{'a': 1, 'b.x': null, 'c': 1} | [MinKey,MaxKey] | 3 4 5",
                "{'a': 1, 'b.x': {'$in': [null, 1]}, 'c': 1} | [MinKey,MaxKey] | 1 3 4 5",
                "{'a': 1, 'b.x': {'$not': {'$gt': 0}}, 'c': 1} | [MinKey,MaxKey] | 2 3 4 5",
                "{'a': 1, 'b.x': {'$nin': [1, 5]}, 'c': 1} | [MinKey,MaxKey] | 2 3 4 5",
                "{'a': 1, 'b.x': {'$exists': false}, 'c': 1} | [MinKey,MaxKey] | 4 5",
                "{'a': 1, 'b.x': {'z': 1}} | [b.x,b.x] [b.x.,b.x/) | 8",
                "{'a': 1, 'c': {'$ne': 1}} | [MinKey,MaxKey] | 7 8",
                "{'a': 1} | [MinKey,MaxKey] | 1 2 3 4 5 7 8",
                "{'a': {'$lt': 3}, 'c': 1} | [MinKey,MaxKey] | 1 2 3 4 5 6",
                "{'a': null} | [MinKey,MaxKey] | 9"
            })
    void rule_092_which_entries_a_filter_reads(String filter, String names, String ids) {
        fill();
        Document scan = scan(FindRequest.of(doc(filter)));
        String read = text(((Document) scan.get("indexBounds")).get("$_path"));
        assertEquals(names, read.replace("','", " ").replaceAll("[\\\\']|^\\[|]$", ""));
        assertEquals(ids, ids(FindRequest.of(doc(filter)), Comparator.naturalOrder()));
    }

    private String ids(FindRequest request) {
        return ids(request, (left, right) -> 0);
    }

    private String ids(FindRequest request, Comparator<String> order) {
        List<String> ids = new ArrayList<>();
        try (DocumentCursor cursor = things.find(request)) {
            cursor.forEachRemaining(found -> ids.add(text(found.get("_id"))));
        }
        return ids.stream().sorted(order).collect(Collectors.joining(" "));
    }

    private Document winningPlan(FindRequest request) {
        Document explained = things.explain(request, Verbosity.QUERY_PLANNER);
        return (Document) ((Document) explained.get("queryPlanner")).get("winningPlan");
    }

    private Document scan(FindRequest request) {
        Document stage = winningPlan(request);
        while (!text(stage.get("stage")).equals("'IXSCAN'")) {
            stage = (Document) stage.get("inputStage");
        }
        return stage;
    }

    @Test
    void explain_shows_the_path_in_the_place_of_the_wildcard() {
        fill();
        Document one = scan(FindRequest.of(doc("{'a': 1, 'b.x': 1, 'c': 1}")));
        assertEquals("'" + NAME + "'", text(one.get("indexName")));
        assertEquals("{'a':1,'$_path':1,'b.x':1,'c':1}", text(one.get("keyPattern")));
        assertEquals(
                "{'a':['[1,1]'],'$_path':['['b.x','b.x']'],'b.x':['[1,1]'],'c':['[1,1]']}",
                text(one.get("indexBounds")).replace("\\", ""));
        assertEquals("true", text(one.get("isSparse")));
        assertEquals("false", text(one.get("isMultiKey")));

        Document all = scan(FindRequest.of(doc("{'a': 1}")));
        assertEquals("{'a':1,'$_path':1,'c':1}", text(all.get("keyPattern")));
        assertEquals(
                "{'a':['[1,1]'],'$_path':['[MinKey,MaxKey]'],'c':['[MinKey,MaxKey]']}",
                text(all.get("indexBounds")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1} | {'a': 1} | false",
                "{'a': {'$lt': 3}} | {'a': -1} | false",
                "{'a': 1} | {'c': 1} | true",
                "{'a': 1, 'b.x': 1} | {'c': -1} | false",
                "{'a': 1, 'b.x': {'$lt': 3}} | {'b.x': -1} | false",
                "{'a': 1, 'b.x': {'$lt': 3}} | {'b.x': -1, 'c': -1} | false",
                "{'a': 1, 'b.x': {'$lt': 3}} | {'b.x': -1, 'c': 1} | true",
                "{'a': 1, 'b.x': {'$lt': 3}} | {'b.y': 1} | true",
                "{'a': {'$in': [1, 2]}, 'b.x': 1} | {'c': 1} | false"
            })
    void the_order_of_a_scan(String filter, String sort, boolean isSorted) {
        fill();
        FindRequest request =
                FindRequest.of(doc(filter)).withSort(doc(sort)).withHint(value("'" + NAME + "'"));
        assertEquals(isSorted, text(winningPlan(request)).contains("'stage':'SORT'"));
        FindRequest plain = FindRequest.of(doc(filter)).withSort(doc(sort));
        String unhinted = ids(plain.withHint(doc("{'$natural': 1}")));
        assertEquals(unhinted.split(" ").length, ids(request).split(" ").length);
    }

    @Test
    void arrays_below_the_wildcard_end_its_order() {
        fill();
        FindRequest request =
                FindRequest.of(doc("{'a': 1, 'b.x': {'$lt': 3}}"))
                        .withSort(doc("{'b.x': 1}"))
                        .withHint(value("'" + NAME + "'"));
        assertFalse(text(winningPlan(request)).contains("'stage':'SORT'"));
        insert("{'_id': 10, 'a': 1, 'b': {'x': [2, -7]}}");
        assertTrue(text(winningPlan(request)).contains("'stage':'SORT'"));
        assertEquals("10 2 7 1", ids(request.withSort(doc("{'b.x': 1, '_id': -1}"))));
    }

    @Test
    void what_the_fields_of_an_index_tell_needs_no_documents() {
        fill();
        FindRequest request =
                FindRequest.of(doc("{'a': 1, 'b.x': {'$gt': -9}}"))
                        .withProjection(doc("{'_id': 0, 'a': 1, 'b.x': 1, 'c': 1}"))
                        .withHint(value("'" + NAME + "'"));
        assertTrue(text(winningPlan(request)).contains("PROJECTION_COVERED"));
        assertEquals(
                "{'a':1,'b':{'x':-5},'c':1}{'a':1,'b':{'x':1}}{'a':1,'b':{'x':1},'c':1}",
                text(things.find(request)));
    }

    @Test
    void a_hint_of_an_index_that_serves_nothing_is_an_error() {
        fill();
        String name = "'" + NAME + "'";
        assertCode(291, () -> ids(FindRequest.of(doc("{}")).withHint(value(name))));
        assertCode(291, () -> ids(FindRequest.of(doc("{'c': 1}")).withHint(value(name))));
        String key = "{'a': 1, 'b.$**': 1, 'c': 1}";
        assertEquals("6", ids(FindRequest.of(doc("{'a': 2}")).withHint(doc(key))));
        assertEquals("7 1 6", ids(FindRequest.of(doc("{'b.x': 1}")).withHint(doc(key))));
    }

    @Test
    void branches_and_paths_have_uses_of_their_own() {
        fill();
        String filter = "{'$or': [{'a': 1, 'b.x': 1, 'c': 1}, {'a': 1, 'b.y': 2}, {'a': 2}]}";
        String plan = text(winningPlan(FindRequest.of(doc(filter))));
        assertEquals("1 2 6", ids(FindRequest.of(doc(filter))));
        assertEquals(4, plan.split("'indexName':'a_1_b").length, plan);
    }
}
