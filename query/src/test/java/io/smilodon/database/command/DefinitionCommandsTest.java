package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Databases, collections, indexes and what is told of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DefinitionCommandsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The same; one UUID is like another. */
    private String listed(String command) {
        return batch(command).replaceAll("\\{'\\$binary':[^}]*'04'}}", "UUID");
    }

    private String batch(String command) {
        return Json.text(part(server.ok(command), "cursor").get("firstBatch"));
    }

    @Test
    void collections_and_indexes_of_old_dumps_are_restored() {
        String create = "{'create': 'old', 'autoIndexId': %s, 'flags': 1}";
        server.fails(50001, create.formatted("false"));
        server.fails(14, create.formatted("'x'"));
        server.ok(create.formatted("true"));
        assertEquals(
                "[{'options':{}}]",
                batch("{'listCollections': 1, 'filter': {'name': 'old'}}")
                        .replaceAll(".*('options':\\{[^}]*}),.*", "[{$1}]"));
        String index =
                "{'createIndexes': 'old', 'v': 2, 'indexes': [{'key': {'a': 1}, 'name': 'a_1', 'ns':"
                        + " 'cinema.old', 'safe': true%s}]%s}";
        server.fails(197, index.formatted("", ""));
        server.fails(197, index.formatted("", ", 'ignoreUnknownIndexOptions': false"));
        String ignoring = ", 'ignoreUnknownIndexOptions': true";
        server.fails(197, index.formatted(", 'clustered': true", ignoring));
        server.fails(14, index.formatted(", 'unique': 'x'", ignoring));
        server.ok(index.formatted(", 'unique': true", ignoring));
        assertEquals(
                "[{'v':2,'key':{'_id':1},'name':'_id_'},"
                        + "{'v':2,'key':{'a':1},'name':'a_1','unique':true}]",
                batch("{'listIndexes': 'old'}"));
    }

    @Test
    void create_is_idempotent() {
        assertEquals("{}", server.text("{'create': 'actors'}"));
        assertEquals("{}", server.text("{'create': 'actors'}"));
        server.fails(40415, "{'create': 'actors', 'colour': 1}");
        server.fails(73, "{'create': 'system.x'}");
    }

    @Test
    void drop_tells_what_was_there() {
        assertEquals("{'nIndexesWas':1,'ns':'cinema.films'}", server.text("{'drop': 'films'}"));
        assertEquals("{}", server.text("{'drop': 'films'}"));
    }

    @Test
    void a_view_is_dropped_and_had_no_indexes() {
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");

        assertEquals("{'ns':'cinema.old'}", server.text("{'drop': 'old'}"));
    }

    @Test
    void databases_are_listed_and_dropped() {
        assertEquals(
                "{'databases':[{'name':'cinema'}]}",
                Json.text(server.adminOk("{'listDatabases': 1, 'nameOnly': true}")));
        Document all = server.adminOk("{'listDatabases': 1}");
        assertTrue(number(all, "totalSize") > 0);
        assertEquals(
                "[]",
                Json.text(
                        server.adminOk("{'listDatabases': 1, 'filter': {'name': 'other'}}")
                                .get("databases")));
        server.fails(13, "{'listDatabases': 1}");
        server.fails(5255100, "{'dropDatabase': 2}");
        server.fails(14, "{'dropDatabase': 'cinema'}");
        assertEquals("{'dropped':'cinema'}", server.text("{'dropDatabase': 1}"));
        assertEquals("{}", server.text("{'dropDatabase': 1}"));
        server.adminFails(20, "{'dropDatabase': 1}");
    }

    @Test
    void collections_are_listed() {
        server.ok("{'create': 'actors'}");
        assertEquals(
                "[{'name':'actors','type':'collection'},{'name':'films','type':'collection'}]",
                batch("{'listCollections': 1, 'nameOnly': true}"));
        assertEquals(
                "[{'name':'films','type':'collection','options':{},"
                        + "'info':{'readOnly':false,'uuid':UUID},"
                        + "'idIndex':{'v':2,'key':{'_id':1},'name':'_id_'}}]",
                listed("{'listCollections': 1, 'filter': {'name': 'films'}}"));
        server.fails(2, "{'listCollections': 1, 'filter': {'$x': 1}}");
    }

    @Test
    void collections_are_listed_with_what_they_are() {
        server.ok(
                "{'create': 'strict', 'validator': {'a': 1}, 'validationLevel': 'moderate',"
                        + " 'changeStreamPreAndPostImages': {'enabled': true}}");
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': [{'$match': {'year': 1979}}]}");
        assertEquals(
                "[{'name':'old','type':'view','options':{'viewOn':'films','pipeline':[{'$match':"
                        + "{'year':1979}}]},'info':{'readOnly':true}}]",
                batch("{'listCollections': 1, 'filter': {'type': 'view'}}"));
        assertEquals(
                "[{'name':'strict','type':'collection','options':{'validator':{'a':1},"
                        + "'validationLevel':'moderate','validationAction':'error',"
                        + "'changeStreamPreAndPostImages':{'enabled':true}},"
                        + "'info':{'readOnly':false,'uuid':UUID},'idIndex':{'v':2,'key':{'_id':1},"
                        + "'name':'_id_'}}]",
                listed("{'listCollections': 1, 'filter': {'options.validator': {'$exists': 1}}}"));
        assertEquals(
                "[{'name':'old','type':'view'}]",
                batch("{'listCollections': 1, 'nameOnly': true, 'filter': {'type': 'view'}}"));
        assertEquals(
                "[]",
                batch(
                        "{'listCollections': 1, 'nameOnly': true, 'filter': {'options.viewOn': 'films'}}"));
    }

    @Test
    void create_checks_the_index_on_id() {
        server.ok("{'create': 'a', 'idIndex': {'key': {'_id': 1}, 'name': '_id_'}}");
        server.fails(2, "{'create': 'b', 'idIndex': {'key': {'x': 1}, 'name': 'x_1'}}");
        server.fails(9, "{'create': 'b', 'idIndex': {'name': '_id_'}}");
        server.fails(9, "{'create': 'b', 'idIndex': {}}");
        String option = "{'create': 'b', 'idIndex': {'key': {'_id': 1}, 'name': '_id_', %s}}";
        server.fails(197, option.formatted("'sparse': true"));
        server.fails(197, option.formatted("'expireAfterSeconds': 1"));
        server.fails(2, option.formatted("'collation': {'locale': 'de'}"));
        String german = option.formatted("'collation': {'locale': 'de'}").replace("'b'", "'de'");
        server.ok(german.replace("}}}", "}}, 'collation': {'locale': 'de'}}"));
        server.fails(14, "{'create': 'b', 'idIndex': 'x'}");
        server.fails(72, "{'create': 'b', 'viewOn': 'a', 'idIndex': {'key': {'_id': 1}}}");
    }

    @Test
    void collections_of_the_server_are_not_changed_dropped_or_renamed() {
        server.ok("{'profile': 2}");
        server.ok("{'profile': 0}");
        server.fails(73, "{'collMod': 'system.profile', 'cappedSize': 4096}");
        server.fails(20, "{'drop': 'system.users'}");
        server.adminFails(
                73, "{'renameCollection': 'cinema.system.profile', 'to': 'cinema.profile'}");
        server.ok("{'drop': 'system.profile'}");
    }

    @Test
    void a_collection_is_changed() {
        assertEquals("{}", server.text("{'collMod': 'films', 'validator': {'year': {'$gt': 0}}}"));
        assertTrue(
                server.text("{'insert': 'films', 'documents': [{'year': -1}]}")
                        .contains("'code':121"));
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        assertEquals(
                "{'hidden_old':false,'hidden_new':true}",
                server.text("{'collMod': 'films', 'index': {'name': 'y', 'hidden': true}}"));
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");
        server.ok("{'collMod': 'old', 'viewOn': 'films', 'pipeline': [{'$limit': 1}]}");
        assertEquals("{'n':1}", server.text("{'count': 'old'}"));
        server.fails(26, "{'collMod': 'none', 'validator': {}}");
        server.fails(27, "{'collMod': 'films', 'index': {'name': 'x', 'hidden': true}}");
        server.fails(72, "{'collMod': 'films', 'viewOn': 'a', 'pipeline': []}");
        server.fails(40415, "{'collMod': 'films', 'colour': 1}");
        server.fails(14, "{'collMod': 'films', 'validator': 1}");
    }

    @Test
    void views_are_not_renamed() {
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");
        server.adminFails(166, "{'renameCollection': 'cinema.old', 'to': 'cinema.older'}");
        String onto = "{'renameCollection': 'cinema.films', 'to': 'cinema.old', 'dropTarget': %s}";
        server.adminFails(48, onto.formatted("false"));
        server.adminFails(48, onto.formatted("true"));
    }

    @Test
    void indexes_are_created_listed_and_dropped() {
        assertEquals(
                "{'numIndexesBefore':1,'numIndexesAfter':3,'createdCollectionAutomatically':false}",
                server.text(
                        "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name':"
                                + " 'y'}, {'key': {'title': 1}, 'name': 't'}]}"));
        assertEquals(
                "{'numIndexesBefore':3,'numIndexesAfter':3,'createdCollectionAutomatically':false,"
                        + "'note':'allindexesalreadyexist'}",
                server.text(
                        "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name':"
                                + " 'y'}]}"));
        assertEquals(
                "[{'v':2,'key':{'_id':1},'name':'_id_'},{'v':2,'key':{'year':1},'name':'y'},"
                        + "{'v':2,'key':{'title':1},'name':'t'}]",
                batch("{'listIndexes': 'films'}"));
        assertEquals("{'nIndexesWas':3}", server.text("{'dropIndexes': 'films', 'index': 'y'}"));
        assertEquals(
                "{'nIndexesWas':2,'msg':'non-_idindexesdroppedforcollection'}",
                server.text("{'dropIndexes': 'films', 'index': '*'}"));
    }

    @Test
    void rule_083_mistakes_in_specifications() {
        server.fails(2, "{'createIndexes': 'films', 'indexes': []}");
        server.fails(9, "{'createIndexes': 'films', 'indexes': [{'key': {'a': 1}}]}");
        server.fails(9, "{'createIndexes': 'films', 'indexes': [{'name': 'a'}]}");
        server.fails(67, "{'createIndexes': 'films', 'indexes': [{'name': 'a', 'key': {'a': 0}}]}");
        server.fails(14, "{'createIndexes': 'films', 'indexes': [1]}");
    }

    @Test
    void of_several_indexes_all_are_created_or_none() {
        server.fails(
                11000,
                "{'createIndexes': 'films', 'indexes': [{'key': {'a': 1}, 'name': 'a'}, {'key':"
                        + " {'year': 1}, 'name': 'y', 'unique': true}]}");
        assertEquals("[{'v':2,'key':{'_id':1},'name':'_id_'}]", batch("{'listIndexes': 'films'}"));
    }

    @Test
    void rule_085_dropping_indexes() {
        server.fails(72, "{'dropIndexes': 'films', 'index': '_id_'}");
        server.fails(27, "{'dropIndexes': 'films', 'index': 'x'}");
        server.fails(26, "{'dropIndexes': 'none', 'index': 'x'}");
        server.fails(40414, "{'dropIndexes': 'films'}");
        server.fails(26, "{'listIndexes': 'none'}");
    }

    @Test
    void rename_keeps_documents_and_indexes() {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y', 'unique':"
                        + " false}, {'key': {'title': 1}, 'name': 't', 'unique': true}]}");
        server.adminOk("{'renameCollection': 'cinema.films', 'to': 'archive.old.films'}");

        assertEquals("{'n':0}", server.text("{'count': 'films'}"));
        Document found =
                Commands.run(
                        server.context("archive"),
                        Json.doc("{'find': 'old.films', 'filter': {'year': 1995}, 'hint': 'y'}"));
        assertTrue(Json.text(found).contains("'title':'Casino'"));
        Document twice =
                Commands.run(
                        server.context("archive"),
                        Json.doc("{'insert': 'old.films', 'documents': [{'title': 'Heat'}]}"));
        assertTrue(
                Json.text(twice).contains("collection:archive.old.filmsindex:t"),
                () -> Json.text(twice));
    }

    @Test
    void rule_119_renaming_onto_a_collection_drops_it_only_if_asked_to() {
        server.ok("{'insert': 'actors', 'documents': [{'_id': 1}]}");
        server.adminFails(48, "{'renameCollection': 'cinema.films', 'to': 'cinema.actors'}");
        server.adminOk(
                "{'renameCollection': 'cinema.films', 'to': 'cinema.actors', 'dropTarget': true}");
        assertEquals("{'n':3}", server.text("{'count': 'actors'}"));
        assertEquals(3, number(server.ok("{'collStats': 'actors'}"), "count"));
        server.ok("{'insert': 'films', 'documents': [{'_id': 1}]}");
        assertEquals("{'n':1}", server.text("{'count': 'films'}"));
    }

    @Test
    void what_cannot_be_renamed() {
        server.adminFails(26, "{'renameCollection': 'cinema.none', 'to': 'cinema.x'}");
        server.adminFails(20, "{'renameCollection': 'cinema.films', 'to': 'cinema.films'}");
        server.adminFails(73, "{'renameCollection': 'cinema.films', 'to': 'cinema'}");
        server.adminFails(73, "{'renameCollection': 'cinema.films', 'to': 'cinema.system.x'}");
        server.adminFails(73, "{'renameCollection': 'cinema.films', 'to': 'cinema.'}");
        server.adminFails(14, "{'renameCollection': 1, 'to': 'cinema.x'}");
        server.adminFails(40414, "{'renameCollection': 'cinema.films'}");
        server.fails(13, "{'renameCollection': 'cinema.films', 'to': 'cinema.x'}");
    }

    @Test
    void sizes_are_told() {
        Document films = server.ok("{'collStats': 'films'}");
        assertEquals(3, number(films, "count"));
        assertEquals(1, number(films, "nindexes"));
        assertTrue(number(films, "size") > 10);
        assertEquals(0, number(server.ok("{'collStats': 'none'}"), "count"));
        Document database = server.ok("{'dbStats': 1}");
        assertEquals(3, number(database, "objects"));
        assertEquals(1, number(database, "indexes"));
        server.fails(2, "{'dbStats': 1, 'scale': 0}");
        assertEquals(0, number(server.ok("{'collStats': 'films', 'scale': 100000}"), "size"));
    }

    @Test
    void validate_looks_at_everything() {
        assertEquals(
                "{'ns':'cinema.films','nInvalidDocuments':0,'nNonCompliantDocuments':0,'nrecords':3,"
                        + "'nIndexes':1,'keysPerIndex':{'_id_':3},'indexDetails':{'_id_':"
                        + "{'valid':true}},'valid':true,'repaired':false,'warnings':[],'errors':[],"
                        + "'extraIndexEntries':[],'missingIndexEntries':[],'corruptRecords':[]}",
                server.text("{'validate': 'films', 'full': true}"));
        server.fails(26, "{'validate': 'none'}");
        server.fails(115, "{'validate': 'films', 'metadata': true}");
    }

    /** Reads a list to its end, so many at a time, and closes its cursor by reading. */
    private List<Value> inBatches(CommandContext context, String command, String source) {
        Document first = part(Commands.run(context, Json.doc(command)), "cursor");
        List<Value> all = new ArrayList<>(((ArrayValue) first.get("firstBatch")).elements());
        assertEquals(2, all.size(), () -> Json.text(first));
        long id = number(first, "id");
        while (id != 0) {
            String more = "{'getMore': {'$numberLong': '%d'}, 'collection': '%s', 'batchSize': 2}";
            Document next = Commands.run(context, Json.doc(more.formatted(id, source)));
            Document cursor = part(next, "cursor");
            all.addAll(((ArrayValue) cursor.get("nextBatch")).elements());
            id = number(cursor, "id");
        }
        return all;
    }

    @Test
    void lists_come_in_batches_on_request() {
        for (int i = 0; i < 5; i++) {
            server.ok("{'create': 'list%d'}".formatted(i));
            server.ok(
                    "{'createIndexes': 'list0', 'indexes': [{'key': {'a%d': 1}, 'name': 'a%d'}]}"
                            .formatted(i, i));
        }
        CommandContext context = server.context("cinema");
        String names = "{'listCollections': 1, 'filter': {'name': {'$regex': '^list'}}%s}";
        assertEquals(
                ((ArrayValue) part(server.ok(names.formatted("")), "cursor").get("firstBatch"))
                        .elements(),
                inBatches(
                        context,
                        names.formatted(", 'cursor': {'batchSize': 2}"),
                        "$cmd.listCollections"));
        assertEquals(
                6,
                inBatches(context, "{'listIndexes': 'list0', 'cursor': {'batchSize': 2}}", "list0")
                        .size());
        String bulk =
                "{'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.list1'}], 'cursor': {'batchSize': 2},"
                        + " 'ops': [{'insert': 0, 'document': {}}, {'insert': 0, 'document': {}},"
                        + " {'insert': 0, 'document': {}}]}";
        assertEquals(3, inBatches(server.context("admin"), bulk, "$cmd.bulkWrite").size());
        long id =
                number(
                        part(
                                server.ok("{'listCollections': 1, 'cursor': {'batchSize': 0}}"),
                                "cursor"),
                        "id");
        String kill = "{'killCursors': '$cmd.listCollections', 'cursors': [{'$numberLong': '%d'}]}";
        assertEquals(
                "[%d]".formatted(id),
                Json.text(server.ok(kill.formatted(id)).get("cursorsKilled")));
        assertEquals(0, server.smilodon().cursors().openCount());
        server.fails(51024, "{'listCollections': 1, 'cursor': {'batchSize': -1}}");
    }
}
