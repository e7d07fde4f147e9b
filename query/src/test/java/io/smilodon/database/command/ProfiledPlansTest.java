package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the profile tells of plans. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProfiledPlansTest {

    private static final int COUNT = 250;

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            documents
                    .append(i == 0 ? "" : ",")
                    .append("{'_id': %d, 'a': %d, 'b': 1, 'c': %d}".formatted(i, i, i));
        }
        server.ok("{'insert': 'x', 'documents': [" + documents + "]}");
        server.ok("{'createIndexes': 'x', 'indexes': [{'key': {'a': 1}, 'name': 'a_1'}]}");
        server.ok(
                "{'createIndexes': 'x', 'indexes': [{'key': {'c': 1}, 'name': 'c_1', 'unique':"
                        + " true}]}");
        server.ok("{'profile': 2}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The newest entry of the profile, which is of the request before. */
    private Document entry() {
        Document cursor =
                part(
                        server.ok(
                                "{'find': 'system.profile', 'sort': {'$natural': -1}, 'limit': 1}"),
                        "cursor");
        List<?> found = ((ArrayValue) cursor.get("firstBatch")).elements();
        return (Document) found.getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'find': 'x', 'filter': {'_id': 7}} | IDHACK | 1 1 1",
                "{'find': 'x', 'filter': {'_id': -7}} | IDHACK | 1 0 0",
                "{'find': 'x', 'filter': {'b': 2}} | COLLSCAN | 0 250 0",
                "{'find': 'x', 'filter': {'c': 7}} | EXPRESS_IXSCAN c_1 | 1 1 1",
                "{'find': 'x', 'filter': {'c': -7}} | EXPRESS_IXSCAN c_1 | 0 0 0",
                "{'find': 'x', 'filter': {'c': 7, 'b': 2}} | EXPRESS_IXSCAN c_1 | 1 1 0",
                "{'find': 'x', 'filter': {'a': {'$lt': 10}}, 'limit': 5} | IXSCAN a_1 | 5 5 5",
                "{'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$match': {'a': 3}}, {'$group':"
                        + " {'_id': '$b'}}]} | IXSCAN a_1 | 1 1 1",
                "{'count': 'x', 'query': {'b': 1}} | COLLSCAN | 0 250 -1",
                "{'distinct': 'x', 'key': 'b', 'query': {'b': 1}} | COLLSCAN | 0 250 -1",
                "{'update': 'x', 'updates': [{'q': {'_id': 1}, 'u': {'$set': {'d': 1}}}]} | IDHACK"
                        + " | 1 1 -1",
                "{'update': 'x', 'updates': [{'q': {'a': 1}, 'u': {'$set': {'d': 1}}}]} | IXSCAN a_1"
                        + " | 1 1 -1",
                "{'delete': 'x', 'deletes': [{'q': {'a': {'$gte': 240}}, 'limit': 0}]} | IXSCAN a_1"
                        + " | 10 10 -1"
            })
    void an_entry_tells_what_the_plan_has_read(String command, String plan, String counts) {
        server.ok(command);
        Document entry = entry();
        assertEquals("'" + plan.replace(" ", "") + "'", Json.text(entry.get("planSummary")));
        String found =
                Stream.of("keysExamined", "docsExamined", "nreturned")
                        .map(name -> String.valueOf(number(entry, name)))
                        .collect(Collectors.joining(" "));
        assertEquals(counts, found, () -> Json.text(entry));
    }

    @Test
    void each_batch_counts_what_was_read_for_it() {
        long id =
                number(
                        part(
                                server.ok("{'find': 'x', 'filter': {'b': 1}, 'batchSize': 100}"),
                                "cursor"),
                        "id");
        Document first = entry();
        server.ok("{'getMore': %d, 'collection': 'x', 'batchSize': 50}".formatted(id));
        Document second = entry();
        server.ok("{'getMore': %d, 'collection': 'x'}".formatted(id));
        Document third = entry();
        assertEquals("'cinema.x'", Json.text(second.get("ns")));
        assertEquals(100, number(first, "nreturned"));
        assertEquals(50, number(second, "nreturned"));
        assertEquals(100, number(third, "nreturned"));
        assertEquals("'COLLSCAN'", Json.text(second.get("planSummary")));
        assertEquals(50, number(second, "docsExamined"));
        assertEquals(
                COUNT,
                number(first, "docsExamined")
                        + number(second, "docsExamined")
                        + number(third, "docsExamined"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | {'find': 'x', 'sort': {'b': 1}}",
                "false | {'find': 'x', 'sort': {'a': 1}}",
                "true | {'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$sort': {'b': 1}}]}",
                "true | {'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$group': {'_id': '$b'}},"
                        + " {'$sort': {'_id': 1}}]}",
                "false | {'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$sort': {'a': 1}}]}"
            })
    void an_entry_tells_whether_there_was_something_to_sort(boolean isSorted, String command) {
        server.ok(command);
        assertEquals(isSorted, entry().has("hasSortStage"), () -> Json.text(entry()));
    }

    @Test
    void joins_count_what_they_read() {
        server.ok(
                "{'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$match': {'_id': {'$in': [1, 2]}}},"
                        + " {'$lookup': {'from': 'x', 'localField': 'a', 'foreignField': 'a',"
                        + " 'as': 'y'}}]}");
        Document entry = entry();
        assertEquals(4, number(entry, "docsExamined"), () -> Json.text(entry));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$project': {'_id': 0, 'a': 1}} | 2",
                "{'$group': {'_id': '$a', 'n': {'$sum': '$a'}}} | 2",
                "{'$count': 'n'} | 2",
                "{'$project': {'_id': 0, 'a': 1, 'b': 1}} | 4",
                "{'$match': {'$expr': {'$gt': ['$b', 0]}}}, {'$count': 'n'} | 4"
            })
    void joins_read_no_documents_where_an_index_has_all_that_they_look_at(
            String stages, long documents) {
        server.ok(
                "{'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$match': {'_id': {'$in': [1, 2]}}},"
                        + " {'$lookup': {'from': 'x', 'localField': 'a', 'foreignField': 'a',"
                        + " 'pipeline': [%s], 'as': 'y'}}]}".formatted(stages));
        Document entry = entry();
        assertEquals(documents, number(entry, "docsExamined"), () -> Json.text(entry));
    }

    @Test
    void a_find_like_the_filter_of_a_pipeline_before_it_has_a_shape_of_its_own() {
        server.ok(
                "{'aggregate': 'x', 'cursor': {}, 'pipeline': [{'$match': {'c': 7}},"
                        + " {'$project': {'_id': 0, 'a': 1}}]}");
        server.ok("{'find': 'x', 'filter': {'c': 8}}");
        Document found = entry();
        server.ok("{'find': 'x', 'filter': {'c': 8}, 'hint': 'c_1'}");
        assertEquals(entry().get("planCacheShapeHash"), found.get("planCacheShapeHash"));
    }

    @Test
    void queries_of_one_shape_have_one_hash() {
        server.ok("{'find': 'x', 'filter': {'a': 1}}");
        Document one = entry();
        server.ok("{'find': 'x', 'filter': {'a': 2}}");
        Document like = entry();
        server.ok("{'find': 'x', 'filter': {'b': 2}}");
        Document other = entry();
        assertEquals(one.get("planCacheShapeHash"), like.get("planCacheShapeHash"));
        assertEquals(one.get("queryHash"), one.get("planCacheShapeHash"));
        assertFalse(one.get("queryHash").equals(other.get("queryHash")));
        server.ok("{'ping': 1}");
        assertFalse(entry().has("planSummary"));
    }
}
