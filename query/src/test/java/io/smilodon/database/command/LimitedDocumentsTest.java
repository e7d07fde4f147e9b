package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.LimitedNotes.ALL;
import static io.smilodon.database.command.LimitedNotes.RULES;
import static io.smilodon.database.command.LimitedNotes.SHOWN;
import static io.smilodon.database.command.LimitedNotes.WRITTEN;
import static io.smilodon.database.command.LimitedNotes.ids;
import static io.smilodon.database.command.LimitedNotes.pipeline;
import static io.smilodon.database.command.LimitedNotes.privilege;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads and writes whose privileges are about some documents only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedDocumentsTest {

    /** Commands of whom documents are kept, and that keep to those that their sender may see. */
    private static final Set<String> LIMITED =
            Set.of(
                    "aggregate",
                    "count",
                    "delete",
                    "distinct",
                    "find",
                    "findAndModify",
                    "findandmodify",
                    "insert",
                    "update");

    private final LimitedNotes notes = new LimitedNotes();
    private final CommandServer server = notes.server();

    @AfterEach
    void close() {
        notes.close();
    }

    // ---- Reading

    @Test
    void every_way_of_reading_shows_the_same_documents() {
        LoggedIn ann = notes.user(privilege("'find'", SHOWN));
        String found = Json.text(ann.ok("{'find': 'notes'}"));
        assertFalse(found.contains("pay") || found.contains("bob"), found);
        assertEquals("1 3", ids(ann.ok("{'find': 'notes'}")));
        assertEquals("", ids(ann.ok("{'find': 'notes', 'filter': {'_id': 2}}")));
        assertEquals("1", ids(ann.ok("{'find': 'notes', 'filter': {'_id': 1}, 'limit': 1}")));
        assertEquals("{'n':2}", Json.text(ann.ok("{'count': 'notes'}")));
        assertEquals("{'n':0}", Json.text(ann.ok("{'count': 'notes', 'query': {'_id': 2}}")));
        assertEquals(
                "{'values':['ann']}", Json.text(ann.ok("{'distinct': 'notes', 'key': 'owner'}")));
        assertEquals("1 3", ids(ann.ok(pipeline("notes", ""))));
        assertEquals("1 3", ids(ann.ok("{'find': 'notes', 'hint': {'$natural': 1}}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$lookup': {'from': 'notes', 'localField': 'note', 'foreignField': '_id', 'as':"
                        + " 'x'}}",
                "{'$lookup': {'from': 'notes', 'pipeline': [], 'as': 'x'}}",
                "{'$lookup': {'from': 'notes', 'let': {'p': '$pay'}, 'pipeline': [{'$match':"
                        + " {'$expr': {'$gt': ['$pay', 0]}}}], 'as': 'x'}}",
                "{'$graphLookup': {'from': 'notes', 'startWith': '$note', 'connectFromField':"
                        + " '_id', 'connectToField': '_id', 'as': 'x'}}",
                "{'$unionWith': 'notes'}",
                "{'$unionWith': {'coll': 'notes', 'pipeline': [{'$set': {'x': '$pay'}}]}}",
                "{'$facet': {'a': [{'$lookup': {'from': 'notes', 'pipeline': [{'$project': {'q':"
                        + " '$pay', 'owner': 1}}], 'as': 'x'}}]}}",
            })
    void other_collections_bring_along_only_what_may_be_seen(String stage) {
        LoggedIn ann = notes.user(privilege("'find'", SHOWN));
        String answer = Json.text(ann.ok(pipeline("other", stage)));
        assertFalse(answer.contains("bob"), answer);
        for (String pay : List.of("10", "20", "30", "40")) {
            assertFalse(answer.contains(":" + pay), answer);
        }
    }

    @Test
    void a_hidden_field_is_not_there_for_filters_sorts_and_expressions() {
        LoggedIn ann = notes.user(privilege("'find'", SHOWN));
        server.ok("{'createIndexes': 'notes', 'indexes': [{'key': {'pay': 1}, 'name': 'pay_1'}]}");
        assertEquals("{'n':0}", Json.text(ann.ok("{'count': 'notes', 'query': {'pay': 10}}")));
        assertEquals("{'values':[]}", Json.text(ann.ok("{'distinct': 'notes', 'key': 'pay'}")));
        assertEquals(
                "", ids(ann.ok("{'find': 'notes', 'filter': {'$expr': {'$gt': ['$pay', 1]}}}")));
        assertEquals("1 3", ids(ann.ok("{'find': 'notes', 'sort': {'pay': -1, '_id': 1}}")));
        String renamed =
                Json.text(ann.ok("{'find': 'notes', 'projection': {'q': '$pay', 'r': '$$ROOT'}}"));
        assertFalse(renamed.contains("pay") || renamed.contains("'q'"), renamed);
        String grouped =
                Json.text(
                        ann.ok(
                                pipeline(
                                        "notes",
                                        "{'$group': {'_id': null, 's': {'$sum': '$pay'}}}")));
        assertTrue(grouped.contains("'s':0"), grouped);
        for (String option :
                List.of(
                        "'returnKey': true",
                        "'showRecordId': true",
                        "'min': {'pay': 1}, 'hint': {'pay': 1}",
                        "'tailable': true")) {
            Document refused = ann.run("{'find': 'notes', " + option + "}");
            assertEquals("0.0", Json.text(refused.get("ok")), option);
        }
        assertEquals(
                "1 3",
                ids(ann.ok("{'find': 'notes', 'hint': {'$natural': -1}, 'sort': {'_id': 1}}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'find': 'notes', 'hint': 'pay_1', 'projection': {'k': {'$meta': 'indexKey'}}}",
                "{'find': 'notes', 'hint': 'pay_1', 'filter': {'$expr': {'$eq': [{'$meta':"
                        + " 'indexKey'}, {'pay': 10}]}}, 'projection': {'k': 'found :10'}}",
                "{'aggregate': 'notes', 'cursor': {}, 'hint': 'pay_1', 'pipeline': [{'$project':"
                        + " {'k': {'$meta': 'indexKey'}}}]}",
                "{'aggregate': 'notes', 'cursor': {}, 'hint': 'pay_1', 'pipeline': [{'$match':"
                        + " {'_id': {'$gt': 0}}}, {'$set': {'k': {'$meta': 'indexKey'}}}]}",
                "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [{'$sample': {'size': 9}}]}",
                "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [{'$geoNear': {'near': [0, 0],"
                        + " 'distanceField': 'd', 'key': 'pay'}}]}",
                "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [{'$rankFusion': {'input':"
                        + " {'pipelines': {'a': [{'$sort': {'pay': 1}}]}}}}]}",
                "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [{'$searchMeta': {}}]}",
                "{'aggregate': 'other', 'cursor': {}, 'pipeline': [{'$lookup': {'from': 'notes',"
                        + " 'as': 'x', 'pipeline': [{'$set': {'k': {'$meta': 'indexKey'}}}]}}]}",
            })
    void no_way_of_finding_tells_of_hidden_fields(String command) {
        server.ok("{'createIndexes': 'notes', 'indexes': [{'key': {'pay': 1}, 'name': 'pay_1'}]}");
        LoggedIn ann = notes.user(privilege("'find'", SHOWN));
        String answer = Json.text(ann.run(command));
        assertFalse(answer.contains(":10") || answer.contains(":30"), answer);
        assertFalse(answer.contains("bob"), answer);
    }

    /** A sparse index has the documents that have its field, any has an order. */
    @Test
    void who_does_not_see_whole_documents_chooses_no_index() {
        server.ok(
                "{'createIndexes': 'notes', 'indexes': [{'key': {'pay': -1}, 'name': 'p', 'sparse':"
                        + " true}, {'key': {'text': 1}, 'name': 'q', 'partialFilterExpression':"
                        + " {'pay': {'$gt': 20}}}]}");
        LoggedIn ann = notes.user(privilege("'find'", SHOWN));
        for (String index : List.of("'p'", "'q'", "{'pay': -1}", "'none'", "'_id_'")) {
            String hint = "'hint': " + index;
            assertTrue(ann.isDenied("{'find': 'notes', " + hint + "}"), hint);
            assertTrue(ann.isDenied("{'count': 'notes', " + hint + "}"), hint);
            assertTrue(ann.isDenied("{'distinct': 'notes', 'key': 'text', " + hint + "}"), hint);
            assertTrue(
                    ann.isDenied(
                            "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [], " + hint + "}"),
                    hint);
        }
        notes.role("s", privilege("'find'", RULES));
        LoggedIn bob = LoggedIn.create(server, "bob", "s@cinema");
        assertEquals("4 2", ids(bob.ok("{'find': 'notes', 'hint': 'p'}")));
    }

    @Test
    void documents_that_may_not_be_seen_cause_no_errors() {
        LoggedIn ann = notes.user(privilege("'find', 'update', 'remove'", RULES));
        String fails = "{'$expr': {'$divide': [1, {'$subtract': ['$sum', 6]}]}}"; // of the hidden 2
        assertEquals("1 3", ids(ann.ok("{'find': 'notes', 'filter': " + fails + "}")));
        ann.ok(
                "{'update': 'notes', 'updates': [{'q': "
                        + fails
                        + ", 'u': {'$set': {'t': 1}}, 'multi': true}]}");
        ann.ok("{'delete': 'notes', 'deletes': [{'q': " + fails + ", 'limit': 0}]}");
        assertEquals("{'n':2}", server.text("{'count': 'notes'}"));
    }

    @Test
    void strings_are_not_compared_otherwise_than_the_rules_do() {
        server.ok("{'insert': 'notes', 'documents': [{'_id': 9, 'owner': 'ANN'}]}");
        LoggedIn ann = notes.user(privilege("'find', 'update', 'remove'", RULES));
        String like = "'collation': {'locale': 'en', 'strength': 1}";
        assertCode(167, ann.run("{'find': 'notes', " + like + "}"));
        Document update =
                ann.run(
                        "{'update': 'notes', 'updates': [{'q': {}, 'u': {'$set': {'t': "
                                + "1}}, 'multi':"
                                + " true, "
                                + like
                                + "}]}");
        assertTrue(Json.text(update).contains("'code':167"), Json.text(update));
        assertFalse(notes.stored(9).contains("'t'"));
    }

    @Test
    void searches_and_other_ways_round_are_refused() {
        server.ok(
                "{'createIndexes': 'notes', 'indexes': [{'key': {'text': 'text'}, 'name': 't'}]}");
        LoggedIn ann =
                notes.user(
                        privilege("'find'", SHOWN), privilege("'changeStream', 'collStats'", ""));
        for (String refused :
                List.of(
                        "{'find': 'notes', 'filter': {'$text': {'$search': 'red'}}}",
                        pipeline("notes", "{'$match': {'$text': {'$search': 'red'}}}"),
                        pipeline("notes", "{'$changeStream': {}}"),
                        pipeline("notes", "{'$collStats': {'count': {}}}"),
                        pipeline("notes", "{'$indexStats': {}}"),
                        pipeline("notes", "{'$search': {'text': {'query': 'a', 'path': 'text'}}}"),
                        pipeline("notes", "{'$out': 'stolen'}"),
                        pipeline("other", "{'$out': 'notes'}"),
                        pipeline("other", "{'$merge': 'notes'}"),
                        "{'find': 'notes', 'filter': {'$where': 'this.pay > 1'}}",
                        "{'collStats': 'notes'}",
                        "{'explain': {'find': 'notes'}}",
                        "{'explain': {'count': 'notes'}, 'verbosity': 'executionStats'}",
                        "{'aggregate': 'notes', 'pipeline': [], 'explain': true}",
                        "{'create': 'v', 'viewOn': 'notes', 'pipeline': []}",
                        "{'bulkWrite': 1, 'ops': [{'insert': 0, 'document': {}}], 'nsInfo': [{'ns':"
                                + " 'cinema.notes'}]}")) {
            Document answer = ann.run(refused);
            assertEquals("0.0", Json.text(answer.get("ok")), refused + Json.text(answer));
        }
        assertTrue(ann.isDenied(pipeline("notes", "{'$changeStream': {}}")));
        assertTrue(ann.isDenied("{'explain': {'find': 'notes'}}"));
        assertTrue(ann.isDenied(pipeline("other", "{'$merge': 'notes'}")));
    }

    /** Whoever adds a command decides what it does for such users; unless it is told, nothing. */
    @Test
    void every_other_command_is_refused_to_who_may_see_some_documents_only() {
        Set<String> limitable = new TreeSet<>();
        for (String name : Commands.TABLE.names()) {
            if (Commands.TABLE.find(name).orElseThrow().requirement().isLimitable()) {
                limitable.add(name);
            }
        }
        assertEquals(new TreeSet<>(LIMITED), limitable);
        notes.role("r", privilege(ALL, WRITTEN));
        LoggedIn ann = LoggedIn.create(server, "ann", "r@cinema");
        for (String name : Commands.TABLE.names()) {
            Command row = Commands.TABLE.find(name).orElseThrow();
            boolean isOfDocuments =
                    row.permission() == Permission.READ || row.permission() == Permission.WRITE;
            boolean isOfCursors = Set.of("getMore", "killCursors").contains(name);
            if (isOfDocuments
                    && row.target().isCollection()
                    && !LIMITED.contains(name)
                    && !isOfCursors) {
                Document refused = ann.run("{'" + name + "': 'notes'}");
                assertCode(13, refused);
            }
        }
    }

    @Test
    void a_cursor_keeps_to_what_may_be_seen_and_ends_with_the_right_to_it() {
        LoggedIn ann = notes.user(privilege("'find'", RULES));
        String stages = "{'$lookup': {'from': 'notes', 'pipeline': [], 'as': 'x'}}";
        Document opened =
                ann.ok(
                        "{'aggregate': 'other', 'cursor': {'batchSize': 0}, 'pipeline': ["
                                + stages
                                + "]}");
        String more = "{'getMore': {'$numberLong': '%d'}, 'collection': '%s', 'batchSize': 1}";
        long joining = CommandServer.number((Document) opened.get("cursor"), "id");
        String found = Json.text(ann.ok(more.formatted(joining, "other")));
        assertTrue(found.contains("ann") && !found.contains("bob"), found);
        Document plain = ann.ok("{'find': 'notes', 'batchSize': 1}");
        long reading = CommandServer.number((Document) plain.get("cursor"), "id");
        server.ok(
                "{'updateRole': 'r', 'privileges': ["
                        + privilege("'find'", "'readFilter': {'owner': 'bob'}")
                        + "]}");
        assertTrue(ann.isDenied(more.formatted(reading, "notes")));
        assertTrue(ann.isDenied(more.formatted(joining, "other")));
        assertEquals("2 4", ids(ann.ok("{'find': 'notes'}")));
    }

    @Test
    void a_cursor_of_all_documents_ends_when_only_some_may_be_seen() {
        notes.role("r", privilege("'find'", ""));
        LoggedIn ann = LoggedIn.create(server, "ann", "r@cinema");
        Document plain = ann.ok("{'find': 'notes', 'batchSize': 1}");
        long reading = CommandServer.number((Document) plain.get("cursor"), "id");
        server.ok("{'updateRole': 'r', 'privileges': [" + privilege("'find'", RULES) + "]}");
        assertTrue(
                ann.isDenied(
                        "{'getMore': {'$numberLong': '" + reading + "'}, 'collection': 'notes'}"));
    }

    @Test
    void transactions_and_sessions_see_the_same() {
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        String session =
                ", 'lsid': {'id': {'$uuid': '00112233-4455-6677-8899-aabbccddeeff'}},"
                        + " 'txnNumber': {'$numberLong': '1'}, 'autocommit': false";
        assertEquals(
                "1 3", ids(ann.ok("{'find': 'notes'" + session + ", 'startTransaction': true}")));
        Document missed =
                ann.ok(
                        "{'update': 'notes', 'updates': [{'q': {'_id': 2}, 'u': {'$set': {'t':"
                                + " 1}}}]"
                                + session
                                + "}");
        assertEquals("0", Json.text(missed.get("n")));
        Document found =
                ann.ok("{'aggregate': 'notes', 'cursor': {}, 'pipeline': []" + session + "}");
        assertEquals("1 3", ids(found));
    }

    @Test
    void several_privileges_show_the_documents_of_any() {
        LoggedIn ann =
                notes.user(
                        privilege("'find'", RULES),
                        privilege("'find'", "'readFilter': {'sum': {'$gt': 100}}"));
        assertEquals("1 3 4", ids(ann.ok("{'find': 'notes'}")));
    }

    @Test
    void different_projections_are_refused_when_they_are_used() {
        LoggedIn ann = notes.user(privilege("'find'", SHOWN), privilege("'find'", RULES));
        assertTrue(ann.isDenied("{'find': 'notes'}"));
    }

    @Test
    void who_may_see_all_is_not_limited() {
        notes.role("some", privilege(ALL, WRITTEN));
        LoggedIn ann = LoggedIn.create(server, "ann", "some@cinema", "readWrite@cinema");
        assertEquals("1 2 3 4", ids(ann.ok("{'find': 'notes'}")));
        ann.ok("{'insert': 'notes', 'documents': [{'_id': 8, 'owner': 'eve', 'sum': 999}]}");
        ann.ok("{'explain': {'find': 'notes'}}");
        assertFalse(notes.stored(8).contains("by"));
    }

    @Test
    void renaming_puts_nothing_under_a_name_that_may_be_read() {
        server.ok("{'drop': 'notes'}");
        LoggedIn ann =
                notes.user(
                        privilege("'find'", RULES),
                        "{'resource': {'db': 'cinema', 'collection': ''}, 'actions':"
                                + " ['renameCollectionSameDB']}");
        server.ok("{'insert': 'secret', 'documents': [{'_id': 1, 'owner': 'ann'}]}");
        assertTrue(
                ann.isDenied(
                        "admin", "{'renameCollection': 'cinema.secret', 'to': 'cinema.notes'}"));
    }
}
