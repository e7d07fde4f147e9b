package io.smilodon.database.command;

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

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteCommandsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String films() {
        Document found = server.ok("{'find': 'films', 'sort': {'_id': 1}}");
        return Json.text(CommandServer.part(found, "cursor").get("firstBatch"));
    }

    @Test
    void insert_answers_with_the_number() {
        assertEquals(
                "{'n':2}", server.text("{'insert': 'x', 'documents': [{'_id': 1}, {'_id': 2}]}"));
        server.fails(16, "{'insert': 'x', 'documents': []}");
        server.fails(14, "{'insert': 'x', 'documents': [1]}");
    }

    @Test
    void rule_076_an_ordered_insert_stops_at_the_first_error() {
        Document answer =
                server.ok("{'insert': 'films', 'documents': [{'_id': 4}, {'_id': 1}, {'_id': 5}]}");
        assertEquals("1", Json.text(answer.get("n")));
        assertEquals(
                "[{'index':1,'code':11000,'errmsg':'E11000duplicatekeyerrorcollection:"
                        + "cinema.filmsindex:_id_dupkey:{_id:1}','keyPattern':{'_id':1},"
                        + "'keyValue':{'_id':1}}]",
                Json.text(answer.get("writeErrors")));
    }

    @Test
    void rule_076_an_unordered_insert_goes_on() {
        assertTrue(
                server.text(
                                "{'insert': 'films', 'ordered': false, 'documents': [{'_id': 1},"
                                        + " {'_id': 4}]}")
                        .startsWith("{'n':1,'writeErrors':[{'index':0,'code':11000"));
    }

    @Test
    void rule_049_update_answers_with_matched_and_modified() {
        assertEquals(
                "{'n':2,'nModified':2}",
                server.text(
                        "{'update': 'films', 'updates': [{'q': {'year': 1995}, 'u': {'$set':"
                                + " {'seen': true}}, 'multi': true}]}"));
        assertEquals(
                "{'n':1,'nModified':0}",
                server.text(
                        "{'update': 'films', 'updates': [{'q': {'_id': 1}, 'u': {'$set': {'seen':"
                                + " true}}}]}"));
    }

    @Test
    void update_replaces_where_there_are_no_operators() {
        server.ok("{'update': 'films', 'updates': [{'q': {'_id': 2}, 'u': {'title': 'Aliens'}}]}");
        assertTrue(films().contains("{'_id':2,'title':'Aliens'}"));
    }

    @Test
    void upserts_are_told_with_their_position() {
        assertEquals(
                "{'n':2,'upserted':[{'index':1,'_id':9}],'nModified':1}",
                server.text(
                        "{'update': 'films', 'updates': [{'q': {'_id': 1}, 'u': {'$inc': {'year':"
                                + " 1}}}, {'q': {'_id': 9}, 'u': {'$set': {'year': 1}}, 'upsert':"
                                + " true}]}"));
    }

    @Test
    void rule_068_an_upsert_of_the_id_null_is_told_as_any_other() {
        String update = "{'update': '%s', 'updates': [{'q': {'_id': null}, 'u': %s, 'upsert': 1}]}";
        String told = "{'n':1,'upserted':[{'index':0,'_id':null}],'nModified':0}";
        assertEquals(told, server.text(update.formatted("a", "{'$set': {'z': 1}}")));
        assertEquals(told, server.text(update.formatted("b", "{'z': 1}")));
        assertEquals(told, server.text(update.formatted("c", "[{'$set': {'z': 1}}]")));
        assertEquals(
                "{'n':1,'nModified':0}", server.text(update.formatted("a", "{'$set': {'z': 1}}")));
        Document bulk =
                server.adminOk(
                        "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.d'}], 'ops': [{'update': 0,"
                                + " 'filter': {'_id': null}, 'updateMods': {'z': 1}, 'upsert':"
                                + " true}]}");
        assertEquals("1", Json.text(bulk.get("nUpserted")));
        assertEquals(
                "[{'ok':1.0,'idx':0,'n':1,'nModified':0,'upserted':{'_id':null}}]",
                Json.text(CommandServer.part(bulk, "cursor").get("firstBatch")));
    }

    @Test
    void update_tells_of_each_failure() {
        String two =
                "{'update': 'films', 'ordered': %s, 'updates': [{'q': {}, 'u': {'$inc': {'title':"
                        + " 1}}}, {'q': {'_id': 1}, 'u': {'$set': {'a': 1}}}]}";
        Document ordered = server.ok(two.formatted("true"));
        assertEquals("0", Json.text(ordered.get("n")));
        assertTrue(Json.text(ordered.get("writeErrors")).startsWith("[{'index':0,'code':14,"));
        assertEquals("1", Json.text(server.ok(two.formatted("false")).get("n")));
    }

    @Test
    void rule_072_what_updates_cannot_be_asked_for_is_9() {
        assertRefused("9", "{'q': {}, 'u': {'a': 1}, 'multi': true}");
        assertRefused("9", "{'q': {}, 'u': {'$set': {'a': 1}}, 'multi': true, 'sort': {'a': 1}}");
        assertRefused("9", "{'q': {}, 'u': {'a': 1}, 'arrayFilters': [{'x': 1}]}");
        String good = "{'q': {}, 'u': {'$set': {'a': 1}}}";
        String filters = "{'q': {}, 'u': {'$set': {'a.$[x]': 1}}, 'arrayFilters': [5]}";
        server.fails(14, "{'update': 'films', 'updates': [" + good + ", " + filters + "]}");
        assertRefused("51198", "{'q': {}, 'u': {'a': 1}, 'c': {'x': 1}}");
        assertRefused("51198", "{'q': {}, 'u': {'$set': {'a': 1}}, 'c': {}}");
        server.fails(9, "{'delete': 'films', 'deletes': [{'q': {}, 'limit': 2}]}");
    }

    private void assertRefused(String code, String statement) {
        String answer = server.text("{'update': 'films', 'updates': [" + statement + "]}");
        assertEquals(code, answer.replaceAll(".*'code':(\\d+).*", "$1"), answer);
    }

    @Test
    void statements_are_checked_before_anything_is_done() {
        server.fails(
                40415,
                "{'update': 'films', 'updates': [{'q': {}, 'u': {'$set': {'z': 1}}}, {'q': {},"
                        + " 'u': {}, 'nope': 1}]}");
        server.fails(40414, "{'update': 'films', 'updates': [{'q': {}}]}");
        server.fails(16, "{'update': 'films', 'updates': []}");
        server.fails(40414, "{'delete': 'films', 'deletes': [{'q': {}}]}");
        server.fails(14, "{'delete': 'films', 'deletes': [{'q': 1, 'limit': 1}]}");
        assertTrue(!films().contains("'z'"));
    }

    @Test
    void each_statement_has_a_collation_of_its_own() {
        assertEquals(
                "{'n':1,'nModified':1}",
                server.text(
                        "{'update': 'films', 'updates': [{'q': {'title': 'ALIEN'}, 'u': {'$set':"
                                + " {'z': 1}}, 'collation': {'locale': 'en', 'strength': 2}},"
                                + " {'q': {'title': 'ALIEN'}, 'u': {'$set': {'z': 2}}}]}"));
        Document answer =
                server.ok(
                        "{'update': 'films', 'updates': [{'q': {}, 'u': {'$set': {'z': 1}},"
                                + " 'collation': {'locale': 'nowhere'}}]}");
        assertTrue(Json.text(answer).contains("'code':2"));
        assertEquals(
                "{'n':1}",
                server.text(
                        "{'delete': 'films', 'deletes': [{'q': {'title': 'alien'}, 'limit': 0,"
                                + " 'collation': {'locale': 'en', 'strength': 1}}]}"));
    }

    @Test
    void delete_takes_one_or_all() {
        assertEquals(
                "{'n':1}",
                server.text("{'delete': 'films', 'deletes': [{'q': {'year': 1995}, 'limit': 1}]}"));
        assertEquals(
                "{'n':2}", server.text("{'delete': 'films', 'deletes': [{'q': {}, 'limit': 0}]}"));
        assertEquals(
                "{'n':0}", server.text("{'delete': 'none', 'deletes': [{'q': {}, 'limit': 0}]}"));
    }

    @Test
    void find_and_modify_returns_the_document() {
        assertEquals(
                "{'lastErrorObject':{'n':1,'updatedExisting':true},'value':{'year':1995}}",
                server.text(
                        "{'findAndModify': 'films', 'query': {'_id': 1}, 'update': {'$inc':"
                                + " {'year': 1}}, 'fields': {'year': 1, '_id': 0}}"));
        assertEquals(
                "{'lastErrorObject':{'n':1,'updatedExisting':true},'value':{'_id':1,'a':1}}",
                server.text(
                        "{'findandmodify': 'films', 'query': {'_id': 1}, 'update': {'a': 1}, 'new':"
                                + " true}"));
        assertEquals(
                "{'lastErrorObject':{'n':1},'value':{'_id':1,'a':1}}",
                server.text("{'findAndModify': 'films', 'query': {'_id': 1}, 'remove': true}"));
        assertEquals(
                "{'lastErrorObject':{'n':1,'updatedExisting':false,'upserted':7},'value':{'_id':7,"
                        + "'b':1}}",
                server.text(
                        "{'findAndModify': 'films', 'query': {'_id': 7}, 'update': {'$set': {'b':"
                                + " 1}}, 'new': 1, 'upsert': 1}"));
        assertEquals(
                "{'lastErrorObject':{'n':0},'value':null}",
                server.text("{'findAndModify': 'films', 'query': {'_id': 8}, 'remove': true}"));
    }

    @Test
    void rule_073_what_find_and_modify_cannot_be_asked_for_is_9() {
        server.fails(9, "{'findAndModify': 'films'}");
        server.fails(9, "{'findAndModify': 'films', 'remove': true, 'update': {'$set': {'a': 1}}}");
        server.fails(9, "{'findAndModify': 'films', 'remove': true, 'new': true}");
        server.fails(9, "{'findAndModify': 'films', 'remove': true, 'upsert': true}");
        server.fails(9, "{'findAndModify': 'films', 'remove': true, 'arrayFilters': [{'x': 1}]}");
        assertEquals(
                "{'lastErrorObject':{'n':0,'updatedExisting':false},'value':null}",
                server.text(
                        "{'findAndModify': 'films', 'query': {'_id': 99}, 'update': {'$set': {'a':"
                                + " 1}}}"));
    }

    @Test
    void write_concerns_are_understood() {
        server.ok("{'insert': 'x', 'documents': [{}], 'writeConcern': {'w': 1, 'j': true}}");
        server.ok("{'insert': 'x', 'documents': [{}], 'writeConcern': {'w': 0, 'wtimeout': 5}}");
        server.fails(100, "{'insert': 'x', 'documents': [{}], 'writeConcern': {'w': 3}}");
        server.fails(
                79, "{'findAndModify': 'films', 'remove': true, 'writeConcern': {'w': 'all'}}");
        server.fails(9, "{'insert': 'x', 'documents': [{}], 'writeConcern': {'w': 51}}");
        server.fails(9, "{'insert': 'x', 'documents': [{}], 'writeConcern': {'w': true}}");
        server.fails(9, "{'drop': 'x', 'writeConcern': {'j': true, 'fsync': true}}");
        server.fails(40415, "{'drop': 'x', 'writeConcern': {'wait': 1}}");
    }

    @Test
    void what_a_validator_refuses_may_go_past_it() {
        server.ok("{'create': 'strict', 'validator': {'a': {'$type': 'int'}}}");
        String bypass = ", 'bypassDocumentValidation': %s}";
        String[] writes = {
            "{'insert': 'strict', 'documents': [{'_id': 1}]",
            "{'update': 'strict', 'updates': [{'q': {'_id': 1}, 'u': {'$set': {'a': 'x'}},"
                    + " 'upsert': true}]",
            "{'findAndModify': 'strict', 'query': {'_id': 1}, 'update': {'$set': {'a': 'x'}},"
                    + " 'upsert': true",
        };
        for (String write : writes) {
            String refused = Json.text(server.run(write + bypass.formatted("false")));
            assertTrue(refused.contains("'code':121"), refused);
            String done = Json.text(server.run(write + bypass.formatted("1")));
            assertTrue(!done.contains("'code'"), done);
            server.ok("{'delete': 'strict', 'deletes': [{'q': {}, 'limit': 0}]}");
        }
        String bulk =
                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.strict'}], 'ops': [{'insert': 0,"
                        + " 'document': {'_id': 1}}, {'update': 0, 'filter': {'_id': 1},"
                        + " 'updateMods': {'$set': {'a': 'x'}}}]";
        assertEquals("1", Json.text(server.adminOk(bulk + "}").get("nErrors")));
        assertEquals(
                "0", Json.text(server.adminOk(bulk + bypass.formatted("true")).get("nErrors")));
        server.ok("{'findAndModify': 'strict', 'remove': true" + bypass.formatted("true"));
    }

    private static final String EMPTY = "{'$timestamp': {'t': 0, 'i': 0}}";
    private static final String[] WHOLE_DOCUMENTS = {
        "{'insert': 'x', 'documents': [{'_id': 1, 't': %1$s}]",
        "{'update': 'x', 'updates': [{'q': {'_id': 1}, 'u': {'t': %1$s}, 'upsert': true}]",
        "{'findAndModify': 'x', 'query': {'_id': 1}, 'update': {'t': %1$s}, 'upsert': true"
    };

    /** Returns how many documents hold the empty timestamp after a write of one. */
    private long empty(String write, String rest) {
        server.ok("{'delete': 'x', 'deletes': [{'q': {}, 'limit': 0}]}");
        server.ok(write.formatted(EMPTY) + rest + "}");
        String count = "{'count': 'x', 'query': {'t': %s}}";
        return CommandServer.number(server.ok(count.formatted(EMPTY)), "n");
    }

    @Test
    void empty_timestamps_that_pipelines_write_are_filled_unless_they_are_to_be_kept() {
        server.ok(
                "{'insert': 'y', 'bypassEmptyTsReplacement': true, 'documents': [{'_id': 1, 't': %s}]}"
                        .formatted(EMPTY));
        for (String stage :
                List.of("{'$out': 'x'}", "{'$merge': {'into': 'x', 'whenMatched': 'replace'}}")) {
            String write = "{'aggregate': 'y', 'cursor': {}, 'pipeline': [" + stage + "]";
            assertEquals(0, empty(write, ""), write);
            assertEquals(1, empty(write, ", 'bypassEmptyTsReplacement': true"), write);
        }
    }

    @Test
    void empty_timestamps_of_whole_documents_are_filled_unless_they_are_to_be_kept() {
        for (String write : WHOLE_DOCUMENTS) {
            assertEquals(0, empty(write, ""), write);
            assertEquals(0, empty(write, ", 'bypassEmptyTsReplacement': false"), write);
            assertEquals(1, empty(write, ", 'bypassEmptyTsReplacement': true"), write);
        }
        String bulk =
                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.x'}], 'ops': [{'insert': 0,"
                        + " 'document': {'t': %1$s}}, {'update': 0, 'filter': {'_id': 7},"
                        + " 'updateMods': {'t': %1$s}, 'upsert': true}]";
        server.ok("{'drop': 'x'}");
        server.adminOk(bulk.formatted(EMPTY) + "}");
        String count = "{'count': 'x', 'query': {'t': %s}}".formatted(EMPTY);
        assertEquals("{'n':0}", server.text(count));
        server.ok("{'drop': 'x'}");
        server.adminOk(bulk.formatted(EMPTY) + ", 'bypassEmptyTsReplacement': true}");
        assertEquals("{'n':2}", server.text(count));
    }

    @Test
    void empty_timestamps_of_ids_of_inner_documents_and_of_changed_fields_stay() {
        String update = "{'update': 'x', 'updates': [{'q': {'_id': 1}, 'u': %s, 'upsert': true}]";
        assertEquals(1, empty(update.formatted("{'$set': {'t': %s}}"), ""));
        assertEquals(1, empty(update.formatted("[{'$set': {'t': %s}}]"), ""));
        server.ok(
                "{'insert': 'x', 'documents': [{'_id': %1$s, 'in': {'t': %1$s}, 'l': [%1$s]}]}"
                        .formatted(EMPTY));
        String stored = "{'count': 'x', 'query': {'_id': %1$s, 'in.t': %1$s, 'l': %1$s}}";
        assertEquals("{'n':1}", server.text(stored.formatted(EMPTY)));
    }

    @Test
    void what_a_pipeline_writes_may_go_past_a_validator() {
        server.ok("{'create': 'strict', 'validator': {'a': {'$type': 'int'}}}");
        String pipeline = "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]%s}";
        for (String stage : new String[] {"{'$merge': 'strict'}", "{'$out': 'strict'}"}) {
            server.fails(121, pipeline.formatted(stage, ""));
            server.ok(pipeline.formatted(stage, ", 'bypassDocumentValidation': true"));
            assertEquals("{'n':3}", server.text("{'count': 'strict'}"));
        }
    }

    @Test
    void what_a_pipeline_on_no_collection_writes_may_go_past_a_validator() {
        server.ok("{'create': 'strict', 'validator': {'a': {'$type': 'int'}}}");
        String pipeline =
                "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$documents': [{'_id': 1, 't': %s}]},"
                        + " %s]%s}";
        for (String stage : new String[] {"{'$merge': 'strict'}", "{'$out': 'strict'}"}) {
            server.fails(121, pipeline.formatted(EMPTY, stage, ""));
            server.ok(pipeline.formatted(EMPTY, stage, ", 'bypassDocumentValidation': true"));
            assertEquals("{'n':1}", server.text("{'count': 'strict'}"));
        }
    }

    @Test
    void what_a_pipeline_on_no_collection_writes_may_keep_empty_timestamps() {
        String pipeline =
                "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$documents': [{'_id': 1, 't': %1$s}]},"
                        + " {'$merge': {'into': 'x', 'whenMatched': 'replace'}}]%2$s}";
        String count = "{'count': 'x', 'query': {'t': %s}}".formatted(EMPTY);
        server.ok(pipeline.formatted(EMPTY, ""));
        assertEquals("{'n':0}", server.text(count));
        server.ok(pipeline.formatted(EMPTY, ", 'bypassEmptyTsReplacement': true"));
        assertEquals("{'n':1}", server.text(count));
    }
}
