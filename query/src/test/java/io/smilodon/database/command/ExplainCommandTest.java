package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How commands are explained. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExplainCommandTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void finds_are_explained() {
        Document told = server.ok("{'explain': {'find': 'films', 'filter': {'_id': 1}}}");
        assertEquals("'1'", Json.text(told.get("explainVersion")));
        assertEquals(
                "'IDHACK'",
                Json.text(part(part(told, "queryPlanner"), "winningPlan").get("stage")));
        assertEquals(1, number(part(told, "executionStats"), "nReturned"));
        Document planned = server.ok("{'explain': {'find': 'films'}, 'verbosity': 'queryPlanner'}");
        assertTrue(!planned.has("executionStats"));
        assertEquals("{'find':'films','$db':'cinema'}", Json.text(planned.get("command")));
    }

    @Test
    void rule_122_an_explained_write_is_not_carried_out() {
        Document told =
                server.ok("{'explain': {'delete': 'films', 'deletes': [{'q': {}, 'limit': 0}]}}");
        assertEquals(
                "'DELETE'",
                Json.text(part(part(told, "queryPlanner"), "winningPlan").get("stage")));
        server.ok(
                "{'explain': {'update': 'films', 'updates': [{'q': {}, 'u': {'$set': {'a': 1}}}]}}");
        assertEquals("'DELETE'", stage("{'findAndModify': 'films', 'remove': true}"));
        assertEquals("'UPDATE'", stage("{'findAndModify': 'films', 'update': {'a': 1}}"));
        for (String all : List.of("{'$numberLong': '0'}", "0.0")) {
            String command = "{'delete': 'films', 'deletes': [{'q': {}, 'limit': %s}]}";
            Document stages = part(executed(command.formatted(all)), "executionStages");
            assertEquals(3, number(stages, "nWouldDelete"));
        }
        String filter = "{'$expr': {'$eq': ['$year', '$$y']}}";
        server.ok(
                "{'explain': {'delete': 'films', 'let': {'y': 1}, 'deletes': [{'q': "
                        + filter
                        + ", 'limit': 0}]}}");
        server.ok(
                "{'explain': {'findAndModify': 'films', 'let': {'y': 1}, 'remove': true, 'query': "
                        + filter
                        + "}}");
        assertEquals("{'n':3}", server.text("{'count': 'films'}"));
        server.ok("{'explain': {'count': 'films'}}");
        server.ok("{'explain': {'distinct': 'films', 'key': 'a'}}");
        server.ok("{'explain': {'aggregate': 'films', 'pipeline': [], 'cursor': {}}}");
    }

    @Test
    void rule_122_counts_are_those_of_the_whole_run_with_all_that_is_looked_at() {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'tags': 1}, 'name': 't'}]}");
        server.ok(
                "{'update': 'films', 'updates': [{'q': {'_id': 2}, 'u': {'$set': {'tags':"
                        + " [1, 2, 3]}}}]}");
        Document scan = executed("{'find': 'films', 'filter': {'year': 1995}, 'batchSize': 1}");
        assertEquals(2, number(scan, "nReturned"));
        assertEquals(3, number(scan, "totalDocsExamined"));

        String keys = "{'find': 'films', 'filter': {'tags': {'$gte': 1}}, 'hint': 't'}";
        for (int again = 0; again < 2; again++) { // nothing is remembered from one to the other
            Document index = executed(keys);
            assertEquals(1, number(index, "nReturned"));
            assertEquals(3, number(index, "totalKeysExamined"));
            assertEquals(1, number(index, "totalDocsExamined"));
            server.ok(keys);
        }
    }

    @Test
    void rule_122_a_write_that_is_wrong_is_refused_when_it_is_explained_too() {
        String update = "{'update': 'films', 'updates': [%s]}";
        assertRefused(9, update.formatted("{'q': {}, 'u': {'$sett': {'a': 1}}}"));
        assertRefused(9, update.formatted("{'q': {}, 'u': {'a': 1}, 'multi': true}"));
        assertRefused(
                9,
                update.formatted("{'q': {}, 'u': {'$set': {'a.$[x]': 1}}, 'arrayFilters': [{}]}"));
        assertRefused(40324, update.formatted("{'q': {}, 'u': [{'$nope': 1}]}"));
        assertRefused(51198, update.formatted("{'q': {}, 'u': {'a': 1}, 'c': {'x': 1}}"));
        assertRefused(2, update.formatted("{'q': {'$nope': 1}, 'u': {'a': 1}}"));
        assertRefused(
                224, update.formatted("{'q': {'$expr': true}, 'u': {'a': 1}, 'upsert': true}"));
        assertRefused(9, "{'delete': 'films', 'deletes': [{'q': {}, 'limit': 5}]}");
        assertRefused(9, "{'findAndModify': 'films'}");
        assertRefused(9, "{'findAndModify': 'films', 'remove': true, 'update': {'a': 1}}");
        assertRefused(9, "{'findAndModify': 'films', 'update': {'$sett': {'a': 1}}}");
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': []}");
        assertRefused(166, "{'delete': 'v', 'deletes': [{'q': {}, 'limit': 0}]}");
    }

    private void assertRefused(int code, String command) {
        for (String verbosity : List.of("queryPlanner", "executionStats")) {
            server.fails(code, "{'explain': " + command + ", 'verbosity': '" + verbosity + "'}");
        }
    }

    @Test
    void rule_122_what_a_write_would_do_is_counted() {
        String update = "{'update': 'films', 'updates': [%s]}";
        assertWould(
                "[0, 2, 2, 0]",
                update,
                "{'q': {'year': 1995}, 'u': {'$set': {'a': 1}}, 'multi': true}");
        assertWould("[0, 1, 0, 0]", update, "{'q': {'_id': 2}, 'u': {'$set': {'year': 1979}}}");
        assertWould("[0, 0, 0, 1]", update, "{'q': {'_id': 9}, 'u': {'a': 1}, 'upsert': true}");
        assertWould("[0, 0, 0, 0]", update, "{'q': {'_id': 9}, 'u': {'a': 1}}");
        String one = "{'findAndModify': 'films', %s}";
        assertWould("[1, 1, 1, 0]", one, "'query': {'_id': 1}, 'update': {'$inc': {'a': 1}}");
        assertWould("[0, 0, 0, 1]", one, "'query': {'_id': 9}, 'update': {'a': 1}, 'upsert': true");
        assertWould(
                "[1, 0, 0, 1]",
                one,
                "'query': {'_id': 9}, 'update': {'a': 1}, 'upsert': true, 'new': true");
        Document removal = executed("{'findAndModify': 'films', 'remove': true}");
        assertEquals(1, number(removal, "nReturned"));
        assertEquals(1, number(part(removal, "executionStages"), "nWouldDelete"));
        Document none = executed("{'update': 'none', 'updates': [{'q': {}, 'u': {'a': 1}}]}");
        assertEquals(0, number(part(none, "executionStages"), "nMatched"));
        assertEquals("{'n':3}", server.text("{'count': 'films'}"));
        assertEquals("{'n':0}", server.text("{'count': 'films', 'query': {'a': 1}}"));
    }

    /** What is returned, matched, modified and inserted. */
    private void assertWould(String counts, String command, String write) {
        Document stats = executed(command.formatted(write));
        Document stage = part(stats, "executionStages");
        assertEquals(
                counts,
                List.of(
                                number(stats, "nReturned"),
                                number(stage, "nMatched"),
                                number(stage, "nWouldModify"),
                                number(stage, "nWouldUpsert"))
                        .toString());
        assertEquals("'UPDATE'", Json.text(stage.get("stage")));
        assertTrue(stage.has("inputStage"));
    }

    @Test
    void rule_122_a_count_is_explained_by_the_plan_that_counts() {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        String count = "{'count': 'films', 'query': {'year': {'$gt': 1900}}, 'hint': 'y'%s}";
        Document told = server.ok("{'explain': " + count.formatted("") + "}");
        Document stats = part(told, "executionStats");
        assertEquals(0, number(stats, "totalDocsExamined"));
        Document stage = part(stats, "executionStages");
        assertEquals(3, number(stage, "nCounted"));
        assertEquals("COUNT COUNT_SCAN 'y'", CommandServer.way(stage));
        assertEquals(3, number(part(stage, "inputStage"), "nReturned"));
        assertEquals(0, number(stage, "nSkipped"));
        assertEquals(
                part(part(part(told, "queryPlanner"), "winningPlan"), "inputStage").get("stage"),
                part(stage, "inputStage").get("stage"));
        Document skipping = part(executed(count.formatted(", 'skip': 1")), "executionStages");
        assertEquals(2, number(skipping, "nCounted"));
        assertEquals(1, number(skipping, "nSkipped"));
        assertEquals(0, number(part(executed("{'count': 'none'}"), "executionStages"), "nCounted"));
    }

    private String stage(String command) {
        Document told = server.ok("{'explain': " + command + "}");
        return Json.text(part(part(told, "queryPlanner"), "winningPlan").get("stage"));
    }

    @Test
    void a_pipeline_that_is_a_find_is_explained_as_one() {
        String pipeline =
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$match': {'year': 1995}},"
                        + " {'$sort': {'title': 1}}, {'$limit': 2}]}";
        String find =
                "{'find': 'films', 'filter': {'year': 1995}, 'sort': {'title': 1}, 'limit': 2}";
        assertEquals(stage(find), stage(pipeline));
        assertEquals(number(executed(find), "nReturned"), number(executed(pipeline), "nReturned"));
        server.ok(
                "{'create': 'seen', 'viewOn': 'films', 'pipeline': [{'$match': {'year': 1995}}]}");
        assertEquals("'COLLSCAN'", stage("{'find': 'seen'}"));
        String grouped = pipeline.replace("{'$limit': 2}", "{'$group': {'_id': '$title'}}");
        assertTrue(server.ok("{'explain': " + grouped + "}").has("stages"));
    }

    @Test
    void an_explanation_says_what_was_explained_where() {
        Document told = server.ok("{'explain': {'find': 'films', 'limit': 1}}");
        assertEquals("{'find':'films','limit':1,'$db':'cinema'}", Json.text(told.get("command")));
        assertTrue(part(told, "serverInfo").has("gitVersion"));
    }

    @Test
    void a_watch_is_explained_by_its_stages() {
        String stages = "[{'$changeStream':{'fullDocument':'updateLookup'}},{'$match':{'a':1}}]";
        String watch = "{'aggregate': 'films', 'cursor': {}, 'pipeline': " + stages;
        assertEquals(stages, Json.text(server.ok("{'explain': " + watch + "}}").get("stages")));
        assertEquals(stages, Json.text(server.ok(watch + ", 'explain': true}").get("stages")));
        server.fails(20, "{'explain': " + watch.replace("'$match'", "'$sort'") + "}}");
        server.fails(72, "{'explain': " + watch + ", 'readConcern': {'level': 'local'}}}");
    }

    @Test
    void a_pipeline_without_a_collection_is_explained() {
        Document told =
                server.ok(
                        "{'explain': {'aggregate': 1, 'cursor': {}, 'pipeline':"
                                + " [{'$documents': [{'a': 1}]}]}}");
        assertTrue(told.has("stages"));
        server.fails(73, "{'explain': {'aggregate': 1, 'cursor': {}, 'pipeline': []}}");
    }

    private Document executed(String command) {
        return part(server.ok("{'explain': " + command + "}"), "executionStats");
    }

    @Test
    void what_cannot_be_explained() {
        server.fails(59, "{'explain': {'fnid': 'films'}}");
        server.fails(20, "{'explain': {'insert': 'films', 'documents': [{}]}}");
        server.fails(14, "{'explain': 'find'}");
        server.fails(2, "{'explain': {'find': 'films'}, 'verbosity': 'all'}");
        server.fails(40415, "{'explain': {'find': 'films', 'fliter': {}}}");
        server.fails(
                16,
                "{'explain': {'delete': 'films', 'deletes': [{'q': {}, 'limit': 0}, {'q': {},"
                        + " 'limit': 0}]}}");
    }

    @Test
    void rule_122_stages_behind_the_cursor_tell_what_they_returned() {
        String explain =
                "{'explain': {'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$group': {'_id':"
                        + " '$year'}}, {'$match': {'_id': {'$gt': 1980}}}]}, 'verbosity': '%s'}";
        String told = Json.text(server.ok(explain.formatted("executionStats")).get("stages"));
        assertTrue(told.contains("{'$group':{'_id':'$year'},'nReturned':"), told);
        assertTrue(told.contains("'executionTimeMillisEstimate':"), told);
        String planned = Json.text(server.ok(explain.formatted("queryPlanner")).get("stages"));
        assertTrue(!planned.contains("nReturned"), planned);
        server.ok(
                "{'explain': {'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$group': {'_id':"
                        + " 1}}, {'$out': 'written'}]}}");
        server.run(
                "{'explain': {'aggregate': 'films', 'cursor': {}, 'pipeline':"
                        + " [{'$changeStream': {}}]}}");
        assertEquals("{'n':0}", server.text("{'count': 'written'}"));
    }
}
