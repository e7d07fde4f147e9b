package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
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

/** Index filters leave queries of a shape some indexes only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexFilterCommandsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        StringBuilder documents = new StringBuilder("{'_id': 0, 'a': 0, 'b': 0}");
        for (int id = 1; id < 200; id++) {
            documents.append(", {'_id': %d, 'a': %d, 'b': %d}".formatted(id, id, id % 5));
        }
        server.ok("{'insert': 'c', 'documents': [" + documents + "]}");
        server.ok(
                "{'createIndexes': 'c', 'indexes': [{'key': {'a': 1}, 'name': 'a_1'}, {'key':"
                        + " {'b': 1}, 'name': 'b_1'}, {'key': {'a': 1, 'b': 1}, 'name': 'ab'}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<Value> list(Value array) {
        return ((ArrayValue) array).elements();
    }

    private String plan(String command) {
        Document planner = server.planner(command);
        return CommandServer.way(part(planner, "winningPlan"))
                + " "
                + Json.text(planner.get("indexFilterSet"));
    }

    private void filter(String shape, String indexes) {
        server.ok("{'planCacheSetFilter': 'c', %s, 'indexes': %s}".formatted(shape, indexes));
    }

    private static final String FIND = "{'find': 'c', 'filter': {'a': 7, 'b': 2}}";

    @Test
    void a_filter_leaves_queries_of_its_shape_the_indexes_that_it_names() {
        assertTrue(plan(FIND).endsWith("false"));
        filter("'query': {'a': 1, 'b': 'x'}", "['b_1']");
        assertEquals("FETCH IXSCAN 'b_1' true", plan(FIND));
        filter("'query': {'a': 1, 'b': 1}", "[{'a': 1}]");
        assertEquals("FETCH IXSCAN 'a_1' true", plan(FIND));
        assertTrue(plan("{'find': 'c', 'filter': {'a': 7}}").endsWith("false"));
        assertTrue(
                plan("{'find': 'c', 'filter': {'a': 7, 'b': 2}, 'sort': {'b': 1}}")
                        .endsWith("false"));
        assertTrue(
                plan("{'find': 'c', 'filter': {'a': 7, 'b': 2}, 'projection': {'b': 1}}")
                        .endsWith("false"));
    }

    @Test
    void a_filter_goes_before_a_hint() {
        String hinted = "{'find': 'c', 'filter': {'a': 7, 'b': 2}, 'hint': %s}";
        assertEquals("FETCH IXSCAN 'a_1' false", plan(hinted.formatted("'a_1'")));
        filter("'query': {'a': 1, 'b': 1}", "['b_1']");
        assertEquals("FETCH IXSCAN 'b_1' true", plan(hinted.formatted("'a_1'")));
        assertEquals("FETCH IXSCAN 'b_1' true", plan(hinted.formatted("{'$natural': 1}")));
        assertEquals("FETCH IXSCAN 'b_1' true", plan(hinted.formatted("'none'")));
        assertEquals(
                "COLLSCAN false",
                plan("{'find': 'c', 'filter': {'a': 7, 'b': 2}, 'sort': {'$natural': 1}}"));
    }

    @Test
    void where_no_index_is_left_all_documents_are_read() {
        filter("'query': {'a': 1, 'b': 1}", "['none', {'z': 1}]");
        assertEquals("COLLSCAN true", plan(FIND));
        filter("'query': {'a': 1, 'b': 1}", "['b_1']");
        server.ok("{'collMod': 'c', 'index': {'name': 'b_1', 'hidden': true}}");
        assertEquals("COLLSCAN true", plan(FIND));
    }

    @Test
    void the_index_on_ids_is_one_of_them_but_one_id_is_always_looked_up() {
        filter("'query': {'_id': 1}", "['a_1']");
        assertTrue(plan("{'find': 'c', 'filter': {'_id': 7}}").startsWith("IDHACK"));
        String range = "{'find': 'c', 'filter': {'_id': {'$gt': 190}, 'a': {'$gt': 3}}}";
        assertEquals("CLUSTERED_IXSCAN '_id_' false", plan(range));
        filter("'query': {'_id': {'$gt': 1}, 'a': {'$gt': 1}}", "['a_1']");
        assertEquals("FETCH IXSCAN 'a_1' true", plan(range));
        filter("'query': {'_id': {'$gt': 1}, 'a': {'$gt': 1}}", "['_id_']");
        assertEquals("CLUSTERED_IXSCAN '_id_' true", plan(range));
        String either = "{'find': 'c', 'filter': {'$or': [{'_id': 1}, {'a': 1}]}}";
        assertEquals("FETCH OR false", plan(either));
        filter("'query': {'$or': [{'_id': 1}, {'a': 1}]}", "['a_1']");
        assertEquals("COLLSCAN true", plan(either));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'count': 'c', 'query': {'a': 7, 'b': 2}}
                    {'distinct': 'c', 'key': 'z', 'query': {'a': 7, 'b': 2}}
                    {'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$match': {'a': 7, 'b': 2}}]}
                    {'update': 'c', 'updates': [{'q': {'a': 7, 'b': 2}, 'u': {'$set': {'z': 1}}}]}
                    {'delete': 'c', 'deletes': [{'q': {'a': 7, 'b': 2}, 'limit': 0}]}
                    {'findAndModify': 'c', 'query': {'a': 7, 'b': 2}, 'remove': true}
                    """)
    void a_filter_counts_for_every_command_that_finds(String command) {
        filter("'query': {'a': 1, 'b': 1}", "['b_1']");
        String plan = plan(command);
        assertTrue(plan.endsWith("IXSCAN 'b_1' true"), plan);
        server.ok(command);
        Document uses =
                server.ok(
                        "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$indexStats': {}},"
                                + " {'$match': {'accesses.ops': {'$gt': 0}}}, {'$project':"
                                + " {'_id': 0, 'name': 1}}]}");
        assertEquals("[{'name':'b_1'}]", Json.text(part(uses, "cursor").get("firstBatch")));
    }

    @Test
    void filters_are_listed_and_cleared() {
        filter("'query': {'a': 1}, 'sort': {'b': -1}, 'projection': {'_id': 0}", "['x', {'a': 1}]");
        filter("'query': {'b': 2}, 'collation': {'locale': 'de'}", "['b_1', 'b_1']");
        assertEquals(
                "{'filters':[{'query':{'a':1},'sort':{'b':-1},'projection':{'_id':0},'indexes':"
                        + "[{'a':1},'x']},{'query':{'b':2},'sort':{},'projection':{},"
                        + "'collation':{'locale':'de'},'indexes':['b_1']}]}",
                server.text("{'planCacheListFilters': 'c'}"));
        server.ok("{'planCacheClearFilters': 'c', 'query': {'b': 3}}");
        assertEquals(2, filters());
        server.ok(
                "{'planCacheClearFilters': 'c', 'query': {'b': 3}, 'collation': {'locale': 'de'}}");
        assertEquals(1, filters());
        server.ok("{'planCacheClearFilters': 'c'}");
        assertEquals(0, filters());
        filter("'query': {'a': 1, 'b': 1}", "['b_1']");
        server.ok("{'drop': 'c'}");
        fill();
        assertEquals(0, filters());
        assertFalse(plan(FIND).endsWith("true"));
    }

    private int filters() {
        return list(server.ok("{'planCacheListFilters': 'c'}").get("filters")).size();
    }

    @Test
    void the_plan_cache_tells_which_plans_were_made_under_a_filter() {
        server.ok(FIND);
        filter("'query': {'a': 1, 'b': 1}", "['b_1']");
        server.ok(FIND);
        List<String> told = new ArrayList<>();
        Document stats =
                server.ok(
                        "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$planCacheStats': {}}]}");
        for (Value entry : list(part(stats, "cursor").get("firstBatch"))) {
            told.add(Json.text(((Document) entry).get("indexFilterSet")));
        }
        assertEquals(List.of("true"), told);
        server.ok(FIND);
        server.ok("{'planCacheClearFilters': 'c'}");
        server.ok(FIND);
        assertTrue(plan(FIND).endsWith("false"));
    }

    @Test
    void queries_without_values_of_text_have_the_shape_of_those_with() {
        filter("'query': {'a': 'text', 'b': 'text'}", "['b_1']");
        assertEquals("FETCH IXSCAN 'b_1' true", plan(FIND));
        assertEquals(
                "FETCH IXSCAN 'b_1' false",
                plan(
                        "{'find': 'c', 'filter': {'a': 'x', 'b': 'y'}, 'collation': {'locale':"
                                + " 'de'}, 'hint': 'b_1'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    2   | {'planCacheSetFilter': 'none', 'query': {}, 'indexes': ['a']}
                    2   | {'planCacheSetFilter': 'c', 'query': {}}
                    2   | {'planCacheSetFilter': 'c', 'query': {}, 'indexes': 'a'}
                    2   | {'planCacheSetFilter': 'c', 'query': {}, 'indexes': []}
                    2   | {'planCacheSetFilter': 'c', 'query': {}, 'indexes': [1]}
                    2   | {'planCacheSetFilter': 'c', 'query': {}, 'indexes': [{}]}
                    2   | {'planCacheSetFilter': 'c', 'indexes': ['a']}
                    2   | {'planCacheSetFilter': 'c', 'query': 1, 'indexes': ['a']}
                    2   | {'planCacheSetFilter': 'c', 'query': {}, 'sort': 1, 'indexes': ['a']}
                    2   | {'planCacheSetFilter': 'c', 'query': {'a': {'$x': 1}}, 'indexes': ['a']}
                    2   | {'planCacheClearFilters': 'c', 'sort': {}}
                    2   | {'planCacheClearFilters': 'c', 'projection': {}}
                    2   | {'planCacheClearFilters': 'c', 'collation': {'locale': 'de'}}
                    166 | {'planCacheSetFilter': 'v', 'query': {}, 'indexes': ['a']}
                    166 | {'planCacheListFilters': 'v'}
                    73  | {'planCacheListFilters': 1}
                    """)
    void mistakes_have_the_codes_of_mongodb(int code, String command) {
        server.ok("{'create': 'v', 'viewOn': 'c', 'pipeline': []}");
        server.fails(code, command);
    }

    @Test
    void where_there_is_no_collection_nothing_is_filtered() {
        assertEquals("{'filters':[]}", server.text("{'planCacheListFilters': 'none'}"));
        server.ok("{'planCacheClearFilters': 'none'}");
    }

    @Test
    void there_is_a_limit_of_filters() {
        for (int at = 0; at < 1_000; at++) {
            filter("'query': {'f%d': 1}".formatted(at), "['a_1']");
        }
        filter("'query': {'f7': 1}", "['b_1']");
        server.fails(2, "{'planCacheSetFilter': 'c', 'query': {'g': 1}, 'indexes': ['a_1']}");
    }
}
