package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadCommandsTest {

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
    void find_answers_its_first_batch() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'title':'Casino'},{'title':'Heat'}],'id':0,'ns':"
                        + "'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'filter': {'year': 1995}, 'sort': {'title': 1},"
                                + " 'projection': {'title': 1, '_id': 0}}"));
        assertEquals(
                "{'cursor':{'firstBatch':[{'_id':2}],'id':0,'ns':'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'sort': {'_id': 1}, 'skip': 1, 'limit': 1,"
                                + " 'projection': {'_id': 1}, 'hint': '_id_'}"));
    }

    @Test
    void rule_111_reading_what_does_not_exist_finds_nothing() {
        assertEquals(
                "{'cursor':{'firstBatch':[],'id':0,'ns':'cinema.none'}}",
                server.text("{'find': 'none'}"));
        assertEquals("{'n':0}", server.text("{'count': 'none'}"));
        assertEquals("{'values':[]}", server.text("{'distinct': 'none', 'key': 'a'}"));
        assertEquals(
                "{'cursor':{'firstBatch':[],'id':0,'ns':'cinema.none'}}",
                server.text("{'aggregate': 'none', 'pipeline': [], 'cursor': {}}"));
        assertEquals(
                "{'n':0}", server.text("{'delete': 'none', 'deletes': [{'q': {}, 'limit': 0}]}"));
    }

    @Test
    void get_more_reads_on() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 2}"), "cursor");
        long id = number(first, "id");

        Document next =
                part(server.ok("{'getMore': %d, 'collection': 'films'}".formatted(id)), "cursor");

        assertEquals(0, number(next, "id"));
        assertEquals(
                "{'_id':3,'year':1995,'title':'Casino'}",
                Json.text(next.get("nextBatch")).replaceAll("[\\[\\]]", ""));
        server.fails(43, "{'getMore': %d, 'collection': 'films'}".formatted(id));
    }

    @Test
    void rule_041_batch_sizes() {
        Document empty = part(server.ok("{'find': 'films', 'batchSize': 0}"), "cursor");
        assertEquals("[]", Json.text(empty.get("firstBatch")));
        server.ok("{'getMore': %d, 'collection': 'films'}".formatted(number(empty, "id")));
        server.fails(51024, "{'find': 'films', 'batchSize': -1}");
        server.fails(51024, "{'find': 'films', 'skip': -1}");
        server.fails(51024, "{'find': 'films', 'limit': -1}");
        assertEquals(
                3,
                ((ArrayValue)
                                part(server.ok("{'find': 'films', 'limit': 0}"), "cursor")
                                        .get("firstBatch"))
                        .size());
    }

    @Test
    void rule_041_a_batch_of_one_document_leaves_the_cursor_open() {
        Document first = part(server.ok("{'find': 'films', 'limit': 0, 'batchSize': 1}"), "cursor");
        assertEquals(1, ((ArrayValue) first.get("firstBatch")).size());
        long id = number(first, "id");
        server.fails(
                51024, "{'getMore': %d, 'collection': 'films', 'batchSize': -1}".formatted(id));
        Document next =
                part(
                        server.ok(
                                "{'getMore': %d, 'collection': 'films', 'batchSize': 1}"
                                        .formatted(id)),
                        "cursor");
        assertEquals(1, ((ArrayValue) next.get("nextBatch")).size());
        assertEquals(id, number(next, "id"));
    }

    @Test
    void a_single_batch_leaves_no_cursor() {
        Document only =
                part(server.ok("{'find': 'films', 'batchSize': 1, 'singleBatch': true}"), "cursor");
        assertEquals(0, number(only, "id"));
        assertEquals(0, server.smilodon().cursors().openCount());
    }

    @Test
    void rule_120_what_fits_into_memory_no_more_and_may_not_go_to_disk_is_292() {
        Document large = Document.of("s", Value.of("x".repeat(1 << 20)));
        server.smilodon().database("cinema").collection("large").insertOne(large);
        String sort =
                "{'aggregate': 'large', 'cursor': {}, 'allowDiskUse': %s, 'pipeline': [{'$set':"
                        + " {'i': {'$range': [0, 150]}}}, {'$unwind': '$i'}, {'$sort': {'i': -1}},"
                        + " {'$skip': 149}, {'$unset': 's'}]}";
        server.fails(292, sort.formatted("false"));
        server.ok(sort.formatted("true"));
    }

    @Test
    void rule_120_getting_more_from_another_namespace_is_13() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 1}"), "cursor");
        long id = number(first, "id");
        server.fails(13, "{'getMore': %d, 'collection': 'other'}".formatted(id));
        server.ok("{'getMore': %d, 'collection': 'films'}".formatted(id));
        server.fails(43, "{'getMore': 77, 'collection': 'films'}");
    }

    @Test
    void rule_120_a_cursor_that_is_killed_while_it_is_read_ends_its_reader_with_237() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 4_000; id++) {
            documents.add(Document.of("_id", Value.of(id)));
        }
        server.smilodon().database("cinema").collection("many").insertMany(documents, true);
        String slow =
                "{'find': 'many', 'batchSize': 0, 'filter': {'$expr': {'$lt': [{'$reduce': {'input':"
                        + " {'$range': [0, 100000]}, 'initialValue': 0, 'in': '$$this'}}, 0]}}}";
        long id = number(part(server.ok(slow), "cursor"), "id");
        long other = number(part(server.ok("{'find': 'films', 'batchSize': 1}"), "cursor"), "id");
        CompletableFuture<Document> reading =
                CompletableFuture.supplyAsync(
                        () -> server.run("{'getMore': %d, 'collection': 'many'}".formatted(id)));
        Await.until("it is read", () -> server.smilodon().cursors().openCount() == 1);

        assertEquals(
                "{'cursorsKilled':[%d,%d],'cursorsNotFound':[5],'cursorsAlive':[],'cursorsUnknown':[]}"
                        .formatted(id, other),
                server.text(
                        "{'killCursors': 'many', 'cursors': [%d, 5, %d]}".formatted(id, other)));

        CommandServer.assertCode(237, reading.join());
        server.fails(43, "{'getMore': %d, 'collection': 'many'}".formatted(id));
        server.fails(43, "{'getMore': %d, 'collection': 'films'}".formatted(other));
    }

    @Test
    void killed_cursors_are_gone() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 1}"), "cursor");
        long id = number(first, "id");
        assertEquals(
                "{'cursorsKilled':[%d],'cursorsNotFound':[5],'cursorsAlive':[],'cursorsUnknown':[]}"
                        .formatted(id),
                server.text("{'killCursors': 'films', 'cursors': [%d, 5]}".formatted(id)));
        server.fails(43, "{'getMore': %d, 'collection': 'films'}".formatted(id));
        server.fails(14, "{'killCursors': 'films', 'cursors': ['a']}");
    }

    @Test
    void count_counts() {
        assertEquals("{'n':3}", server.text("{'count': 'films', 'fields': {'a': 1}}"));
        server.fails(14, "{'count': 'films', 'fields': true}");
        assertEquals("{'n':3}", server.text("{'count': 'films'}"));
        assertEquals("{'n':2}", server.text("{'count': 'films', 'query': {'year': 1995}}"));
        assertEquals(
                "{'n':1}",
                server.text("{'count': 'films', 'skip': 1, 'limit': 1, 'hint': '_id_'}"));
        assertEquals("{'n':2}", server.text("{'count': 'films', 'limit': -2}"));
    }

    @Test
    void distinct_answers_with_values() {
        assertEquals("{'values':[1979,1995]}", server.text("{'distinct': 'films', 'key': 'year'}"));
        assertEquals(
                "{'values':['Alien']}",
                server.text("{'distinct': 'films', 'key': 'title', 'query': {'year': 1979}}"));
        server.fails(2, "{'distinct': 'films', 'key': ''}");
    }

    @Test
    void a_tailable_find_shows_no_record_ids() {
        server.ok("{'create': 'log', 'capped': true, 'size': 10000}");
        server.fails(115, "{'find': 'log', 'tailable': true, 'showRecordId': true}");
    }

    @Test
    void find_takes_variables() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'_id':2}],'id':0,'ns':'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'let': {'y': 1979}, 'filter': {'$expr': {'$eq':"
                                + " ['$year', '$$y']}}, 'projection': {'_id': 1}}"));
    }

    @Test
    void find_refuses_to_tail_an_ordinary_collection() {
        server.fails(2, "{'find': 'films', 'tailable': true}");
        server.ok("{'find': 'films', 'tailable': false, 'collation': {'locale': 'simple'}}");
    }

    private String ids(String options) {
        Document found = server.ok("{'find': 'films', 'projection': {'_id': 1}, " + options + "}");
        return Json.text(part(found, "cursor").get("firstBatch")).replaceAll("[^0-9,]", "");
    }

    @Test
    void min_and_max_take_a_part_of_an_index() {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1, 'title': -1}, 'name':"
                        + " 'yt'}]}");
        assertEquals("1,3", ids("'hint': 'yt', 'min': {'year': 1995, 'title': 'Heat'}"));
        assertEquals("3", ids("'hint': 'yt', 'min': {'year': 1995, 'title': 'H'}"));
        assertEquals("2,1", ids("'hint': 'yt', 'max': {'year': 1995, 'title': 'Casino'}"));
        assertEquals(
                "1",
                ids(
                        "'hint': {'year': 1, 'title': -1}, 'min': {'year': 1990, 'title': 'Z'},"
                                + " 'max': {'year': 1995, 'title': 'Casino'}, 'filter': {'_id':"
                                + " {'$lt': 3}}"));
        assertEquals("2,3", ids("'hint': '_id_', 'min': {'_id': 2}, 'max': {'_id': 4}"));
        assertEquals("3,2", ids("'hint': '_id_', 'min': {'_id': 2}, 'sort': {'_id': -1}"));
        assertEquals("2", ids("'hint': {'_id': 1}, 'min': {'_id': 2}, 'max': {'_id': 3}"));
    }

    @Test
    void min_and_max_need_an_index_that_goes_with_them() {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        server.fails(51173, "{'find': 'films', 'min': {'year': 1}}");
        server.fails(51173, "{'find': 'films', 'min': {'year': 1}, 'hint': {'$natural': 1}}");
        server.fails(51174, "{'find': 'films', 'min': {'title': 1}, 'hint': 'y'}");
        server.fails(51174, "{'find': 'films', 'max': {'year': 1, 'title': 1}, 'hint': 'y'}");
        server.fails(
                51175, "{'find': 'films', 'min': {'year': 2}, 'max': {'year': 2}, 'hint': 'y'}");
        server.fails(
                51176, "{'find': 'films', 'min': {'year': 2}, 'max': {'_id': 3}, 'hint': 'y'}");
        server.fails(2, "{'find': 'films', 'min': {'year': 2}, 'hint': 'nope'}");
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': []}");
        server.fails(168, "{'find': 'v', 'min': {'year': 2}, 'hint': 'y'}");
        assertEquals("", ids("'filter': {'year': 1}, 'min': {'year': 2}, 'hint': 'y'"));
    }

    @Test
    void a_range_of_keys_is_explained() {
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        Document told =
                server.ok("{'explain': {'find': 'films', 'min': {'year': 1990}, 'hint': 'y'}}");
        assertTrue(Json.text(told).contains("'year':['[1990,MaxKey]']"), () -> Json.text(told));
    }

    @Test
    void limits_are_read_without_what_is_behind_their_point() {
        String all = "'sort': {'_id': 1}, ";
        assertEquals("1", ids(all + "'limit': 1.5"));
        assertEquals("1,2,3", ids(all + "'skip': 0.5"));
        assertEquals("1,2,3", ids(all + "'limit': 0.9"));
        assertEquals("1", ids(all + "'limit': {'$numberDecimal': '1.9'}"));
        assertEquals("1", ids(all + "'batchSize': 1.9"));
        assertEquals("", ids(all + "'batchSize': 0.9"));
        server.fails(9, "{'count': 'films', 'limit': 1.5}");
        server.fails(9, "{'count': 'films', 'skip': 0.5}");
        server.fails(51024, "{'find': 'films', 'limit': -1.5}");
    }

    private String found(String options) {
        Document answer = server.ok("{'find': 'films', 'returnKey': true, " + options + "}");
        return Json.text(part(answer, "cursor").get("firstBatch"));
    }

    @Test
    void keys_are_returned_instead_of_documents() {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1, 'tags': -1}, 'name':"
                        + " 'yt'}]}");
        server.ok("{'insert': 'films', 'documents': [{'_id': 4, 'year': 1960, 'tags': [1, 7]}]}");
        assertEquals(
                "[{'year':1960,'tags':7},{'year':1979,'tags':null}]",
                found("'filter': {'year': {'$lt': 1980}}, 'hint': 'yt'"));
        assertEquals(
                "[{'year':1960,'tags':1}]",
                found("'filter': {'year': 1960, 'tags': {'$lt': 5}}, 'hint': 'yt'"));
        assertEquals(
                "[{'year':1979,'tags':null},{'year':1960,'tags':7}]",
                found(
                        "'filter': {'year': {'$lt': 1980}}, 'hint': 'yt', 'sort': {'_id': 1},"
                                + " 'projection': {'title': 1}"));
        assertEquals("[{'_id':2}]", found("'filter': {'_id': 2}"));
        assertEquals("[{},{},{},{}]", found("'filter': {}"));
        String ids = "[{'_id':1},{'_id':2},{'_id':3},{'_id':4}]";
        assertEquals(ids, found("'hint': {'_id': 1}"));
        assertEquals(ids, found("'hint': '_id_'"));
        assertEquals(ids, found("'sort': {'_id': 1}"));
        assertEquals("[{},{},{},{}]", found("'sort': {'_id': 1}, 'hint': {'$natural': 1}"));
        assertEquals("[{'_id':3},{'_id':4}]", found("'filter': {'_id': {'$gt': 2}}"));
        assertEquals("[{}]", found("'filter': {'title': 'Heat'}"));
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': []}");
        server.fails(168, "{'find': 'v', 'returnKey': true}");
    }

    private static Value id(int id) {
        return new BinaryValue((byte) 0, KeyCodec.encode(Value.of(id)));
    }

    private List<Document> numbered(String find) {
        Document cursor = part(server.ok("{'find': " + find + ", 'showRecordId': true}"), "cursor");
        return ((ArrayValue) cursor.get("firstBatch"))
                .elements().stream().map(Document.class::cast).toList();
    }

    @Test
    void record_ids_are_encoded_ids() {
        List<Document> whole = numbered("'films', 'sort': {'_id': 1}");
        assertEquals(id(1), whole.getFirst().get("$recordId"));
        assertEquals(List.of("_id", "year", "title", "$recordId"), names(whole.getFirst()));
        Document shown =
                numbered("'films', 'filter': {'_id': 2}, 'projection': {'year': 1, '_id': 0}")
                        .getFirst();
        assertEquals(Document.builder().put("year", 1979).put("$recordId", id(2)).build(), shown);
        Document key = numbered("'films', 'filter': {'_id': 2}, 'returnKey': true").getFirst();
        assertEquals(Document.builder().put("_id", 2).put("$recordId", id(2)).build(), key);
        Document meta =
                part(
                        server.ok(
                                "{'aggregate': 'films', 'cursor': {}, 'pipeline': ["
                                        + "{'$match': {'_id': 3}}, {'$project':"
                                        + " {'_id': 0, 'r': {'$meta': 'recordId'}}}]}"),
                        "cursor");
        assertEquals(Document.of("r", id(3)), ((ArrayValue) meta.get("firstBatch")).get(0));
        server.ok("{'create': 'v', 'viewOn': 'films', 'pipeline': []}");
        server.fails(168, "{'find': 'v', 'showRecordId': true}");
        assertEquals(List.of(), numbered("'nothing'"));
    }

    private static List<String> names(Document document) {
        List<String> names = new ArrayList<>();
        document.forEach(field -> names.add(field.name()));
        return names;
    }

    @Test
    void record_ids_of_a_capped_collection_are_the_order_of_insertion() {
        server.ok("{'create': 'log', 'capped': true, 'size': 10000}");
        server.ok("{'insert': 'log', 'documents': [{'_id': 9}, {'_id': 4}]}");
        server.ok("{'insert': 'log', 'documents': [{'_id': 7}]}");
        assertEquals(
                "[{'_id':9,'$recordId':0},{'_id':4,'$recordId':1},{'_id':7,'$recordId':2}]",
                Json.text(ArrayValue.of(List.copyOf(numbered("'log'")))));
        assertEquals(
                "[{'r':2}]",
                Json.text(
                        part(
                                        server.ok(
                                                "{'find': 'log', 'filter': {'_id': 7},"
                                                        + " 'projection': {'_id': 0,"
                                                        + " 'r': {'$meta': 'recordId'}}}"),
                                        "cursor")
                                .get("firstBatch")));
    }
}
