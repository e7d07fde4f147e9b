package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands need whose parts need something each. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequirementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "find d.a, insert d.b, remove d.b | {'$out': 'b'}",
                "find d.a, insert e.b, remove e.b | {'$out': {'db': 'e', 'coll': 'b'}}",
                "find d.a, insert d.b, update d.b | {'$merge': 'b'}",
                "find d.a, insert e.b, update e.b | {'$merge': {'into': {'db': 'e', 'coll': 'b'}}}",
                "find d.a, insert d.b | {'$merge': {'into': 'b', 'whenMatched': 'fail'}}",
                "find d.a, insert d.b, update d.b | {'$merge': {'into': 'b', 'whenMatched':"
                        + " 'keepExisting'}}",
                "find d.a, update d.b | {'$merge': {'into': 'b', 'whenNotMatched': 'discard'}}",
                "find d.a, update d.b | {'$merge': {'into': 'b', 'whenNotMatched': 'fail'}}",
                "find d.a, find d.b, find d.b, find d.c | {'$lookup': {'from': 'b', 'pipeline':"
                        + " [{'$unionWith': 'c'}], 'as': 'x'}}",
                "find d.a | {'$lookup': {'pipeline': [{'$documents': []}], 'as': 'x'}}",
                "find d.a, find d.b, collStats d.b | {'$unionWith': {'coll': 'b', 'pipeline':"
                        + " [{'$collStats': {}}]}}",
                "find d.a, find d.b | {'$facet': {'x': [{'$match': {}}], 'y': [{'$unionWith':"
                        + " 'b'}]}}",
                "find d.a, find d.b | {'$graphLookup': {'from': 'b'}}",
                "collStats d.a | {'$collStats': {}}",
                "changeStream d.a, find d.a | {'$changeStream': {}}",
                "find d.a | {'$nosuch': 'b'}",
                "find d.a | {'$match': {}}"
            })
    void pipelines_need_what_their_stages_do(String needs, String stage) {
        assertEquals(
                needs, needs("d", "{'aggregate': 'a', 'pipeline': [" + stage + "], 'cursor': {}}"));
        assertEquals(
                needs,
                needs("d", "{'explain': {'aggregate': 'a', 'pipeline': [" + stage + "]}}"),
                "explained");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "changeStream every, find every | {'aggregate': 1, 'pipeline': [{'$changeStream':"
                        + " {'allChangesForCluster': true}}]}",
                "changeStream d, find d | {'aggregate': 1, 'pipeline': [{'$changeStream': {}}]}",
                "find d.b | {'aggregate': 1, 'pipeline': [{'$documents': []}, {'$facet': {'x':"
                        + " [{'$unionWith': 'b'}]}}]}",
                "queryStatsReadTransformed server | {'aggregate': 1, 'pipeline': [{'$queryStats':"
                        + " {'transformIdentifiers': {}}}]}",
                "insert d.a, bypassDocumentValidation d.a | {'insert': 'a',"
                        + " 'bypassDocumentValidation': true}",
                "find d.a, insert d.b, remove d.b, bypassDocumentValidation d.b | {'aggregate':"
                        + " 'a', 'bypassDocumentValidation': true, 'pipeline': [{'$out': 'b'}]}",
                "update d.a | {'update': 'a', 'updates': [{'upsert': false}]}",
                "update d.a, insert d.a | {'update': 'a', 'updates': [{}, {'upsert': true}]}",
                "find d.a, remove d.a | {'findAndModify': 'a', 'remove': true}",
                "find d.a, update d.a, insert d.a | {'findAndModify': 'a', 'update': {}, 'upsert':"
                        + " 1}",
                "find d.a, remove d.a, update d.a | {'findAndModify': 'a', 'update': {}, 'remove':"
                        + " true}",
                "insert d.a, update e.b, insert e.b, remove d.a | {'bulkWrite': 1, 'nsInfo':"
                        + " [{'ns': 'd.a'}, {'ns': 'e.b'}], 'ops': [{'insert': 0}, {'update': 1,"
                        + " 'upsert': true}, {'delete': 0}]}",
                "renameCollectionSameDB d | {'renameCollection': 'd.a', 'to': 'd.b'}",
                "renameCollectionSameDB d, dropCollection d.b | {'renameCollection': 'd.a', 'to':"
                        + " 'd.b', 'dropTarget': true}",
                "find d.a, dropCollection d.a, insert e.b, createIndex e.b | {'renameCollection':"
                        + " 'd.a', 'to': 'e.b'}",
                "createCollection d.v, find d.a, find d.b | {'create': 'v', 'viewOn': 'a',"
                        + " 'pipeline': [{'$unionWith': 'b'}]}",
                "collMod d.v, find d.v, find d.b | {'collMod': 'v', 'pipeline': [{'$unionWith':"
                        + " 'b'}]}",
                "find e.b | {'dataSize': 'e.b'}"
            })
    void commands_need_what_their_parts_do(String needs, String command) {
        assertEquals(needs, needs("d", command));
    }

    @Test
    void renaming_makes_nothing_readable_that_was_not() {
        try (CommandServer server = new CommandServer()) {
            LoggedIn root = LoggedIn.create(server, "root", "root@admin");
            root.run(
                    "d",
                    "{'createRole': 'reader', 'roles': [], 'privileges': [{'resource': {'db': 'd',"
                            + " 'collection': 'open'}, 'actions': ['find']}]}");
            root.run("d", "{'insert': 'secret', 'documents': [{'_id': 1}]}");
            LoggedIn ann = LoggedIn.create(server, "ann", "dbAdmin@d", "reader@d");

            assertTrue(ann.isDenied("admin", "{'renameCollection': 'd.secret', 'to': 'd.open'}"));
            assertFalse(
                    ann.isDenied("admin", "{'renameCollection': 'd.secret', 'to': 'd.closed'}"));
        }
    }

    /** By somebody who may do everything that can be asked for. */
    private static String needs(String database, String command) {
        try (CommandServer server = new CommandServer()) {
            LoggedIn master = LoggedIn.create(server, "ann", "__system@admin");
            CommandContext context = server.context(database).withCaller(master.caller());
            List<Need> needs = Commands.authorize(context, Json.doc(command));
            return needs.stream()
                    .map(need -> need.action().label() + " " + shown(need.resource()))
                    .collect(Collectors.joining(", "));
        }
    }

    private static String shown(Resource resource) {
        if (resource.equals(Resource.CLUSTER)) {
            return "server";
        }
        if (resource.equals(Resource.EVERY_DATABASE)) {
            return "every";
        }
        return resource.collection().isEmpty()
                ? resource.database()
                : resource.database() + "." + resource.collection();
    }
}
