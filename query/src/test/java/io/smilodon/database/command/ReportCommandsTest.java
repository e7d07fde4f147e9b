package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.TransactionSettings;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server tells of collections, of indexes, and of what it does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportCommandsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.insertFilms();
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'year_1'}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<Document> batch(Document answer) {
        List<Document> documents = new ArrayList<>();
        for (Value document : (ArrayValue) part(answer, "cursor").get("firstBatch")) {
            documents.add((Document) document);
        }
        return documents;
    }

    private List<Document> films(String stage) {
        return batch(
                server.ok(
                        "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}".formatted(stage)));
    }

    // ---- collStats, dbStats, $collStats

    @Test
    void coll_stats_has_the_fields_that_clients_show() {
        Document stats = server.ok("{'collStats': 'films'}");
        long size = number(stats, "size");
        long indexes = number(stats, "totalIndexSize");
        Document sizes = part(stats, "indexSizes");
        assertEquals("'cinema.films'", Json.text(stats.get("ns")));
        assertEquals(3, number(stats, "count"));
        assertEquals(size / 3, number(stats, "avgObjSize"));
        assertEquals(size, number(stats, "storageSize"));
        assertEquals(2, number(stats, "nindexes"));
        assertEquals(indexes, number(sizes, "_id_") + number(sizes, "year_1"));
        assertTrue(number(sizes, "year_1") > number(sizes, "_id_"), () -> Json.text(stats));
        assertEquals(size + indexes, number(stats, "totalSize"));
        assertEquals(1, number(stats, "scaleFactor"));
        assertEquals("false", Json.text(stats.get("capped")));
        assertFalse(stats.has("maxSize"));
        assertEquals(0, number(server.ok("{'collStats': 'none'}"), "nindexes"));
        server.fails(2, "{'collStats': 'films', 'scale': 0}");
    }

    @Test
    void coll_stats_of_a_capped_collection_tells_its_limits() {
        server.ok("{'create': 'log', 'capped': true, 'size': 4096, 'max': 7}");
        server.ok("{'create': 'tail', 'capped': true, 'size': 4096}");
        Document stats = server.ok("{'collStats': 'log', 'scale': 1024}");
        assertEquals("true", Json.text(stats.get("capped")));
        assertEquals(7, number(stats, "max"));
        assertEquals(4, number(stats, "maxSize"));
        assertEquals(0, number(server.ok("{'collStats': 'tail'}"), "max"));
    }

    @Test
    void sizes_of_indexes_follow_what_is_written() {
        long before = number(server.ok("{'collStats': 'films'}"), "totalIndexSize");
        server.ok("{'insert': 'films', 'documents': [{'_id': 4, 'year': [1, 2, 3, 4]}]}");
        long after = number(server.ok("{'collStats': 'films'}"), "totalIndexSize");
        assertTrue(after > before, before + " " + after);
        server.ok("{'dropIndexes': 'films', 'index': 'year_1'}");
        assertEquals(1, part(server.ok("{'collStats': 'films'}"), "indexSizes").size());
    }

    @Test
    void db_stats_has_the_fields_that_clients_show() {
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");
        Document stats = server.ok("{'dbStats': 1, 'freeStorage': 1}");
        assertEquals("'cinema'", Json.text(stats.get("db")));
        assertEquals(1, number(stats, "collections"));
        assertEquals(1, number(stats, "views"));
        assertEquals(3, number(stats, "objects"));
        assertEquals(2, number(stats, "indexes"));
        assertEquals(
                number(server.ok("{'collStats': 'films'}"), "totalSize"),
                number(stats, "totalSize"));
        assertEquals(0, number(stats, "freeStorageSize"));
        assertTrue(number(stats, "indexSize") > 0);
        server.fails(166, "{'collStats': 'old'}");
    }

    @Test
    void the_stage_tells_what_it_is_asked_for() {
        Document asked =
                films("{'$collStats': {'storageStats': {'scale': 1}, 'count': {}}}").get(0);
        assertEquals("'cinema.films'", Json.text(asked.get("ns")));
        assertTrue(asked.get("localTime") instanceof DateValue);
        assertEquals(
                Json.text(server.ok("{'collStats': 'films'}").without("ns")),
                Json.text(asked.get("storageStats")));
        assertEquals(3, number(asked, "count"));
        assertFalse(asked.has("queryExecStats"));

        server.ok("{'find': 'films', 'filter': {'title': 'Heat'}}");
        Document scans = films("{'$collStats': {'queryExecStats': {}}}").get(0);
        assertEquals(1, number(part(part(scans, "queryExecStats"), "collectionScans"), "total"));
    }

    @Test
    void the_stage_tells_how_long_requests_took() {
        server.ok("{'find': 'films'}");
        server.ok("{'count': 'films'}");
        server.ok("{'delete': 'films', 'deletes': [{'q': {'_id': 9}, 'limit': 1}]}");
        server.fails(2, "{'find': 'films', 'filter': {'$nope': 1}}");
        Document told = part(films("{'$collStats': {'latencyStats': {}}}").get(0), "latencyStats");
        assertEquals(3, number(part(told, "reads"), "ops"));
        assertEquals(2, number(part(told, "writes"), "ops"));
        assertEquals(1, number(part(told, "commands"), "ops"));
        assertEquals(0, number(part(told, "transactions"), "ops"));
        assertFalse(part(told, "reads").has("histogram"));

        String histograms = "{'$collStats': {'latencyStats': {'histograms': true}}}";
        Document reads = part(part(films(histograms).get(0), "latencyStats"), "reads");
        long counted = 0;
        for (Value bucket : (ArrayValue) reads.get("histogram")) {
            counted += number((Document) bucket, "count");
        }
        assertEquals(number(reads, "ops"), counted);

        server.ok("{'drop': 'films'}");
        server.insertFilms();
        told = part(films("{'$collStats': {'latencyStats': {}}}").get(0), "latencyStats");
        assertEquals(1, number(part(told, "writes"), "ops"));
        assertEquals(0, number(part(told, "reads"), "ops"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "5447000 | {'$collStats': 1}",
                "40415 | {'$collStats': {'size': {}}}",
                "14 | {'$collStats': {'count': 1}}",
                "40415 | {'$collStats': {'count': {'a': 1}}}",
                "40415 | {'$collStats': {'storageStats': {'a': 1}}}",
                "14 | {'$collStats': {'storageStats': {'scale': 'x'}}}",
                "51024 | {'$collStats': {'storageStats': {'scale': 0}}}",
                "14 | {'$collStats': {'latencyStats': 1}}",
                "14 | {'$collStats': {'latencyStats': {'histograms': 1}}}",
                "40415 | {'$collStats': {'latencyStats': {'scale': 1}}}",
                "28803 | {'$indexStats': {'a': 1}}",
                "28803 | {'$indexStats': 1}",
                "73 | {'$currentOp': {}}",
                "9 | {'$currentOp': 1}",
                "9 | {'$currentOp': {'allUsers': 1}}",
                "9 | {'$currentOp': {'allusers': true}}",
                "40602 | {'$match': {}}, {'$collStats': {}}",
                "40602 | {'$match': {}}, {'$indexStats': {}}",
                "40602 | {'$limit': 1}, {'$currentOp': {}}",
                "40600 | {'$facet': {'a': [{'$indexStats': {}}]}}",
            })
    void what_the_stages_refuse(int code, String stages) {
        server.fails(
                code, "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}".formatted(stages));
    }

    @Test
    void views_and_absent_collections_have_little_to_tell() {
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");
        String stats = "{'aggregate': '%s', 'cursor': {}, 'pipeline': [{'%s': %s}]}";
        server.fails(166, stats.formatted("old", "$indexStats", "{}"));
        server.fails(166, "{'validate': 'old'}");
        server.fails(166, stats.formatted("old", "$collStats", "{'count': {}}"));
        server.fails(26, stats.formatted("none", "$collStats", "{'count': {}}"));
        assertEquals(List.of(), batch(server.ok(stats.formatted("none", "$indexStats", "{}"))));
        server.fails(
                73, "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$collStats': {'count': {}}}]}");
    }

    @Test
    void validate_counts_the_keys_of_each_index() {
        server.ok("{'insert': 'films', 'documents': [{'_id': 4, 'year': [1, 2, 3, 4]}]}");
        Document validated = server.ok("{'validate': 'films'}");
        assertEquals("{'_id_':4,'year_1':7}", Json.text(validated.get("keysPerIndex")));
        assertEquals(
                "{'_id_':{'valid':true},'year_1':{'valid':true}}",
                Json.text(validated.get("indexDetails")));
    }

    // ---- $indexStats

    private String uses() {
        StringBuilder uses = new StringBuilder();
        for (Document index : films("{'$indexStats': {}}")) {
            assertTrue(part(index, "accesses").get("since") instanceof DateValue);
            assertTrue(part(index, "accesses").get("ops") instanceof Int64Value);
            uses.append(Json.text(index.get("name")))
                    .append(number(part(index, "accesses"), "ops"))
                    .append(' ');
        }
        return uses.toString().strip();
    }

    @Test
    void uses_of_indexes_are_counted() {
        assertEquals("'_id_'0 'year_1'0", uses());
        server.ok("{'find': 'films', 'filter': {'year': 1995}}");
        server.ok("{'count': 'films', 'query': {'year': {'$gt': 1990}}}");
        server.ok("{'find': 'films', 'filter': {'title': 'Heat'}}");
        assertEquals("'_id_'0 'year_1'2", uses());
        server.ok("{'find': 'films', 'filter': {'_id': 1}}");
        server.ok(
                "{'update': 'films', 'updates': [{'q': {'year': 1979}, 'u': {'$set': {'a': 1}}}]}");
        assertEquals("'_id_'1 'year_1'3", uses());
        server.ok("{'delete': 'films', 'deletes': [{'q': {'_id': 9}, 'limit': 1}]}");
        server.ok("{'dropIndexes': 'films', 'index': 'year_1'}");
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'year_1'}]}");
        assertEquals("'_id_'2 'year_1'0", uses());
    }

    @Test
    void each_index_is_described() {
        Document year = films("{'$indexStats': {}}, {'$match': {'name': 'year_1'}}").get(0);
        assertEquals("{'year':1}", Json.text(year.get("key")));
        assertEquals("'year_1'", Json.text(part(year, "spec").get("name")));
        assertTrue(year.has("host"));
    }

    // ---- $currentOp

    @Test
    void the_stage_sees_the_request_that_it_is_part_of() {
        String stage =
                "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$currentOp': {'allUsers': true}},"
                        + " {'$match': {'op': 'command'}}]}";
        List<Document> found = batch(server.adminOk(stage));
        assertEquals(1, found.size());
        assertTrue(Json.text(found.get(0)).contains("'command':{'aggregate':1"));
        server.fails(73, stage);
    }

    @Test
    void cursors_that_wait_are_shown_on_request() {
        server.ok("{'find': 'films', 'batchSize': 1}");
        String stage =
                "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$currentOp': {'idleCursors': %s}},"
                        + " {'$match': {'type': 'idleCursor'}}]}";
        assertEquals(0, batch(server.adminOk(stage.formatted("false"))).size());
        List<Document> idle = batch(server.adminOk(stage.formatted("true")));
        assertEquals(1, idle.size());
        assertEquals("'cinema.films'", Json.text(idle.get(0).get("ns")));
    }

    // ---- system.profile

    private String profiled(String filter) {
        StringBuilder text = new StringBuilder();
        String find = "{'find': 'system.profile', 'filter': %s, 'projection': {'op': 1, 'ns': 1}}";
        for (Document entry : batch(server.ok(find.formatted(filter)))) {
            text.append(Json.text(entry.without("_id")));
        }
        return text.toString();
    }

    @Test
    void the_profile_is_a_capped_collection() {
        server.ok("{'profile': 2}");
        server.ok("{'find': 'films'}");
        server.run("{'find': 'films', 'filter': {'$bad': 1}}");
        server.ok("{'delete': 'films', 'deletes': [{'q': {'_id': 3}, 'limit': 1}]}");
        server.ok("{'profile': 0}");
        server.ok("{'find': 'films'}");
        assertEquals(
                "{'op':'command','ns':'cinema.$cmd'}{'op':'query','ns':'cinema.films'}"
                        + "{'op':'query','ns':'cinema.films'}{'op':'remove','ns':'cinema.films'}",
                profiled("{}"));
        assertEquals("{'op':'query','ns':'cinema.films'}", profiled("{'errCode': 2}"));
        assertEquals("true", Json.text(server.ok("{'collStats': 'system.profile'}").get("capped")));
        assertEquals(
                "'remove'",
                Json.text(
                        batch(
                                        server.ok(
                                                "{'find': 'system.profile', 'limit': 1, 'sort':"
                                                        + " {'$natural': -1}}"))
                                .get(0)
                                .get("op")));
    }

    @Test
    void users_do_not_write_to_the_profile() {
        server.ok("{'profile': 2}");
        server.fails(20, "{'drop': 'system.profile'}");
        server.ok("{'profile': 0}");
        server.fails(73, "{'insert': 'system.profile', 'documents': [{'a': 1}]}");
        server.ok("{'drop': 'system.profile'}");
        assertEquals("", profiled("{}"));
    }

    @Test
    void a_filter_decides_in_the_place_of_the_time() {
        server.ok("{'profile': 1, 'slowms': 100000, 'filter': {'op': 'query'}}");
        server.ok("{'find': 'films'}");
        server.ok("{'count': 'films'}");
        assertEquals(
                "{'was':1,'slowms':100000,'sampleRate':1.0,'filter':{'op':'query'}}",
                server.text("{'profile': -1, 'filter': 'unset', 'sampleRate': 0, 'slowms': 0}"));
        server.ok("{'count': 'films'}");
        assertEquals("{'op':'query','ns':'cinema.films'}", profiled("{}"));
        server.fails(2, "{'profile': 1, 'sampleRate': 1.5}");
        server.fails(2, "{'profile': 1, 'filter': 'x'}");
        server.fails(2, "{'profile': 1, 'filter': {'$bad': 1}}");
    }

    // ---- serverStatus

    @Test
    void server_status_counts_what_is_done() {
        Document before = server.ok("{'serverStatus': 1}");
        server.ok("{'insert': 'a', 'documents': [{'_id': 1}, {'_id': 2}, {'_id': 3}]}");
        server.ok("{'find': 'a'}");
        server.ok(
                "{'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'$set': {'b': 1}}},"
                        + " {'q': {'_id': 2}, 'u': {'$set': {'b': 1}}}]}");
        server.ok("{'delete': 'a', 'deletes': [{'q': {'_id': 3}, 'limit': 1}]}");
        server.ok("{'ping': 1}");
        server.run("{'find': 'a', 'filter': {'$bad': 1}}");
        Document after = server.ok("{'serverStatus': 1}");

        assertEquals(3, grown("opcounters", "insert", before, after));
        assertEquals(2, grown("opcounters", "query", before, after));
        assertEquals(2, grown("opcounters", "update", before, after));
        assertEquals(1, grown("opcounters", "delete", before, after));
        assertEquals(2, grown("opcounters", "command", before, after));
        assertEquals(1, grown("asserts", "user", before, after));
        assertEquals(2, number(part(part(after, "opLatencies"), "reads"), "ops"));
        assertTrue(number(part(part(after, "opLatencies"), "writes"), "ops") >= 3);
        assertEquals(0, grown("opcountersRepl", "insert", before, after));
        assertEquals(0, number(part(after, "logicalSessionRecordCache"), "activeSessionsCount"));
        assertFalse(after.has("repl"));
        Document documents = part(part(after, "metrics"), "document");
        assertEquals(6, number(documents, "inserted"));
        assertEquals(2, number(documents, "updated"));
        assertEquals(1, number(documents, "deleted"));
        assertEquals(3, number(documents, "returned"));
        assertEquals(1, number(part(after, "connections"), "current"));
        assertEquals(64, number(part(after, "mem"), "bits"));
        assertTrue(number(part(after, "globalLock"), "totalTime") >= 0);
    }

    private static long grown(String section, String counter, Document before, Document after) {
        return number(part(after, section), counter) - number(part(before, section), counter);
    }

    @Test
    void server_status_counts_transactions() {
        server.smilodon()
                .transaction(
                        transaction ->
                                transaction
                                        .database("cinema")
                                        .collection("b")
                                        .insertOne(Json.doc("{'_id': 1}")));
        server.smilodon().begin(TransactionSettings.DEFAULTS).close();
        Document counted = part(server.ok("{'serverStatus': 1}"), "transactions");
        assertEquals(2, number(counted, "totalStarted"));
        assertEquals(1, number(counted, "totalCommitted"));
        assertEquals(1, number(counted, "totalAborted"));
        assertEquals(0, number(counted, "currentOpen"));
    }
}
