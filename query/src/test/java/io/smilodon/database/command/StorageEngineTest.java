package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What storage engines are told of collections and indexes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StorageEngineTest {

    private static final String TOLD = "{'wiredTiger':{'configString':'block_compressor=zlib'}}";
    private static final String INDEX =
            "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'%s}]}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String batch(String command) {
        return Json.text(((Document) server.ok(command).get("cursor")).get("firstBatch"));
    }

    private String options(String collection) {
        String listing = batch("{'listCollections': 1, 'filter': {'name': '" + collection + "'}}");
        return listing.replaceAll(".*'options':(\\{.*}),'info'.*", "$1");
    }

    @Test
    void a_collection_keeps_and_shows_what_it_was_created_with() {
        String defaults = "{'storageEngine':" + TOLD + "}";
        String told = "'storageEngine':" + TOLD + ",'indexOptionDefaults':" + defaults;
        server.ok("{'create': 'films', " + told + "}");

        assertEquals("{" + told + "}", options("films"));
        server.ok("{'collMod': 'films', 'validator': {'a': 1}}");
        server.ok("{'convertToCapped': 'films', 'size': 10000}");
        assertEquals(
                "{'capped':true,'size':10000,'validator':{'a':1},"
                        + "'validationLevel':'strict','validationAction':'error',"
                        + told
                        + "}",
                options("films"));
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        assertEquals(
                "[{'v':2,'key':{'_id':1},'name':'_id_'},{'v':2,'key':{'year':1},'name':'y'}]",
                batch("{'listIndexes': 'films'}"));
    }

    @Test
    void what_says_nothing_is_not_shown() {
        server.ok("{'create': 'films', 'storageEngine': {}, 'indexOptionDefaults': {}}");

        assertEquals("{}", options("films"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "14    | 'storageEngine': 'wiredTiger'",
                "2     | 'storageEngine': {'wiredTiger': 1}",
                "72    | 'storageEngine': {'mmapv1': {}}",
                "72    | 'storageEngine': {'wiredTiger': {'config': ''}}",
                "72    | 'storageEngine': {'smilodon': {'configString': ''}}",
                "14    | 'storageEngine': {'wiredTiger': {'configString': 1}}",
                "9     | 'storageEngine': {'wiredTiger': {'configString': 'a\\u0000'}}",
                "14    | 'indexOptionDefaults': 1",
                "40415 | 'indexOptionDefaults': {'unknown': true}",
                "14    | 'indexOptionDefaults': {'storageEngine': 1}",
                "72    | 'indexOptionDefaults': {'storageEngine': {'mmapv1': {}}}",
                "72    | 'viewOn': 'other', 'storageEngine': {'wiredTiger': {}}",
                "72    | 'viewOn': 'other', 'indexOptionDefaults': {}",
            })
    void other_shapes_are_refused_by_create(int code, String option) {
        server.fails(code, "{'create': 'films', " + option + "}");
    }

    @Test
    void an_index_keeps_and_shows_what_it_was_created_with() {
        server.ok(INDEX.formatted(", 'storageEngine': " + TOLD));

        assertEquals(
                "[{'v':2,'key':{'_id':1},'name':'_id_'},"
                        + "{'v':2,'key':{'year':1},'name':'y','storageEngine':"
                        + TOLD
                        + "}]",
                batch("{'listIndexes': 'films'}"));
    }

    @Test
    void it_is_no_part_of_what_an_index_is() {
        server.ok(INDEX.formatted(", 'storageEngine': " + TOLD));

        server.ok(INDEX.formatted(", 'storageEngine': " + TOLD));
        server.fails(85, INDEX.formatted(""));
        server.fails(85, INDEX.formatted(", 'storageEngine': {'wiredTiger': {}}"));
        server.fails(85, INDEX.replace("'y'", "'z'").formatted(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "67 | 'wiredTiger'",
                "67 | {}",
                "2  | {'wiredTiger': 1}",
                "72 | {'mmapv1': {}}",
                "72 | {'wiredTiger': {'config': ''}}",
                "14 | {'wiredTiger': {'configString': 1}}",
            })
    void other_shapes_are_refused_by_createIndexes(int code, String told) {
        server.fails(code, INDEX.formatted(", 'storageEngine': " + told));
    }

    @Test
    void the_index_on_the_id_takes_none() {
        server.fails(
                197,
                "{'createIndexes': 'films', 'indexes': [{'key': {'_id': 1}, 'name': '_id_',"
                        + " 'storageEngine': {'wiredTiger': {}}}]}");
    }
}
