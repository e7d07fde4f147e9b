package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may ask for that promises to keep to the stable API. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StableApiTest {

    private static final String STRICT =
            ", 'apiVersion': '1', 'apiStrict': true, 'apiDeprecationErrors': true}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void who_promises_to_keep_to_the_stable_api_is_held_to_it() {
        server.ok("{'hello': 1" + STRICT);
        server.ok("{'ping': 1" + STRICT);
        server.ok("{'find': 'films', 'filter': {}" + STRICT);
        server.ok("{'aggregate': 'films', 'pipeline': [{'$match': {}}], 'cursor': {}" + STRICT);
        server.fails(323, "{'serverStatus': 1" + STRICT);
        server.fails(323, "{'find': 'films', 'max': {'_id': 1}" + STRICT);
        String stage = "{'aggregate': 'films', 'pipeline': [{'$indexStats': {}}], 'cursor': {}";
        server.fails(323, stage + STRICT);
        server.ok(stage + ", 'apiVersion': '1', 'apiStrict': false}");
        server.fails(323, "{'explain': " + stage + "}" + STRICT);
        server.ok("{'explain': {'find': 'films'}" + STRICT);
        String pipeline = "{'aggregate': 'films', 'pipeline': [";
        String end = "], 'cursor': {}" + STRICT;
        server.fails(323, pipeline + "], 'explain': true" + STRICT);
        String inner = "'pipeline': [{'$indexStats': {}}]";
        server.fails(323, pipeline + "{'$unionWith': {'coll': 'c', " + inner + "}}" + end);
        server.fails(323, pipeline + "{'$lookup': {'from': 'c', 'as': 'a', " + inner + "}}" + end);
        server.fails(323, pipeline + "{'$facet': {'a': [{'$indexStats': {}}]}}" + end);
        server.ok(pipeline + "{'$facet': {'a': [{'$match': {}}]}}" + end);
        server.fails(4886600, "{'ping': 1, 'apiStrict': true}");
        server.fails(59, "{'pong': 1" + STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'$match': {}}, {'$indexStats': {}}] | /pipeline/1/$indexStats",
                "[{'$facet': {'a': [{'$fill': {}}]}}] | /pipeline/0/$facet/a/0/$fill",
                "[{'$lookup': {'pipeline': [{'$search': {}}]}}] |"
                        + " /pipeline/0/$lookup/pipeline/0/$search",
                "[{'$collStats': {'count': {}, 'storageStats': {}}}] |"
                        + " /pipeline/0/$collStats/storageStats",
                "[{'$addFields': {'a': {'$meta': 'textScore'}}}] | /pipeline"
            })
    void a_stage_that_is_not_in_it_is_pointed_at(String pipeline, String pointer) {
        String aggregate = "{'aggregate': 'films', 'cursor': {}, 'pipeline': " + pipeline;
        assertRefused(pointer, server.run(aggregate + STRICT));
        Document explained =
                server.run("{'explain': " + aggregate + "}, 'verbosity': 'queryPlanner'" + STRICT);
        assertRefused("/explain" + pointer, explained);
    }

    private static void assertRefused(String pointer, Document answer) {
        assertCode(323, answer);
        assertEquals(Value.of(pointer), answer.get("pointer"), () -> Json.text(answer));
    }

    @Test
    void the_count_of_a_collection_is_in_it() {
        server.insertFilms();
        server.ok(
                "{'aggregate': 'films', 'pipeline': [{'$collStats': {'count': {}}}], 'cursor': {}"
                        + STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'find': 'films', 'projection': {'a': {'$meta': 'indexKey'}} | /projection",
                "'find': 'films', 'sort': {'a': {'$meta': 'textScore'}} | /sort",
                "'findAndModify': 'films', 'remove': true, 'fields': {'a': {'$meta': 'indexKey'}} |"
                        + " /fields",
                "'createIndexes': 'films', 'indexes': [{'key': {'a': 1}, 'name': 'a'},"
                        + " {'key': {'b': 1, 'c': 'text'}, 'name': 'c'}] | /indexes/1/key/c",
                "'collMod': 'films', 'index': {'name': 'a_1', 'prepareUnique': true} |"
                        + " /index/prepareUnique"
            })
    void parts_that_are_not_in_it_are_pointed_at(String command, String pointer) {
        assertRefused(pointer, server.run("{" + command + STRICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'find': 'films', 'projection': {'a': {'$meta': 'sortKey'}}, 'sort': {'a': 1}",
                "'createIndexes': 'films', 'indexes': [{'key': {'a': 1}, 'name': 'a'}]",
                "'collMod': 'films', 'index': {'name': 'a', 'hidden': true}"
            })
    void others_are(String command) {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'a': 1}, 'name': 'a'}]}");
        server.ok("{" + command + STRICT);
    }
}
