package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
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

/** What the server tells of the queries that there have been: {@code $queryStats}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueryStatisticsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.insertFilms();
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

    private List<Document> ofServer(String stage) {
        return batch(
                server.adminOk(
                        "{'aggregate': 1, 'cursor': {}, 'pipeline': [%s]}".formatted(stage)));
    }

    @Test
    void query_statistics_tell_each_shape_without_its_values() {
        for (int year = 1990; year < 1993; year++) {
            server.ok(
                    ("{'find': 'films', 'filter': {'year': {'$gte': %d}, 'a.b': 'x', '$or':"
                                    + " [{'c': {'$in': [1, 2]}}, {'d': {'$not': {'$lt': 5}}}]},"
                                    + " 'sort': {'year': -1}, 'projection': {'title': 1, 'x':"
                                    + " {'$add': ['$year', 1]}}, 'limit': 2}")
                            .formatted(year));
        }
        List<Document> told = ofServer("{'$queryStats': {}}");
        assertEquals(1, told.size());
        assertEquals(
                "{'cmdNs':{'db':'cinema','coll':'films'},'command':'find','filter':"
                        + "{'$and':[{'year':{'$gte':'?number'}},{'a.b':{'$eq':'?string'}},"
                        + "{'$or':[{'c':{'$in':'?array<?number>'}},"
                        + "{'d':{'$not':{'$lt':'?number'}}}]}]},'sort':{'year':-1},'projection':"
                        + "{'title':1,'x':{'$add':['$year','?number']}},'limit':'?number'}",
                Json.text(part(part(told.getFirst(), "key"), "queryShape")));
        assertEquals(3, number(part(told.getFirst(), "metrics"), "execCount"));
        assertTrue(told.getFirst().get("asOf") instanceof TimestampValue);
    }

    @Test
    void query_statistics_hide_names_where_that_is_asked() {
        server.ok("{'find': 'films', 'filter': {'a.b': 1, '$expr': {'$eq': ['$c', 2]}}}");
        String key = "{'$binary': {'base64': '%s', 'subType': '08'}}".formatted("A".repeat(44));
        String shape =
                Json.text(
                        ofServer(
                                        "{'$queryStats': {'transformIdentifiers': {'algorithm':"
                                                + " 'hmac-sha-256', 'hmacKey': "
                                                + key
                                                + "}}}")
                                .getFirst()
                                .get("key"));
        for (String name : List.of("films", "cinema", "'a", "$c")) {
            assertFalse(shape.contains(name), shape);
        }
        assertTrue(shape.contains("$expr"), shape);
    }

    @Test
    void there_are_no_query_settings() {
        assertEquals(List.of(), ofServer("{'$querySettings': {'showDebugQueryShape': true}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9     | {'$queryStats': 1}",
                "40415 | {'$queryStats': {'x': 1}}",
                "9     | {'$queryStats': {'transformIdentifiers': 1}}",
                "40414 | {'$queryStats': {'transformIdentifiers': {}}}",
                "2     | {'$queryStats': {'transformIdentifiers': {'algorithm': 'x'}}}",
                "9     | {'$queryStats': {'transformIdentifiers': {'algorithm': 'hmac-sha-256'}}}",
                "9     | {'$querySettings': 1}",
                "40415 | {'$querySettings': {'x': 1}}",
                "14    | {'$querySettings': {'showDebugQueryShape': 1}}",
            })
    void options_of_reports_on_queries_are_checked(int code, String stage) {
        server.adminFails(
                code, "{'aggregate': 1, 'cursor': {}, 'pipeline': [%s]}".formatted(stage));
    }

    @ParameterizedTest
    @CsvSource({"$queryStats", "$querySettings"})
    void reports_on_queries_are_of_the_server(String stage) {
        String pipeline = "'pipeline': [{'%s': {}}], 'cursor': {}}".formatted(stage);
        server.fails(73, "{'aggregate': 1, " + pipeline);
        server.adminFails(73, "{'aggregate': 'films', " + pipeline);
    }
}
