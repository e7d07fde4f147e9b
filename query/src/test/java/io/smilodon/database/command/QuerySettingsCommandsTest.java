package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is settled of queries by their shapes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuerySettingsCommandsTest {

    private static final String FIND = "{'find': 'c', 'filter': {'a': 7, 'b': 2}%s}";
    private static final String HINTS =
            "{'indexHints': {'ns': {'db': 'cinema', 'coll': '%s'}, 'allowedIndexes': %s}}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        for (String name : List.of("c", "d")) {
            StringBuilder documents = new StringBuilder("{'_id': 0, 'a': 0, 'b': 0}");
            for (int id = 1; id < 200; id++) {
                documents.append(", {'_id': %1$d, 'a': %1$d, 'b': %2$d}".formatted(id, id % 5));
            }
            server.ok("{'insert': '%s', 'documents': [%s]}".formatted(name, documents));
            server.ok(
                    ("{'createIndexes': '%s', 'indexes': [{'key': {'a': 1}, 'name': 'a_1'}, {'key':"
                                    + " {'b': 1}, 'name': 'b_1'}, {'key': {'a': 1, 'b': 1}, 'name':"
                                    + " 'ab'}]}")
                            .formatted(name));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String query(String command) {
        return command.substring(0, command.length() - 1) + ", '$db': 'cinema'}";
    }

    private Document settle(String command, String settings) {
        return server.adminOk(
                "{'setQuerySettings': %s, 'settings': %s}".formatted(query(command), settings));
    }

    private void remove(String command) {
        server.adminOk("{'removeQuerySettings': %s}".formatted(query(command)));
    }

    private static Document first(Value array) {
        return (Document) ((ArrayValue) array).elements().get(0);
    }

    private String plan(String command) {
        return CommandServer.way(part(server.planner(command), "winningPlan"));
    }

    private List<Value> settings() {
        Document answer =
                server.adminOk(
                        "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$querySettings': {}}]}");
        return ((ArrayValue) part(answer, "cursor").get("firstBatch")).elements();
    }

    @Test
    void settings_are_told_with_the_query_that_they_were_made_for() {
        String find = FIND.formatted("");
        Document told =
                settle(
                        find,
                        "{'indexHints': {'ns': {'db': 'cinema', 'coll': 'c'}, 'allowedIndexes':"
                                + " ['b_1', {'a': 1}, {'$natural': -1}]}, 'queryFramework': 'sbe',"
                                + " 'reject': false, 'comment': 'why'}");
        Document hash = Document.of("queryShapeHash", told.get("queryShapeHash"));
        assertEquals(64, ((StringValue) told.get("queryShapeHash")).value().length());
        String rest =
                "'settings':{'indexHints':[{'ns':{'db':'cinema','coll':'c'},'allowedIndexes':"
                        + "['b_1',{'a':1},{'$natural':-1}]}],'queryFramework':'sbe','comment':"
                        + "'why'},'representativeQuery':{'find':'c','filter':{'a':7,'b':2},"
                        + "'$db':'cinema'}}";
        assertEquals(Json.text(hash).replace("}", ",") + rest, Json.text(told));
        assertEquals(List.of(told), settings());
        Document debug =
                server.adminOk(
                        "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$querySettings':"
                                + " {'showDebugQueryShape': true}}]}");
        assertEquals(
                "{'cmdNs':{'db':'cinema','coll':'c'},'command':'find','filter':{'$and':[{'a':{"
                        + "'$eq':'?number'}},{'b':{'$eq':'?number'}}]}}",
                Json.text(first(part(debug, "cursor").get("firstBatch")).get("debugQueryShape")));
    }

    @Test
    void hints_leave_queries_of_the_shape_the_indexes_that_they_name() {
        settle(FIND.formatted(""), HINTS.formatted("c", "['b_1']"));
        Document planner = server.planner("{'find': 'c', 'filter': {'b': 3, 'a': {'$eq': 9}}}");
        assertFalse(planner.has("querySettings"), "other order, other shape");
        planner = server.planner("{'find': 'c', 'filter': {'a': 99, 'b': 0}}");
        assertEquals("FETCH IXSCAN 'b_1'", CommandServer.way(part(planner, "winningPlan")));
        assertEquals("false", Json.text(planner.get("indexFilterSet")));
        assertEquals(
                "{'indexHints':[{'ns':{'db':'cinema','coll':'c'},'allowedIndexes':['b_1']}]}",
                Json.text(planner.get("querySettings")));
        assertEquals("FETCH IXSCAN 'b_1'", plan(FIND.formatted(", 'hint': 'a_1'")));
        for (String other : List.of(", 'limit': 3", ", 'skip': 3", ", 'let': {'x': 1}")) {
            assertFalse(server.planner(FIND.formatted(other)).has("querySettings"), other);
        }
        remove(FIND.formatted(""));
        assertFalse(server.planner(FIND.formatted("")).has("querySettings"));
        assertEquals(List.of(), settings());
    }

    @Test
    void all_documents_are_read_where_the_hints_say_so() {
        String find = FIND.formatted("");
        settle(find, HINTS.formatted("c", "[{'$natural': -1}]"));
        Document stage = part(server.planner(find), "winningPlan");
        assertEquals("'COLLSCAN'", Json.text(stage.get("stage")));
        assertEquals("'backward'", Json.text(stage.get("direction")));
        server.adminOk("{'setParameter': 1, 'notablescan': true}");
        server.ok(find);
        remove(find);
        server.fails(291, "{'find': 'c', 'filter': {'z': 1}}");
    }

    @Test
    void hints_that_name_no_index_that_serves_have_no_effect() {
        String find = FIND.formatted("");
        String before = plan(find);
        settle(find, HINTS.formatted("c", "['none', {'z': 1}]"));
        assertEquals(before, plan(find));
        assertEquals("FETCH IXSCAN 'a_1'", plan(FIND.formatted(", 'hint': 'a_1'")));
        server.ok(find);
    }

    @Test
    void settings_go_before_index_filters() {
        String find = FIND.formatted("");
        server.ok("{'planCacheSetFilter': 'c', 'query': {'a': 1, 'b': 1}, 'indexes': [{'a': 1}]}");
        assertEquals("FETCH IXSCAN 'a_1'", plan(find));
        settle(find, HINTS.formatted("c", "['b_1']"));
        assertEquals("FETCH IXSCAN 'b_1'", plan(find));
        assertEquals("false", Json.text(server.planner(find).get("indexFilterSet")));
        remove(find);
        assertEquals("FETCH IXSCAN 'a_1'", plan(find));
        assertEquals("true", Json.text(server.planner(find).get("indexFilterSet")));
        settle(find, "{'queryFramework': 'classic'}");
        assertEquals("FETCH IXSCAN 'a_1'", plan(find));
    }

    private static final String PIPELINE =
            "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$match': {'a': 7, 'b': 2}},"
                    + " {'$lookup': {'from': 'd', 'localField': 'a', 'foreignField': 'a',"
                    + " 'as': 'x', 'pipeline': [{'$match': {'b': 2}}]}}]}";

    @Test
    void hints_count_for_pipelines_and_the_collections_that_they_join() {
        settle(
                PIPELINE,
                "{'indexHints': [{'ns': {'db': 'cinema', 'coll': 'c'}, 'allowedIndexes': ['b_1']},"
                        + " {'ns': {'db': 'cinema', 'coll': 'd'}, 'allowedIndexes': ['b_1']}]}");
        assertEquals("FETCH IXSCAN 'b_1'", plan(PIPELINE));
        server.ok(PIPELINE);
        assertEquals("[{'name':'b_1'}]", uses("c"));
        assertEquals("[{'name':'b_1'}]", uses("d"));
    }

    private String uses(String collection) {
        Document uses =
                server.ok(
                        "{'aggregate': '%s', 'cursor': {}, 'pipeline': [{'$indexStats': {}},"
                                        .formatted(collection)
                                + " {'$match': {'accesses.ops': {'$gt': 0}}}, {'$project':"
                                + " {'_id': 0, 'name': 1}}]}");
        return Json.text(part(uses, "cursor").get("firstBatch"));
    }

    @Test
    void hints_count_for_distinct_and_for_finds_on_views() {
        String distinct = "{'distinct': 'c', 'key': 'z', 'query': {'a': 7, 'b': 2}}";
        settle(distinct, HINTS.formatted("c", "['b_1']"));
        assertEquals("FETCH IXSCAN 'b_1'", plan(distinct));
        assertTrue(server.planner(distinct).has("querySettings"));
        server.ok("{'create': 'v', 'viewOn': 'c', 'pipeline': [{'$match': {'a': {'$gt': 3}}}]}");
        String viewed = "{'find': 'v', 'filter': {'b': 2}}";
        settle(viewed, HINTS.formatted("c", "['b_1']"));
        assertEquals("FETCH IXSCAN 'b_1'", plan(viewed));
        settle(viewed, HINTS.formatted("c", "['a_1']"));
        assertEquals("FETCH IXSCAN 'a_1'", plan(viewed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'find': 'c', 'filter': {'a': 5}} | {'find': 'c', 'filter': {'a': 6}}
                    {'distinct': 'c', 'key': 'a'}     | {'distinct': 'c', 'key': 'a', 'query': {}}
                    {'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$limit': 5}]} | \
                    {'aggregate': 'c', 'cursor': {'batchSize': 1}, 'pipeline': [{'$limit': 6}]}
                    """)
    void requests_of_a_shape_can_be_refused(String settled, String asked) {
        server.ok(asked);
        Document told = settle(settled, "{'reject': true}");
        server.fails(411, asked);
        Document explained = server.ok("{'explain': %s}".formatted(asked));
        assertEquals(told.get("queryShapeHash"), explained.get("queryShapeHash"));
        server.ok("{'find': 'c', 'filter': {'z': 6}}");
        server.ok("{'count': 'c', 'query': {'a': 6}}");
        String hash = Json.text(told.get("queryShapeHash"));
        server.adminFails(
                7746604, "{'setQuerySettings': %s, 'settings': {'reject': false}}".formatted(hash));
        server.adminOk(
                "{'setQuerySettings': %s, 'settings': {'reject': false, 'queryFramework': 'sbe'}}"
                        .formatted(hash));
        server.ok(asked);
        server.adminOk("{'setQuerySettings': %s, 'settings': {'reject': true}}".formatted(hash));
        server.fails(411, asked);
        server.adminOk("{'removeQuerySettings': %s}".formatted(hash));
        server.ok(asked);
    }

    @Test
    void tailable_cursors_are_refused_too() {
        server.ok("{'create': 'capped', 'capped': true, 'size': 10000}");
        server.ok("{'insert': 'capped', 'documents': [{'a': 1}]}");
        String tail = "{'find': 'capped', 'filter': {'a': 1}, 'tailable': true}";
        settle(tail, "{'reject': true}");
        server.fails(411, tail);
    }

    @Test
    void each_shape_has_its_own_hash() {
        String find = hash(FIND.formatted(""));
        assertEquals(find, hash("{'find': 'c', 'filter': {'a': {'$eq': 1}, 'b': -5}}"));
        assertEquals(find, hash(FIND.formatted(", 'hint': 'a_1', 'maxTimeMS': 500")));
        for (String other :
                List.of(
                        "{'find': 'd', 'filter': {'a': 7, 'b': 2}}",
                        "{'find': 'c', 'filter': {'a': 'x', 'b': 2}}",
                        "{'find': 'c', 'filter': {'a': 7}}",
                        FIND.formatted(", 'sort': {'a': 1}"),
                        FIND.formatted(", 'projection': {'a': 1}"),
                        FIND.formatted(", 'collation': {'locale': 'de'}"),
                        FIND.formatted(", 'returnKey': true"),
                        "{'aggregate': 'c', 'pipeline': [{'$match': {'a': 7, 'b': 2}}],"
                                + " 'cursor': {}}")) {
            assertNotEquals(find, hash(other), other);
        }
        String sort = "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$sort': {'a': %s}}]}";
        assertNotEquals(hash(sort.formatted("1")), hash(sort.formatted("-1")));
    }

    private String hash(String command) {
        Document told =
                server.ok("{'explain': %s, 'verbosity': 'queryPlanner'}".formatted(command));
        return Json.text(told.get("queryShapeHash"));
    }

    @Test
    void the_profile_tells_the_hash_of_the_shape() {
        server.ok("{'profile': 2}");
        String find = FIND.formatted("");
        server.ok(find);
        server.ok("{'profile': 0}");
        Document entry =
                server.ok(
                        "{'find': 'system.profile', 'filter': {'command.find': 'c'}, 'limit': 1}");
        assertEquals(
                hash(find),
                Json.text(first(part(entry, "cursor").get("firstBatch")).get("queryShapeHash")));
    }

    @Test
    void settings_stay_over_restarts(@TempDir Path directory) {
        String set =
                "{'setQuerySettings': {'find': 'c', 'filter': {'a': 1}, '$db': 'cinema'},"
                        + " 'settings': {'reject': true}}";
        Document told;
        try (Smilodon smilodon = Smilodon.open(directory)) {
            told = Commands.run(CommandContext.of(smilodon, "admin"), Json.doc(set));
        }
        try (Smilodon smilodon = Smilodon.open(directory)) {
            CommandContext context = CommandContext.of(smilodon, "cinema");
            CommandServer.assertCode(
                    411, Commands.run(context, Json.doc("{'find': 'c', 'filter': {'a': 8}}")));
            Document removed = Document.of("removeQuerySettings", told.get("queryShapeHash"));
            Commands.run(CommandContext.of(smilodon, "admin"), removed);
        }
        try (Smilodon smilodon = Smilodon.open(directory)) {
            CommandContext context = CommandContext.of(smilodon, "cinema");
            CommandServer.withoutOk(
                    Commands.run(context, Json.doc("{'find': 'c', 'filter': {'a': 8}}")));
        }
    }

    @Test
    void settings_by_hash_alone_have_no_query() {
        String hash = "0".repeat(63) + "a";
        server.adminOk(
                "{'setQuerySettings': '%s', 'settings': {'queryFramework': 'sbe'}}"
                        .formatted(hash));
        assertEquals(
                "[{'queryShapeHash':'%s','settings':{'queryFramework':'sbe'}}]"
                        .formatted(hash.toUpperCase(Locale.ROOT)),
                Json.text(ArrayValue.of(settings())));
        server.adminOk("{'removeQuerySettings': '%s'}".formatted(hash));
        server.adminOk("{'removeQuerySettings': '%s'}".formatted(hash));
        assertEquals(List.of(), settings());
    }

    @Test
    void hints_without_indexes_are_left_out() {
        Document told =
                settle(
                        FIND.formatted(""),
                        "{'indexHints': [{'ns': {'db': 'cinema', 'coll': 'c'}, 'allowedIndexes':"
                                + " ['a_1']}, {'ns': {'db': 'cinema', 'coll': 'd'},"
                                + " 'allowedIndexes': []}]}");
        assertEquals(
                "{'indexHints':[{'ns':{'db':'cinema','coll':'c'},'allowedIndexes':['a_1']}]}",
                Json.text(told.get("settings")));
    }
}
