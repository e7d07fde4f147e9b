package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The command aggregate: its answers, its options, its variables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AggregateCommandTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String batch(String command) {
        return Json.text(part(server.ok(command), "cursor").get("firstBatch"));
    }

    @Test
    void aggregations_answer_with_a_cursor() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'_id':1979,'n':1},{'_id':1995,'n':2}],'id':0,'ns':"
                        + "'cinema.films'}}",
                server.text(
                        "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$group': {'_id':"
                                + " '$year', 'n': {'$sum': 1}}}, {'$sort': {'_id': 1}}]}"));
        Document first =
                part(
                        server.ok(
                                "{'aggregate': 'films', 'pipeline': [], 'cursor': {'batchSize': 2}}"),
                        "cursor");
        server.ok("{'getMore': %d, 'collection': 'films'}".formatted(number(first, "id")));
        assertTrue(
                server.ok("{'aggregate': 'films', 'pipeline': [], 'explain': true}")
                        .has("queryPlanner"));
    }

    @Test
    void rule_094_what_an_aggregation_needs() {
        server.fails(9, "{'aggregate': 'films', 'pipeline': []}");
        server.fails(14, "{'aggregate': 'films', 'pipeline': {}, 'cursor': {}}");
        server.fails(40414, "{'aggregate': 'films', 'cursor': {}}");
        server.fails(40415, "{'aggregate': 'films', 'pipeline': [], 'cursor': {'size': 1}}");
        server.fails(40324, "{'aggregate': 'films', 'pipeline': [{'$mach': {}}], 'cursor': {}}");
        String stages = "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}";
        server.fails(14, stages.formatted("1"));
        server.fails(40323, stages.formatted("{}"));
        server.fails(40323, stages.formatted("{'$skip': 1, '$limit': 1}"));
        server.fails(40601, stages.formatted("{'$out': 'x'}, {'$limit': 1}"));
        server.fails(40601, stages.formatted("{'$merge': 'x'}, {'$limit': 1}"));
        server.fails(40602, stages.formatted("{'$limit': 1}, {'$collStats': {}}"));
        server.fails(73, "{'aggregate': 1, 'pipeline': [], 'cursor': {}}");
        assertTrue(
                server.ok(
                                "{'aggregate': 1, 'pipeline': [{'$documents': [{'a': 7}]}], 'cursor': {}}")
                        .toString()
                        .contains("7"));
        server.fails(73, "{'aggregate': 2, 'pipeline': [], 'cursor': {}}");
        server.fails(51024, "{'aggregate': 'films', 'pipeline': [], 'cursor': {'batchSize': -1}}");
    }

    @Test
    void documents_that_are_brought_along_go_with_no_collection() {
        String pipeline = "'pipeline': [{'$documents': [{'a': 7}]}]";
        server.fails(73, "{'aggregate': 'films', 'cursor': {}, " + pipeline + "}");
        server.fails(73, "{'aggregate': 'nowhere', 'cursor': {}, " + pipeline + "}");
        server.fails(73, "{'aggregate': 'films', 'explain': true, " + pipeline + "}");
        server.fails(
                40602,
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$limit': 1}, {'$documents':"
                        + " []}]}");
        server.ok(
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$unionWith': {"
                        + pipeline
                        + "}}]}");
    }

    @Test
    void aggregations_take_variables() {
        String pipeline =
                "{'aggregate': 'films', 'cursor': {}, 'let': {'y': 1979, 'n': {'$add': [1, 1]}},"
                        + " 'pipeline': [%s]}";
        assertEquals(
                "[{'_id':2,'n':2}]",
                batch(
                        pipeline.formatted(
                                "{'$match': {'$expr': {'$eq': ['$year', '$$y']}}}, {'$project':"
                                        + " {'n': '$$n'}}")));
        assertEquals(
                "[{'a':[{'_id':2}]}]",
                batch(
                        pipeline.formatted(
                                "{'$facet': {'a': [{'$match': {'$expr': {'$eq':"
                                        + " ['$year', '$$y']}}},"
                                        + " {'$project': {'_id': 1}}]}}")));
        assertEquals(
                "[{'_id':2,'f':[{'_id':2}]}]",
                batch(
                        pipeline.formatted(
                                "{'$match': {'_id': 2}}, {'$lookup': {'from': 'films', 'let':"
                                        + " {'m': 0}, 'as': 'f', 'pipeline': [{'$match':"
                                        + " {'$expr': {'$eq':"
                                        + " ['$year', {'$add': ['$$y', '$$m']}]}}}, {'$project':"
                                        + " {'_id': 1}}]}}, {'$project': {'f': 1}}")));
        assertEquals(
                "[{'_id':1},{'_id':3},{'_id':2}]",
                batch(
                        pipeline.formatted(
                                "{'$match': {'year': 1995}}, {'$unionWith': {'coll': 'films',"
                                        + " 'pipeline': [{'$match': {'$expr': {'$eq': ['$year',"
                                        + " '$$y']}}}]}}, {'$project': {'_id': 1}}")));
        server.fails(
                17276,
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$set': {'a': '$$y'}}]}");
        server.fails(
                4890500,
                "{'aggregate': 'films', 'cursor': {}, 'let': {'y': '$year'}, 'pipeline': []}");
    }

    @Test
    void variables_reach_views_merges_and_plans() {
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': [{'$set': {'a': 1}}]}");
        String match = "[{'$match': {'$expr': {'$eq': ['$year', '$$y']}}}%s]";
        assertEquals(
                "[{'_id':2,'year':1979,'title':'Alien','a':1}]",
                batch(
                        "{'aggregate': 'v', 'cursor': {}, 'let': {'y': 1979}, 'pipeline': "
                                + match.formatted("")
                                + "}"));
        server.ok("{'insert': 'out', 'documents': [{'_id': 2}]}");
        server.ok(
                "{'aggregate': 'films', 'cursor': {}, 'let': {'y': 1979}, 'pipeline': "
                        + match.formatted(
                                ", {'$merge': {'into': 'out', 'whenMatched': [{'$set': {'seen':"
                                        + " '$$y'}}]}}")
                        + "}");
        assertEquals("[{'_id':2,'seen':1979}]", batch("{'find': 'out'}"));
        Document told =
                server.ok(
                        "{'explain': {'aggregate': 'films', 'cursor': {}, 'let': {'y': 1979},"
                                + " 'pipeline': "
                                + match.formatted("")
                                + "}}");
        assertTrue(Json.text(told).contains("'nReturned':1"), () -> Json.text(told));
    }

    @Test
    void other_collections_tell_of_themselves_inside_a_pipeline() {
        server.ok("{'insert': 'others', 'documents': [{'_id': 1}, {'_id': 2}]}");
        String pipeline = "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}";
        String indexes =
                "{'$match': {'_id': -1}}, {'$unionWith': {'coll': 'others', 'pipeline':"
                        + " [{'$indexStats': {}}, {'$project': {'_id': 0, 'name': 1}}]}}";
        assertTrue(server.text(pipeline.formatted(indexes)).contains("[{'name':'_id_'}]"));
        String counts =
                "{'$limit': 1}, {'$lookup': {'from': 'others', 'as': 'n', 'pipeline':"
                        + " [{'$collStats': {'count': {}}}, {'$project': {'ns': 1, 'count': 1}}]}},"
                        + " {'$project': {'_id': 0, 'n': 1}}";
        String told = server.text(pipeline.formatted(counts));
        assertTrue(told.contains("others','count':2}"), told);
    }

    @Test
    void a_group_gives_back_what_a_long_last_value_held() {
        String text =
                "{'$reduce': {'input': {'$range': [0, 18]}, 'initialValue': 'ab', 'in': {'$concat':"
                        + " ['$$value', '$$value']}}}";
        server.ok(
                ("{'aggregate': 'films', 'cursor': {}, 'allowDiskUse': false, 'pipeline': ["
                                + "{'$limit': 1}, {'$project': {'i': {'$range': [0, 300]}}},"
                                + " {'$unwind': '$i'}, {'$group': {'_id': 1, 'last': {'$last': {"
                                + "'$cond': [{'$mod': ['$i', 2]}, 'short', %s]}}}}]}")
                        .formatted(text));
    }
}
