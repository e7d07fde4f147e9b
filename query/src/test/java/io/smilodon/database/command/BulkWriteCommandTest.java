package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BulkWriteCommandTest {

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
    void a_bulk_writes_to_several_collections() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'ok':1.0,'idx':0,'n':1},{'ok':1.0,'idx':1,'n':2,"
                        + "'nModified':2},{'ok':1.0,'idx':2,'n':1,'nModified':0,'upserted':{'_id':"
                        + "5}},{'ok':1.0,'idx':3,'n':1}],'id':0,'ns':'admin.$cmd.bulkWrite'},"
                        + "'nErrors':0,'nInserted':1,'nMatched':2,'nModified':2,'nUpserted':1,"
                        + "'nDeleted':1}",
                Json.text(
                        server.adminOk(
                                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.films'}, {'ns':"
                                        + " 'log.a.b'}], 'ops': [{'insert': 1, 'document': {'_id':"
                                        + " 1}}, {'update': 0, 'filter': {'year': 1995},"
                                        + " 'updateMods': {'$set': {'x': 1}}, 'multi': true},"
                                        + " {'update': 1, 'filter': {'_id': 5}, 'updateMods': {'x':"
                                        + " 1}, 'upsert': true}, {'delete': 0, 'filter': {'_id':"
                                        + " 2}}]}")));
    }

    @Test
    void inserts_that_fail_together_leave_the_report_of_what_was_before() {
        server.ok("{'create': 'view', 'viewOn': 'films', 'pipeline': []}");
        String bulk =
                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.films'}, {'ns': 'cinema.view'}],"
                        + " 'ordered': %s, 'ops': [{'insert': 0, 'document': {'_id': 70}},"
                        + " {'insert': 1, 'document': {'_id': 71}},"
                        + " {'insert': 1, 'document': {'_id': 72}},"
                        + " {'delete': 0, 'filter': {'_id': 70}}]}";
        Document ordered = server.adminOk(bulk.formatted("true"));
        assertEquals("1", Json.text(ordered.get("nInserted")));
        assertEquals("1", Json.text(ordered.get("nErrors")));
        assertEquals("0", Json.text(ordered.get("nDeleted")));
        server.ok("{'delete': 'films', 'deletes': [{'q': {'_id': 70}, 'limit': 1}]}");
        Document all = server.adminOk(bulk.formatted("false"));
        assertEquals("1", Json.text(all.get("nInserted")));
        assertEquals("2", Json.text(all.get("nErrors")));
        assertEquals("1", Json.text(all.get("nDeleted")));
    }

    @Test
    void a_bulk_tells_of_errors() {
        String bulk =
                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.films'}], 'ordered': false,"
                        + " 'errorsOnly': true, 'ops': [{'insert': 0, 'document': {'_id': 1}},"
                        + " {'insert': 0, 'document': {'_id': 8}}]}";
        Document answer = server.adminOk(bulk);
        assertEquals("1", Json.text(answer.get("nErrors")));
        assertEquals("1", Json.text(answer.get("nInserted")));
        assertTrue(
                Json.text(answer)
                        .startsWith("{'cursor':{'firstBatch':[{'ok':0.0,'idx':0,'code':11000,"));
        Document updates =
                server.adminOk(
                        "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.films'}], 'ordered': false,"
                                + " 'ops': [{'update': 0, 'filter': {}, 'updateMods': {'$inc':"
                                + " {'title': 1}}}, {'delete': 0, 'filter': {'$x': 1}}]}");
        List<Value> told =
                ((ArrayValue) CommandServer.part(updates, "cursor").get("firstBatch")).elements();
        assertTrue(Json.text(told.get(0)).endsWith(",'n':0,'nModified':0}"), told::toString);
        assertTrue(Json.text(told.get(1)).endsWith(",'n':0}"), told::toString);
        server.fails(13, bulk);
        server.adminFails(
                2, "{'bulkWrite': 1, 'nsInfo': [], 'ops': [{'insert': 0, 'document': {}}]}");
        server.adminFails(2, "{'bulkWrite': 1, 'nsInfo': [], 'ops': [{'isnert': 0}]}");
        server.adminFails(73, "{'bulkWrite': 1, 'nsInfo': [{'ns': 'x'}], 'ops': []}");
        server.adminFails(16, "{'bulkWrite': 1, 'nsInfo': [{'ns': 'x.y'}], 'ops': []}");
    }

    @Test
    void a_bulk_keeps_the_order_of_its_operations() {
        Document answer =
                server.adminOk(
                        "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.x'}, {'ns': 'cinema.y'}],"
                                + " 'ops': [{'insert': 0, 'document': {'_id': 1}}, {'insert': 0,"
                                + " 'document': {'_id': 2}}, {'delete': 0, 'filter': {}, 'multi':"
                                + " true}, {'insert': 0, 'document': {'_id': 1}}, {'insert': 1,"
                                + " 'document': {'_id': 1}}, {'insert': 1, 'document': {'_id': 1}},"
                                + " {'insert': 0, 'document': {'_id': 9}}]}");
        assertEquals("4", Json.text(answer.get("nInserted")));
        assertEquals("2", Json.text(answer.get("nDeleted")));
        assertEquals("1", Json.text(answer.get("nErrors")));
        assertTrue(Json.text(answer).contains("{'ok':0.0,'idx':5,'code':11000"));
        assertEquals("{'n':1}", server.text("{'count': 'x'}"));
        assertEquals("{'n':1}", server.text("{'count': 'y'}"));
    }
}
