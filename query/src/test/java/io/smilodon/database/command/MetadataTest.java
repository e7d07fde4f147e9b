package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code $meta} tells of documents: by what they were sorted, and how they were found. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetadataTest {

    private static final String BY_YEAR = "{'$sort': {'year': -1, 'title': 1}}, ";
    private static final String KEY = "{'$meta': 'sortKey'}";

    private final CommandServer server = new CommandServer(DatabaseOptions.DEFAULTS);

    @BeforeEach
    void fill() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String batch(Document answer) {
        return Json.text(part(answer, "cursor").get("firstBatch"));
    }

    /** The expected text is written with spaces, for readers. */
    private static void assertShows(String expected, String actual) {
        assertEquals(expected.replace(", ", ",").replace(": ", ":"), actual);
    }

    private String find(String options) {
        return batch(server.ok("{'find': 'films', %s}".formatted(options)));
    }

    private String films(String stages) {
        return batch(
                server.ok(
                        "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}"
                                .formatted(stages)));
    }

    private void index(String key) {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': %s, 'name': 'one'}]}"
                        .formatted(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'other': 1}", "{'year': 1, 'title': -1}"})
    void a_find_tells_the_sort_key_whether_an_index_sorts_or_not(String index) {
        index(index);
        assertShows(
                "[{'_id': 3, 'k': [1995, 'Casino']}, {'_id': 1, 'k': [1995, 'Heat']}]",
                find(
                        "'sort': {'year': -1, 'title': 1}, 'limit': 2, 'projection': {'_id': 1,"
                                + " 'k': {'$meta': 'sortKey'}}"));
        assertShows(
                "[{'_id': 3, 'k': [1995, 'Casino']}, {'_id': 1, 'k': [1995, 'Heat']}]",
                films(BY_YEAR + "{'$limit': 2}, {'$project': {'k': " + KEY + "}}"));
    }

    @Test
    void alone_it_leaves_the_other_fields_in_a_find() {
        assertShows(
                "[{'_id': 2, 'year': 1979, 'title': 'Alien', 'k': [1979]}]",
                find("'sort': {'year': 1}, 'limit': 1, 'projection': {'k': " + KEY + "}"));
        assertShows(
                "[{'_id': 2, 'title': 'Alien', 'k': [1979]}]",
                find(
                        "'sort': {'year': 1}, 'limit': 1, 'projection': {'year': 0, 'k': "
                                + KEY
                                + "}"));
        assertShows(
                "[{'k': 1979}]",
                find(
                        "'sort': {'year': 1}, 'limit': 1, 'projection': {'_id': 0, 'k':"
                                + " {'$arrayElemAt': ["
                                + KEY
                                + ", 0]}}"));
    }

    @Test
    void arrays_and_absent_fields_have_the_key_that_sorts_them() {
        server.ok(
                "{'insert': 'odd', 'documents': [{'_id': 1, 'a': [5, 2, 9]}, {'_id': 2}, {'_id': 3,"
                        + " 'a': []}]}");
        Document answer =
                server.ok(
                        "{'find': 'odd', 'sort': {'a': -1}, 'projection': {'a': 0, 'k': "
                                + KEY
                                + "}}");
        assertShows(
                "[{'_id': 1, 'k': [9]}, {'_id': 2, 'k': [null]}, {'_id': 3, 'k': [{'$undefined':"
                        + " true}]}]",
                batch(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$addFields': {'x': 1}}, {'$unset': 'x'}",
                "{'$project': {'nothing': 1}}",
                "{'$replaceWith': {'_id': '$_id'}}",
                "{'$set': {'a': [1]}}, {'$unwind': '$a'}",
                "{'$unwind': {'path': '$zzz', 'preserveNullAndEmptyArrays': true}}",
                "{'$lookup': {'from': 'films', 'localField': '_id', 'foreignField': '_id', 'as':"
                        + " 'same'}}",
                "{'$lookup': {'from': 'films', 'localField': '_id', 'foreignField': '_id', 'as':"
                        + " 'same'}}, {'$unwind': '$same'}",
                "{'$graphLookup': {'from': 'films', 'startWith': '$_id', 'connectFromField':"
                        + " '_id', 'connectToField': '_id', 'as': 'same'}}",
                "{'$redact': '$$DESCEND'}",
                "{'$match': {'_id': {'$gt': 0}}}, {'$skip': 0}",
                "{'$match': {'$expr': {'$ne': [1, 2]}}}",
            })
    void stages_of_single_documents_hand_it_on(String stages) {
        String keys = ", {'$limit': 1}, {'$project': {'_id': 1, 'k': " + KEY + "}}";
        assertShows("[{'_id': 3, 'k': [1995, 'Casino']}]", films(BY_YEAR + stages + keys));
    }

    @Test
    void the_last_sort_decides_and_a_group_forgets() {
        String limited = "{'$limit': 3}, {'$sort': {'_id': -1}}, {'$limit': 1}, ";
        assertShows(
                "[{'_id': 3, 'k': [3]}]",
                films(BY_YEAR + limited + "{'$project': {'k': " + KEY + "}}"));
        assertShows(
                "[{'_id': 1}]",
                films(BY_YEAR + "{'$group': {'_id': 1}}, {'$set': {'k': " + KEY + "}}"));
        assertShows(
                "[{'_id': 1, 'k': [[1995], [1995], [1979]]}]",
                films(
                        "{'$sort': {'year': -1}}, {'$group': {'_id': 1, 'k': {'$push': "
                                + KEY
                                + "}}}"));
    }

    @Test
    void a_pipeline_without_a_sort_has_none_and_a_find_is_refused() {
        assertShows("[{'_id': 1}]", films("{'$limit': 1}, {'$project': {'k': " + KEY + "}}"));
        server.fails(2, "{'find': 'films', 'projection': {'k': " + KEY + "}}");
    }

    @Test
    void pipelines_inside_of_others_have_their_own() {
        String inner = "[{'$sort': {'year': 1}}, {'$limit': 1}, {'$project': {'k': " + KEY + "}}]";
        assertShows(
                "[{'a': [{'_id': 2, 'k': [1979]}]}]", films("{'$facet': {'a': " + inner + "}}"));
        assertShows(
                "[{'_id': 1, 'a': [{'_id': 2, 'k': [1979]}]}]",
                films(
                        "{'$limit': 1}, {'$project': {'_id': 1}}, {'$lookup': {'from': 'films',"
                                + " 'pipeline': "
                                + inner
                                + ", 'as': 'a'}}"));
        server.ok("{'create': 'view', 'viewOn': 'films', 'pipeline': " + inner + "}");
        assertShows("[{'_id': 2, 'k': [1979]}]", batch(server.ok("{'find': 'view'}")));
        assertShows(
                "[{'_id': 2, 'k': [2]}]",
                batch(
                        server.ok(
                                "{'find': 'view', 'sort': {'_id': 1}, 'projection': {'k': "
                                        + KEY
                                        + "}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'year': 1979} | {'_id': 2, 'k': {'year': 1979, 'title': 'Alien'}}",
                "{'_id': 2} | {'_id': 2, 'k': {'_id': 2}}",
                "{'title': 'Alien'} | {'_id': 2}",
            })
    void the_index_key_is_that_which_led_to_the_document(String filter, String expected) {
        index("{'year': 1, 'title': 1}");
        String key = "{'k': {'$meta': 'indexKey'}, '_id': 1}";
        assertShows("[" + expected + "]", find("'filter': " + filter + ", 'projection': " + key));
        assertShows(
                "[" + expected + "]",
                films("{'$match': " + filter + "}, {'$project': " + key + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"geoNearDistance", "geoNearPoint"})
    void what_is_known_of_places_needs_a_search_for_places(String kind) {
        String asked = "{'k': {'$meta': '" + kind + "'}}";
        server.fails(40218, "{'find': 'films', 'projection': " + asked + "}");
        server.fails(
                40218,
                "{'find': 'films', 'filter': {'$nor': [{'year': 1}]}, 'projection': "
                        + asked
                        + "}");
        server.fails(
                40218,
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$project': " + asked + "}]}");
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'p': '2d'}, 'name': 'p'}]}");
        server.ok(
                "{'find': 'films', 'filter': {'p': {'$near': [1, 2]}}, 'projection': "
                        + asked
                        + "}");
        server.ok(
                "{'aggregate': 'films', 'cursor': {}, 'pipeline': [{'$geoNear': {'near': [1, 2],"
                        + " 'distanceField': 'd'}}, {'$project': "
                        + asked
                        + "}]}");
    }
}
