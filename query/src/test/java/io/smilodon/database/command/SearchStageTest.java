package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $search} and {@code $searchMeta} in pipelines: what comes with the results, and where. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchStageTest {

    private static final String SEA = "{'$search': {'text': {'query': 'sea', 'path': 'title'}}}";

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void assertShows(String expected, String actual) {
        assertEquals(expected.replace(", ", ",").replace(": ", ":"), actual);
    }

    @Test
    void scores_go_with_the_documents() {
        String stages =
                "{'$search': {'exists': {'path': 'lent', 'score': {'constant': {'value': 2.5}}}}},"
                        + "{'$match': {'year': {'$gt': 1900}}}, {'$limit': 1}, {'$project':"
                        + " {'s': {'$meta': 'searchScore'}, 't': {'$meta': 'score'}}}";
        assertShows("[{'_id': 1, 's': 2.5, 't': 2.5}]", server.text(stages));
    }

    /** MongoDB's documentation shows these documents, this search, and its scores. */
    @Test
    void scores_are_those_of_mongodb() {
        server.commands()
                .ok(
                        "{'insert': 'fruit', 'documents': [{'_id': 1, 'description': 'Apples come"
                                + " in several varieties, including Fuji, Granny Smith, and"
                                + " Honeycrisp.'}, {'_id': 2, 'description': 'Bananas are usually"
                                + " sold in bunches of five or six.'}, {'_id': 3, 'description':"
                                + " 'Bosc and Bartlett are the most common varieties of"
                                + " pears.'}]}");
        server.commands()
                .ok(
                        "{'createSearchIndexes': 'fruit', 'indexes': [{'definition': {'mappings':"
                                + " {'dynamic': true}}}]}");
        String stages =
                "{'$search': {'compound': {'must': [{'text': {'query': 'varieties', 'path':"
                        + " 'description'}}], 'should': [{'text': {'query': 'Fuji', 'path':"
                        + " 'description'}}]}}}, {'$project': {'s': {'$meta': 'searchScore'}}}";
        Document answer =
                server.commands()
                        .ok(
                                "{'aggregate': 'fruit', 'cursor': {}, 'pipeline': [%s]}"
                                        .formatted(stages));
        assertShows(
                "[{'_id': 1, 's': 0.6425117254257202}, {'_id': 3, 's': 0.21649497747421265}]",
                Json.text(CommandServer.part(answer, "cursor").get("firstBatch")));
    }

    @Test
    void near_results_score_by_their_distance() {
        String stages =
                "{'$search': {'near': {'path': 'year', 'origin': 1870, 'pivot': 2}}},"
                        + "{'$limit': 2}, {'$project': {'s': {'$meta': 'searchScore'}}}";
        assertShows("[{'_id': 3, 's': 1.0}, {'_id': 4, 's': 0.5}]", server.text(stages));
    }

    @Test
    void details_of_scores_come_where_they_are_asked_for() {
        String show =
                "{'$limit': 1}, {'$project': {'d': {'$meta': 'searchScoreDetails'}, 's': {'$meta':"
                        + " 'searchScore'}}}";
        List<Document> found =
                server.run(
                        "{'$search': {'text': {'query': 'sea', 'path': 'title'}, 'scoreDetails':"
                                + " true}}, "
                                + show);
        Document details = CommandServer.part(found.get(0), "d");
        assertEquals(found.get(0).get("s"), details.get("value"));
        assertTrue(details.has("description"), () -> Json.text(details));
        assertEquals(
                List.of(found.get(0).without("d")), server.run(SEA + ", " + show), "without them");
    }

    @Test
    void highlights_show_where_the_words_stand() {
        String stages =
                "{'$search': {'text': {'query': 'walks', 'path': 'text'}, 'highlight': {'path':"
                        + " 'text'}}}, {'$project': {'_id': 0, 'h': {'$map': {'input':"
                        + " {'$meta': 'searchHighlights'}, 'in': '$$this.texts'}}}}";
        assertShows(
                ("[{'h': [[{'value': 'People ', 'type': 'text'}, {'value': 'walk', 'type':"
                                + " 'hit'}, {'value': '. ', 'type': 'text'}],"
                                + " [{'value': 'They ', 'type': 'text'}, {'value': 'walked',"
                                + " 'type': 'hit'}, {'value': ' there.', 'type': 'text'}]]}]")
                        .replace("People ", "People")
                        .replace("'. '", "'.'")
                        .replace("They ", "They")
                        .replace(" there", "there"),
                server.text(stages));
    }

    @Test
    void highlights_are_of_the_paths_that_are_asked_for_and_of_no_more_passages() {
        String stages =
                "{'$search': {'text': {'query': 'walks sea', 'path': {'wildcard': '*'}},"
                        + " 'highlight': {'path': ['text', 'title'], 'maxNumPassages': 1}}},"
                        + " {'$sort': {'_id': -1}}, {'$limit': 1},"
                        + " {'$project': {'_id': 0, 'h': {'$map': {'input': {'$meta':"
                        + " 'searchHighlights'}, 'in': '$$this.path'}}}}";
        assertShows("[{'h': ['text']}]", server.text(stages));
    }

    @Test
    void pages_follow_each_other_and_lead_back() {
        String token = ", {'$project': {'t': {'$meta': 'searchSequenceToken'}}}";
        List<Document> all = server.run(SEA + token);
        assertEquals("2 1 3", SearchServer.ids(all));
        for (int i = 0; i < 3; i++) {
            String place = Json.text(all.get(i).get("t"));
            String search = "{'text': {'query': 'sea', 'path': 'title'}, '%s': %s}";
            assertEquals(
                    SearchServer.ids(all.subList(i + 1, 3)),
                    server.found(search.formatted("searchAfter", place)));
            assertEquals(
                    SearchServer.ids(all.subList(0, i).reversed()),
                    server.found(search.formatted("searchBefore", place)));
        }
    }

    @Test
    void pages_of_a_sort_follow_each_other() {
        String search = "{'exists': {'path': 'title'}, 'sort': {'in': -1, '_id': 1}%s}";
        String stages = "{'$search': " + search.formatted("") + "}";
        List<Document> all =
                server.run(stages + ", {'$set': {'t': {'$meta': 'searchSequenceToken'}}}");
        assertEquals("3 2 1 4 5", SearchServer.ids(all));
        for (int i = 0; i < 5; i++) {
            String place = Json.text(all.get(i).get("t"));
            assertEquals(
                    SearchServer.ids(all.subList(i + 1, 5)),
                    server.found(search.formatted(", 'searchAfter': " + place)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {} | {'count': {'lowerBound': 3}}
            {'count': {'type': 'total'}} | {'count': {'total': 3}}
            {'count': {'threshold': 1}} | {'count': {'lowerBound': 3}}
            {'count': {'type': 'lowerBound', 'threshold': 2}} | {'count': {'lowerBound': 3}}
            {'count': {'type': 'total', 'threshold': 1}} | {'count': {'total': 3}}
            """)
    void counts(String options, String meta) {
        String stages =
                "{'$searchMeta': {'text': {'query': 'sea', 'path': 'title'}, %s}}"
                        .formatted(options.substring(1, options.length() - 1))
                        .replace(", }}", "}}");
        assertShows("[" + meta + "]", server.text(stages));
    }

    @Test
    void facets_count_values_and_what_lies_between_boundaries() {
        String facets =
                "{'tags': {'type': 'string', 'path': 'tags', 'numBuckets': 2},"
                        + " 'years': {'type': 'number', 'path': 'year', 'boundaries': [1800,"
                        + " 1900, 1960], 'default': 'other'},"
                        + " 'in': {'type': 'date', 'path': 'in', 'boundaries': [{'$date':"
                        + " '2001-01-01T00:00:00Z'}, {'$date': '2002-06-01T00:00:00Z'}]}}";
        String search =
                "{'facet': {'operator': {'exists': {'path': 'title'}}, 'facets': %s}}"
                        .formatted(facets);
        assertShows(
                "[{'count': {'lowerBound': 5}, 'facet': {'tags': {'buckets': [{'_id': 'sea',"
                        + " 'count': 3}, {'_id': 'travel', 'count': 2}]}, 'years': {'buckets':"
                        + " [{'_id': 1800, 'count': 3}, {'_id': 1900, 'count': 1}, {'_id':"
                        + " 'other', 'count': 1}]}, 'in': {'buckets': [{'_id': {'$date':"
                        + " '2001-01-01T00:00:00Z'}, 'count': 2}]}}}]",
                server.text("{'$searchMeta': " + search + "}"));
        assertShows(
                "[{'n': 5}]",
                server.text(
                        "{'$search': "
                                + search
                                + "}, {'$limit': 1}, {'$project': {'_id': 0, 'n':"
                                + " '$$SEARCH_META.count.lowerBound'}}"));
    }

    @Test
    void results_and_what_is_known_of_them_come_in_one_answer() {
        String stages =
                SEA
                        + ", {'$facet': {'ids': [{'$project': {'_id': 1}}, {'$limit': 1}],"
                        + " 'meta': [{'$limit': 1}, {'$replaceWith': '$$SEARCH_META'}]}}";
        assertShows(
                "[{'ids': [{'_id': 2}], 'meta': [{'count': {'lowerBound': 3}}]}]",
                server.text(stages));
    }

    @Test
    void other_collections_are_searched_in_lookups_and_unions() {
        server.commands().ok("{'insert': 'words', 'documents': [{'_id': 'w', 'id': 1}]}");
        String union =
                "{'$match': {'_id': 5}}, {'$unionWith': {'coll': 'books', 'pipeline': [%s]}}";
        assertEquals("5 2 1 3", SearchServer.ids(server.run(union.formatted(SEA))));
        Document answer =
                server.commands()
                        .ok(
                                "{'aggregate': 'words', 'cursor': {}, 'pipeline': [{'$lookup':"
                                        + " {'from': 'books', 'localField': 'id', 'foreignField':"
                                        + " '_id', 'as': 'b', 'pipeline': ["
                                        + SEA
                                        + "]}}, {'$project': {'_id': 0, 'b': '$b._id'}}]}");
        Value batch = CommandServer.part(answer, "cursor").get("firstBatch");
        assertShows("[{'b': [1]}]", Json.text(batch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            40602 | {'$limit': 1}, {'$search': {'exists': {'path': 'a'}}}
            40602 | {'$limit': 1}, {'$searchMeta': {'exists': {'path': 'a'}}}
            40600 | {'$facet': {'a': [{'$search': {'exists': {'path': 'a'}}}]}}
            8     | {'$search': {}}
            17308 | {'$project': {'a': {'$meta': '$$SEARCH_META'}}}
            40415 | {'$listSearchIndexes': {'a': 1}}
            """)
    void stages_are_refused(int code, String stages) {
        server.commands().fails(code, server.pipeline(stages));
    }

    @Test
    void views_have_no_search_indexes() {
        server.commands().ok("{'create': 'seen', 'viewOn': 'books', 'pipeline': []}");
        server.commands()
                .fails(166, "{'aggregate': 'seen', 'cursor': {}, 'pipeline': [%s]}".formatted(SEA));
    }

    @Test
    void collections_that_do_not_exist_have_no_results() {
        Document answer =
                server.commands()
                        .ok("{'aggregate': 'no', 'cursor': {}, 'pipeline': [%s]}".formatted(SEA));
        assertShows("[]", Json.text(CommandServer.part(answer, "cursor").get("firstBatch")));
    }

    @Test
    void what_a_search_finds_can_be_asked_for_its_place() {
        try (SearchServer mills = new SearchServer()) {
            mills.insert(
                    "{'_id': 11, 'title': 'old mill', 'year': 1900, 'shop': [12.5, 41.9]}",
                    "{'_id': 12, 'title': 'mill', 'year': 1700, 'shop': [12.5, 41.9]}",
                    "{'_id': 13, 'title': 'new mill', 'year': 1950, 'shop': [9.2, 45.5]}");
            String search =
                    "{'$search': {'compound': {'must': [{'text': {'query': 'mill', 'path':"
                            + " 'title'}}], 'filter': [{'range': {'path': 'year', 'gte':"
                            + " 1800}}]}}}";
            String within =
                    "{'$match': {'shop': {'$geoWithin': {'$centerSphere': [[12.4, 41.8],"
                            + " 0.01]}}}}";
            assertEquals("11", SearchServer.ids(mills.run(search + "," + within)));
        }
    }
}
