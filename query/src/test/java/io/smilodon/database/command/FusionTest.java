package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $rankFusion} and {@code $scoreFusion}: one order of the results of several pipelines. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FusionTest {

    private static final String OLD = "'old': [{'$sort': {'year': 1}}, {'$limit': 3}]";
    private static final String SEA =
            "'sea': [{'$search': {'text': {'query': 'sea', 'path': 'title'}}}]";
    private static final String NEAR =
            "'near': [{'$search': {'near': {'path': 'year', 'origin': 1870, 'pivot': 2}}},"
                    + " {'$limit': 2}]";
    private static final String ALL =
            "'all': [{'$search': {'exists': {'path': 'title', 'score': {'constant': {'value':"
                    + " 4}}}}}]";

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
        server.commands()
                .ok(
                        "{'createIndexes': 'books', 'indexes': [{'key': {'title': 'text'}, 'name':"
                                + " 'words'}, {'key': {'place': '2dsphere'}, 'name': 'place'}]}");
        server.commands()
                .ok(
                        "{'update': 'books', 'updates': [{'q': {}, 'u': [{'$set': {'place': ['$_id',"
                                + " 0]}}], 'multi': true}]}");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String ranked(String pipelines, String more) {
        return "{'$rankFusion': {'input': {'pipelines': {%s}}%s}}".formatted(pipelines, more);
    }

    private static String scored(String pipelines, String normalization, String more) {
        return "{'$scoreFusion': {'input': {'pipelines': {%s}, 'normalization': '%s'}%s}}"
                .formatted(pipelines, normalization, more);
    }

    private static String ids(String stages) {
        return SearchServer.ids(server.run(stages));
    }

    private static void assertScores(List<Double> expected, String stages) {
        List<Document> found =
                server.run(stages + ", {'$project': {'_id': 0, 's': {'$meta': 'score'}}}");
        List<Double> actual =
                found.stream().map(one -> ((DoubleValue) one.get("s")).value()).toList();
        assertEquals(expected, actual);
    }

    @Test
    void ranks_add_up_and_ties_go_by_the_id() {
        String both = ranked(OLD + "," + SEA, "");
        assertEquals("3 2 5 1 4", ids(both));
        assertScores(List.of(1.0 / 62 + 1.0 / 62, 1.0 / 61, 1.0 / 61, 1.0 / 62, 1.0 / 63), both);
    }

    @Test
    void weights_decide_how_much_a_pipeline_counts() {
        String weights = ", 'combination': {'weights': {'sea': %s}}";
        assertEquals("5 3 4 1 2", ids(ranked(OLD + "," + SEA, weights.formatted("0"))));
        assertEquals("3 2 1 5 4", ids(ranked(OLD + "," + SEA, weights.formatted("2"))));
    }

    @Test
    void documents_that_tie_in_a_pipeline_share_its_rank() {
        String lent = ranked("'lent': [{'$sort': {'lent': 1}}]", "");
        assertEquals("3 4 5 2 1", ids(lent));
        assertScores(List.of(1.0 / 61, 1.0 / 61, 1.0 / 61, 1.0 / 64, 1.0 / 65), lent);
        assertScores(
                List.of(1.0 / 61, 1.0 / 61),
                ranked("'same': [" + ALL.substring(8, ALL.length() - 1) + "]", "")
                        + ", {'$limit': 2}");
    }

    @Test
    void places_and_words_of_indexes_have_ranks_too() {
        String near =
                "'near': [{'$geoNear': {'near': {'type': 'Point', 'coordinates': [4.2, 0]}}},"
                        + " {'$limit': 2}]";
        String words =
                "'words': [{'$match': {'$text': {'$search': 'walking'}}}, {'$sort':"
                        + " {'score': {'$meta': 'textScore'}}}]";
        assertEquals("5 4", ids(ranked(near + "," + words, "")));
        assertEquals(
                "5",
                ids(scored("'w': [{'$match': {'$text': {'$search': 'walking'}}}]", "none", "")));
    }

    @Test
    void details_tell_the_rank_in_each_pipeline() {
        String stage =
                ranked(
                        NEAR + ", 'old': [{'$sort': {'year': 1}}, {'$limit': 2}]",
                        ", 'scoreDetails': true, 'combination': {'weights': {'old': 3}}");
        List<Document> found =
                server.run(stage + ", {'$project': {'d': {'$meta': 'scoreDetails'}}}");
        assertEquals("3 5 4", SearchServer.ids(found));
        Document details = CommandServer.part(found.get(0), "d");
        assertEquals(new DoubleValue(1.0 / 61 + 3 * (1.0 / 62)), details.get("value"));
        assertEquals(
                Json.text(
                        Json.doc(
                                "{'d': [{'inputPipelineName': 'near', 'rank': 1, 'weight': 1.0,"
                                        + " 'value': 1.0, 'details': []}, {'inputPipelineName':"
                                        + " 'old', 'rank': 2, 'weight': 3.0, 'details': []}]}")),
                Json.text(Document.of("d", details.get("details"))));
        Value absent = CommandServer.part(found.get(1), "d").get("details");
        assertEquals(
                Json.text(Json.doc("{'inputPipelineName': 'near', 'rank': 'NA', 'weight': 1.0}")),
                Json.text(((ArrayValue) absent).get(0)));
    }

    @Test
    void scores_are_averaged_as_they_are() {
        String both = scored(NEAR + "," + ALL, "none", "");
        assertEquals("3 4 1 2 5", ids(both));
        assertScores(List.of(2.5, 2.25, 2.0, 2.0, 2.0), both);
        String weighted = ", 'combination': {'method': 'avg', 'weights': {'near': 0.5}}";
        assertScores(List.of(0.5, 0.25), scored(NEAR, "none", weighted));
    }

    @Test
    void scores_are_made_comparable_first() {
        assertScores(
                List.of(0.5, 0.0, 0.0, 0.0, 0.0), scored(NEAR + "," + ALL, "minMaxScaler", ""));
        assertScores(
                List.of(1 / (1 + Math.exp(-1.0)), 1 / (1 + Math.exp(-0.5))),
                scored(NEAR, "sigmoid", ""));
    }

    @Test
    void an_expression_makes_one_score_of_them() {
        String both = NEAR + "," + ALL;
        String sum =
                ", 'combination': {'method': 'expression', 'expression': {'$add': ['$$near',"
                        + " {'$multiply': [10, '$$all']}, '$year']}}";
        assertScores(List.of(2018.0, 1992.0, 1912.5, 1911.0, 1901.5), scored(both, "none", sum));
        server.commands()
                .fails(14, server.pipeline(scored(both, "none", sum.replace("'$year'", "null"))));
    }

    @Test
    void details_tell_the_score_by_each_pipeline() {
        String stage = scored(NEAR, "sigmoid", ", 'scoreDetails': true");
        Document details =
                CommandServer.part(
                        server.run(stage + ", {'$project': {'d': {'$meta': 'scoreDetails'}}}")
                                .get(0),
                        "d");
        assertEquals(Value.of("sigmoid"), details.get("normalization"));
        assertEquals("{\"method\":\"average\"}", text(details.get("combination")));
        assertEquals(
                "[{\"inputPipelineName\":\"near\",\"inputPipelineRawScore\":1.0,\"weight\":1.0,"
                        + "\"value\":0.7310585786300049,\"details\":[]}]",
                text(details.get("details")));
    }

    private static String text(Value value) {
        return Json.text(value).replace('\'', '"');
    }

    @Test
    void other_collections_are_fused_in_unions() {
        String union =
                "{'$match': {'_id': 5}}, {'$unionWith': {'coll': 'books', 'pipeline': [%s]}}";
        assertEquals("5 3 2 5 1 4", ids(union.formatted(ranked(OLD + "," + SEA, ""))));
    }

    @Test
    void nothing_is_fused_of_a_collection_that_does_not_exist() {
        String stage = ranked(OLD + "," + SEA, "");
        Document answer =
                server.commands()
                        .ok("{'aggregate': 'no', 'cursor': {}, 'pipeline': [%s]}".formatted(stage));
        assertEquals("[]", Json.text(CommandServer.part(answer, "cursor").get("firstBatch")));
    }

    @Test
    void explain_shows_the_stage() {
        Document answer =
                server.commands().ok("{'explain': %s}".formatted(server.pipeline(ranked(OLD, ""))));
        Value first = ((ArrayValue) answer.get("stages")).get(0);
        assertEquals("$rankFusion", ((Document) first).iterator().next().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            9        | {'$rankFusion': 5}
            40414    | {'$rankFusion': {}}
            40415    | {'$rankFusion': {'input': {'pipelines': {}}, 'x': 1}}
            14       | {'$rankFusion': {'input': 5}}
            14       | {'$rankFusion': {'input': {'pipelines': []}}}
            2        | {'$rankFusion': {'input': {'pipelines': {}}}}
            14       | {'$rankFusion': {'input': {'pipelines': {'a': 5}}}}
            """)
    void stages_are_refused(int code, String stages) {
        server.commands().fails(code, server.pipeline(stages));
    }

    @Test
    void stages_stand_first_and_not_in_facets() {
        String stage = ranked(OLD, "");
        server.commands().fails(40602, server.pipeline("{'$limit': 1}, " + stage));
        server.commands().fails(40600, server.pipeline("{'$facet': {'f': [" + stage + "]}}"));
        server.commands().fails(16410, server.pipeline(ranked(OLD.replace("'old", "'$old"), "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            9834300  | $rankFusion  |
            9191100  | $rankFusion  | {'$match': {}}
            9191103  | $rankFusion  | {'$sort': {'a': 1}}, {'$unset': 'a'}
            9191103  | $rankFusion  | {'$geoNear': {'near': [1, 1], 'distanceField': 'd'}}
            10473002 | $rankFusion  | {'$rankFusion': {}}
            9402503  | $scoreFusion |
            9402500  | $scoreFusion | {'$sort': {'a': 1}}
            9402502  | $scoreFusion | {'$search': {'exists': {'path': 'a'}}}, {'$unset': 'a'}
            10473003 | $scoreFusion | {'$scoreFusion': {}}
            8        | $scoreFusion | {'$search': {}}
            """)
    void pipelines_are_refused(int code, String stage, String pipeline) {
        String stages =
                "{'%s': {'input': {'pipelines': {'a': [%s]}}}}"
                        .formatted(stage, pipeline == null ? "" : pipeline);
        server.commands().fails(code, server.pipeline(stages));
    }

    @Test
    void a_score_is_made_comparable_in_known_ways_only() {
        server.commands().fails(2, server.pipeline(scored(NEAR, "other", "")));
        String number = scored(NEAR, "x", "").replace("'x'", "5");
        server.commands().fails(14, server.pipeline(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            14       | {'weights': 5}
            14       | {'weights': {'near': 'x'}}
            9460300  | {'weights': {'near': -1}}
            9967500  | {'weights': {'nears': 1}}
            9460301  | {'weights': {'near': 1, 'far': 1}}
            2        | {'method': 'max'}
            14       | {'method': 5}
            10017300 | {'method': 'expression'}
            10017300 | {'method': 'avg', 'expression': '$$near'}
            10017301 | {'method': 'expression', 'expression': '$$near', 'weights': {'near': 1}}
            17276    | {'method': 'expression', 'expression': '$$far'}
            40415    | {'means': 1}
            """)
    void combinations_are_refused(int code, String combination) {
        String more = ", 'combination': " + combination;
        server.commands().fails(code, server.pipeline(scored(NEAR, "none", more)));
    }
}
