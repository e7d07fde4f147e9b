package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Details of answers in which clients of MongoDB rely on its server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MongoAnswersTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': []}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<Value> batch(Document answer) {
        return ((ArrayValue) part(answer, "cursor").get("firstBatch")).elements();
    }

    private static String all(Document answer, String field) {
        StringJoiner joined = new StringJoiner(" ");
        batch(answer).forEach(one -> joined.add(Json.text(((Document) one).get(field))));
        return joined.toString();
    }

    @Test
    void the_results_of_a_bulk_come_in_the_order_of_its_operations() {
        String bulk =
                "{'bulkWrite': 1, 'ordered': %s, 'nsInfo': [{'ns': 'cinema.films'}], 'ops': [%s]}";
        String inserts =
                "{'insert': 0, 'document': {'_id': 1}}, {'insert': 0, 'document': {'_id': 10}},"
                        + " {'insert': 0, 'document': {'_id': [1]}},"
                        + " {'insert': 0, 'document': {'_id': 11}}";
        Document told = server.adminOk(bulk.formatted("false", inserts));
        assertEquals("0 1 2 3", all(told, "idx"));
        assertEquals("0.0 1.0 0.0 1.0", all(told, "ok"));
    }

    @Test
    void an_insertion_into_a_view_fails_as_updates_of_it_do() {
        for (String command :
                List.of(
                        "{'insert': 'v', 'documents': [{'a': 1}, {'a': 2}]}",
                        "{'update': 'v', 'updates': [{'q': {}, 'u': {'$set': {'a': 1}}}]}",
                        "{'delete': 'v', 'deletes': [{'q': {}, 'limit': 0}]}")) {
            Document answer = server.ok(command);
            List<Value> errors = ((ArrayValue) answer.get("writeErrors")).elements();
            assertEquals(1, errors.size(), command);
            assertEquals("166", Json.text(((Document) errors.get(0)).get("code")));
            assertEquals("0", Json.text(answer.get("n")));
        }
        Document unordered =
                server.ok("{'insert': 'v', 'ordered': false, 'documents': [{'a': 1}, {'a': 2}]}");
        assertEquals(2, ((ArrayValue) unordered.get("writeErrors")).elements().size());
    }

    @Test
    void a_view_can_be_found_in_natural_order() {
        assertEquals("1 2 3", all(server.ok("{'find': 'v', 'sort': {'$natural': 1}}"), "_id"));
        assertEquals("3 2 1", all(server.ok("{'find': 'v', 'sort': {'$natural': -1}}"), "_id"));
        server.ok("{'explain': {'find': 'v', 'sort': {'$natural': -1}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    168 | {'find': 'v', 'noCursorTimeout': true}
                    168 | {'find': 'v', 'allowPartialResults': true}
                    168 | {'find': 'v', 'singleBatch': true}
                    9   | {'explain': {'aggregate': 'films', 'pipeline': [], 'explain': true}}
                    9   | {'aggregate': 'films', 'pipeline': [], 'explain': true, \
                    'writeConcern': {}}
                    72  | {'validate': 'films', 'full': true, 'background': true}
                    72  | {'validate': 'films', 'repair': true, 'background': true}
                    72  | {'validate': 'films', 'repair': true, 'checkBSONConformance': true}
                    72  | {'validate': 'films', 'metadata': true, 'full': true}
                    115 | {'validate': 'films', 'metadata': true}
                    9   | {'update': 'films', 'updates': [{'q': {}, 'u': 5}]}
                    9   | {'findAndModify': 'films', 'update': 'x'}
                    """)
    void requests_are_refused_with_the_codes_of_mongodb(int code, String command) {
        Document answer = server.run(command);
        Document failure =
                answer.get("writeErrors") instanceof ArrayValue errors
                        ? (Document) errors.elements().get(0)
                        : answer;
        assertEquals(Integer.toString(code), Json.text(failure.get("code")), Json.text(answer));
    }

    @Test
    void one_batch_of_one_document_is_none_the_less_for_views() {
        server.ok("{'find': 'v', 'singleBatch': true, 'limit': 1}");
        server.ok("{'find': 'v', 'noCursorTimeout': false}");
    }

    @Test
    void a_collection_that_is_not_there_is_explained_as_nothing_to_read() {
        Document told = server.ok("{'explain': {'find': 'none', 'filter': {'a': 1}}}");
        Document planner = part(told, "queryPlanner");
        assertEquals("'EOF'", Json.text(part(planner, "winningPlan").get("stage")));
        assertEquals("{'a':{'$eq':1}}", Json.text(planner.get("parsedQuery")));
        server.ok("{'find': 'none', 'filter': {'a': 1}, 'hint': 'x'}");
        assertEquals("{'n':0}", server.text("{'count': 'none'}"));
    }

    @Test
    void an_aggregate_explains_itself_as_explain_does() {
        Document own = server.ok("{'aggregate': 'films', 'pipeline': [], 'explain': true}");
        Document other =
                server.ok(
                        "{'explain': {'aggregate': 'films', 'pipeline': []}, 'verbosity':"
                                + " 'queryPlanner'}");
        assertEquals(other.without("serverInfo"), own.without("serverInfo"));
        assertTrue(own.has("serverInfo"));
        assertEquals(
                "{'aggregate':'films','pipeline':[],'$db':'cinema'}",
                Json.text(own.get("command")));
    }

    @Test
    void stages_tell_the_steps_that_brought_nothing() {
        Document told = server.ok("{'explain': {'find': 'films', 'filter': {'year': 1979}}}");
        Document stage = part(part(told, "executionStats"), "executionStages");
        assertEquals("4", Json.text(stage.get("works")));
        assertEquals("1", Json.text(stage.get("advanced")));
        assertEquals("2", Json.text(stage.get("needTime")));
        for (String command :
                List.of(
                        "{'count': 'films', 'query': {'year': 1995}}",
                        "{'delete': 'films', 'deletes': [{'q': {'year': 1995}, 'limit': 0}]}")) {
            Document write = server.ok("{'explain': %s}".formatted(command));
            Document whole = part(part(write, "executionStats"), "executionStages");
            assertEquals("3", Json.text(whole.get("works")), command);
            assertEquals("0", Json.text(whole.get("advanced")), command);
            assertEquals("2", Json.text(whole.get("needTime")), command);
        }
    }

    @Test
    void keys_of_an_index_can_come_with_what_they_were_sorted_by() {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        String find =
                "{'find': 'films', 'filter': {'year': 1979}, 'sort': {'year': 1}, 'returnKey':"
                        + " true, 'projection': {'z': {'$meta': 'sortKey'}, 'title': 1}%s}";
        assertEquals(
                "[{'year':1979,'z':[1979]}]",
                Json.text(ArrayValue.of(batch(server.ok(find.formatted(""))))));
        assertTrue(
                Json.text(batch(server.ok(find.formatted(", 'showRecordId': true"))).get(0))
                        .startsWith("{'year':1979,'z':[1979],'$recordId':"));
    }

    @Test
    void a_view_keeps_what_a_change_does_not_name() {
        server.ok("{'collMod': 'v', 'pipeline': [{'$match': {'year': 1979}}]}");
        assertEquals("2", all(server.ok("{'find': 'v'}"), "_id"));
        server.ok("{'collMod': 'v', 'viewOn': 'others'}");
        server.ok("{'insert': 'others', 'documents': [{'_id': 7, 'year': 1979}, {'_id': 8}]}");
        assertEquals("7", all(server.ok("{'find': 'v'}"), "_id"));
    }

    @Test
    void the_profile_tells_what_was_written() {
        server.ok("{'profile': 2}");
        server.ok("{'insert': 'films', 'documents': [{'_id': 7}, {'_id': 8}]}");
        assertEquals("{'ninserted':2}", written());
        server.ok(
                "{'update': 'films', 'updates': [{'q': {'_id': {'$gte': 7}}, 'multi': true, 'u':"
                        + " {'$set': {'year': 1}}}, {'q': {'_id': 9}, 'upsert': true, 'u': {'$set':"
                        + " {'year': 1}}}, {'q': {'_id': 9}, 'u': {'$set': {'year': 1}}}]}");
        assertEquals("{'nMatched':3,'nModified':2,'nUpserted':1}", written());
        server.ok("{'delete': 'films', 'deletes': [{'q': {'year': 1}, 'limit': 0}]}");
        assertEquals("{'ndeleted':3}", written());
        server.ok("{'delete': 'films', 'deletes': [{'q': {'year': 1}, 'limit': 0}]}");
        assertEquals("{'ndeleted':0}", written());
    }

    private String written() {
        Document entry =
                (Document)
                        batch(
                                        server.ok(
                                                "{'find': 'system.profile', 'filter': {'op':"
                                                        + " {'$in': ['insert', 'update',"
                                                        + " 'remove']}}, 'sort': {'$natural': -1},"
                                                        + " 'limit': 1}"))
                                .get(0);
        Document counts = Document.EMPTY;
        for (String name : List.of("ninserted", "nMatched", "nModified", "nUpserted", "ndeleted")) {
            counts = entry.has(name) ? counts.with(name, entry.get(name)) : counts;
        }
        return Json.text(counts);
    }

    @Test
    void where_scans_are_refused_the_index_on_ids_may_still_be_read() {
        server.adminOk("{'setParameter': 1, 'notablescan': true}");
        server.fails(291, "{'find': 'films', 'filter': {'year': 1979}}");
        for (String option : List.of("'hint': {'_id': 1}", "'sort': {'_id': 1}")) {
            Document found =
                    server.ok("{'find': 'films', 'filter': {'year': 1979}, %s}".formatted(option));
            assertEquals("2", all(found, "_id"));
        }
    }

    @Test
    void old_options_of_indexes_change_nothing_and_errors_name_the_key() {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'a': 1}, 'name': 'a', 'dropDups':"
                        + " true}]}");
        String refused =
                Json.text(
                        server.run(
                                "{'createIndexes': 'films', 'indexes': [{'key': {'$**': 1}, 'name':"
                                        + " 'w', 'unique': true}]}"));
        assertFalse(refused.contains("IndexDefinition"), refused);
    }

    @Test
    void an_explained_change_shows_which_fields_it_returns() {
        String change =
                "{'explain': {'findAndModify': 'films', 'query': {'_id': 1}, 'update': {'$set':"
                        + " {'a': 1}}, 'fields': %s, 'new': true}}";
        Document told = server.ok(change.formatted("{'title': 1}"));
        Document plan = part(part(told, "queryPlanner"), "winningPlan");
        assertEquals("'PROJECTION_SIMPLE'", Json.text(plan.get("stage")));
        assertEquals("{'title':1}", Json.text(plan.get("transformBy")));
        assertEquals("'UPDATE'", Json.text(part(plan, "inputStage").get("stage")));
        Document stages = part(part(told, "executionStats"), "executionStages");
        assertEquals("1", Json.text(stages.get("nReturned")));
        assertEquals("1", Json.text(part(stages, "inputStage").get("nWouldModify")));
        Document computed = server.ok(change.formatted("{'x': {'$add': ['$year', 1]}}"));
        assertEquals(
                "'PROJECTION_DEFAULT'",
                Json.text(part(part(computed, "queryPlanner"), "winningPlan").get("stage")));
        server.fails(2, change.formatted("{'a.$': 1}"));
    }

    @Test
    void a_time_limit_is_a_whole_number_of_milliseconds() {
        server.fails(2, "{'find': 'films', 'maxTimeMS': 1.5}");
        server.fails(2, "{'ping': 1, 'maxTimeMS': 0.5}");
        server.ok("{'find': 'films', 'maxTimeMS': 10000.0}");
    }

    private void insertPlaces() {
        server.ok(
                "{'insert': 'places', 'documents': [{'_id': 1, 'at': [0, 0], 't': 'red'}, {'_id':"
                        + " 2, 'at': [0, 5], 't': 'red blue'}, {'_id': 3, 'at': [5, 5]}]}");
        server.ok(
                "{'createIndexes': 'places', 'indexes': [{'key': {'at': '2dsphere'}, 'name': 'at'},"
                        + " {'key': {'t': 'text'}, 'name': 't'}]}");
    }

    @Test
    void each_document_that_is_joined_can_say_what_it_is_near_to() {
        insertPlaces();
        server.ok(
                "{'insert': 'people', 'documents': [{'_id': 1, 'x': 0, 'y': 4.9, 'far': 200000},"
                        + " {'_id': 2, 'x': 5.1, 'y': 5, 'far': 1e7}]}");
        String join =
                "{'aggregate': 'people', 'cursor': {}, 'pipeline': [{'$lookup': {'from': 'places',"
                        + " 'as': 'p', 'let': {'x': '$x', 'y': '$y', 'far': '$far'}, 'pipeline':"
                        + " [{'$geoNear': {'near': {'type': 'Point', 'coordinates': ['$$x',"
                        + " '$$y']}, 'key': 'at', 'distanceField': 'd', 'maxDistance': '$$far',"
                        + " 'query': {'$expr': {'$ne': ['$_id', '$$x']}}}}, {'$project':"
                        + " {'_id': 1}}]}}]}";
        assertEquals("[{'_id':2}] [{'_id':3},{'_id':2},{'_id':1}]", all(server.ok(join), "p"));
        server.ok("{'explain': " + join + "}");
        server.fails(
                5860401, join.replace("{'type': 'Point', 'coordinates': ['$$x', '$$y']}", "'$$x'"));
    }

    @Test
    void what_a_view_has_searched_for_is_known_behind_it() {
        insertPlaces();
        String asked =
                "{'aggregate': '%s', 'cursor': {}, 'pipeline': [{'$limit': 1}, {'$project': {'x':"
                        + " {'$meta': '%s'}}}]}";
        server.ok(
                "{'create': 'red', 'viewOn': 'places', 'pipeline': [{'$match': {'$text':"
                        + " {'$search': 'red'}}}]}");
        Document red = server.ok(asked.formatted("red", "textScore"));
        assertTrue(all(red, "x").startsWith("0."), all(red, "x"));
        server.fails(40218, asked.formatted("red", "geoNearDistance"));
        server.fails(40218, asked.formatted("v", "textScore"));
    }

    @Test
    void a_view_without_stages_can_be_searched() {
        insertPlaces();
        server.ok("{'create': 'plain', 'viewOn': 'places', 'pipeline': []}");
        server.ok("{'create': 'some', 'viewOn': 'places', 'pipeline': [{'$match': {'_id': 1}}]}");
        String find = "{'find': '%s', 'filter': {'$text': {'$search': 'blue'}}}";
        assertEquals("2", all(server.ok(find.formatted("plain")), "_id"));
        server.fails(17313, find.formatted("some"));
    }
}
