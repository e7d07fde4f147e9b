package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.AsOf;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Json;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What explain tells of searches. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchExplainTest {

    private static final String SEARCH = "$_internalSearchMongotRemote";
    private static final String LOOKUP = "$_internalSearchIdLookup";
    private static final String SEA = "{'$search': {'text': {'query': 'sea', 'path': 'title'}}}";

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
        server.index(
                "near",
                "{'mappings': {'fields': {'v': {'type': 'vector', 'numDimensions': 1,"
                        + " 'similarity': 'euclidean'}, 'year': {'type': 'number'}}}}");
        server.insert("{'_id': 20, 'v': [1], 'year': 2000}", "{'_id': 21, 'v': [2]}");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static List<Document> stages(String verbosity, String stages) {
        Document told =
                server.commands()
                        .ok(
                                "{'explain': %s, 'verbosity': '%s'}"
                                        .formatted(server.pipeline(stages), verbosity));
        return ((ArrayValue) told.get("stages"))
                .elements().stream().map(stage -> (Document) stage).toList();
    }

    private static Document at(Document document, String... path) {
        Document found = document;
        for (String name : path) {
            found = CommandServer.part(found, name);
        }
        return found;
    }

    private static void assertShows(String expected, Document actual) {
        assertEquals(Json.text(Json.doc(expected)), Json.text(actual));
    }

    static Stream<String[]> explained() throws IOException {
        return SearchOperatorsTest.lines("explained.txt");
    }

    @ParameterizedTest
    @MethodSource("explained")
    void queries_are_shown_as_trees(String search, String tree) {
        Document stage = stages("executionStats", "{'$search': " + search + "}").get(0);
        assertShows(tree, at(stage, SEARCH, "explain", "query"));
    }

    @Test
    void a_plan_counts_nothing() {
        List<Document> told = stages("queryPlanner", SEA);
        assertEquals(2, told.size());
        assertShows("{'%s': {}}".formatted(LOOKUP), told.get(1));
        assertShows(
                "{'text': {'query': 'sea', 'path': 'title'}}",
                at(told.get(0), SEARCH, "mongotQuery"));
        assertFalse(at(told.get(0), SEARCH, "explain", "query").has("stats"));
        assertFalse(told.get(0).has("nReturned"));
    }

    @Test
    void what_is_taken_of_the_results_is_counted() {
        List<Document> all = stages("executionStats", SEA);
        assertEquals("3", Json.text(all.get(0).get("nReturned")));
        List<Document> two = stages("executionStats", SEA + ", {'$limit': 2}, {'$count': 'n'}");
        assertEquals(
                List.of("2", "2"),
                two.subList(0, 2).stream().map(one -> Json.text(one.get("nReturned"))).toList());
        assertEquals("2", Json.text(at(two.get(1), LOOKUP).get("totalDocsExamined")));
        assertEquals(
                "3", Json.text(at(two.get(0), SEARCH, "explain", "query", "stats").get("matched")));
        assertShows("{'$count': 'n'}", two.get(3));
    }

    @Test
    void the_stages_of_other_searches_are_shown_under_their_own_names() {
        Document counted = stages("executionStats", SEA.replace("$search", "$searchMeta")).get(0);
        assertEquals(
                "3",
                Json.text(at(counted, "$searchMeta", "explain", "query", "stats").get("matched")));
        String vectors =
                "{'$vectorSearch': {'index': 'near', 'path': 'v', 'queryVector': [1], 'limit': 1,"
                        + " %s, 'filter': {'year': {'$gt': 1}}}}";
        List<Document> exact = stages("executionStats", vectors.formatted("'exact': true"));
        Document query = at(exact.get(0), "$vectorSearch", "explain", "query");
        assertEquals("'ExactVectorSearchQuery'", Json.text(query.get("type")));
        assertEquals("1", Json.text(at(query, "args", "filter", "stats").get("matched")));
        assertEquals("1", Json.text(exact.get(1).get("nReturned")));
        Document graph =
                at(
                        stages("queryPlanner", vectors.formatted("'numCandidates': 9")).get(0),
                        "$vectorSearch",
                        "explain",
                        "query");
        assertEquals("'KnnFloatVectorQuery'", Json.text(graph.get("type")));
        assertEquals("9", Json.text(at(graph, "args").get("numCandidates")));
    }

    @Test
    void a_search_without_its_index_finds_nothing() {
        String search = "{'$search': {'index': 'nobody', 'exists': {'path': 'a'}}}";
        Document told = at(stages("executionStats", search).get(0), SEARCH, "explain", "query");
        assertEquals("'MatchNoDocsQuery'", Json.text(told.get("type")));
    }

    /** Documents that have changed since are hidden, and indexed for the view as they were. */
    @Test
    void documents_of_the_view_alone_are_counted() {
        try (SearchServer other = new SearchServer()) {
            DocumentCollection books =
                    other.commands().smilodon().database("cinema").collection("books");
            Document written = books.find(Json.doc("{'_id': 1}")).next();
            books.replaceOne(Json.doc("{'_id': 1}"), written.with("year", Value.of(1)));
            long before = books.findById(Value.of(1)).orElseThrow().version();
            books.deleteOne(Json.doc("{'_id': 1}"));
            books.insertOne(Json.doc("{'_id': 9, 'title': 'new'}"));
            assertEquals("0 0 5", documents(books));
            assertEquals("1 1 5", documents(books.asOf(AsOf.sequence(before))));
        }
    }

    /** Those that are hidden, those of the view alone, and all. */
    private static String documents(DocumentCollection books) {
        Document told =
                books.explain(
                        List.of(Json.doc(SEA)), AggregateOptions.DEFAULTS, Verbosity.QUERY_PLANNER);
        Document first = (Document) ((ArrayValue) told.get("stages")).get(0);
        Document metadata = at(first, SEARCH, "explain", "metadata");
        assertEquals("'default'", Json.text(metadata.get("indexName")));
        return Stream.of("docsHidden", "docsOfView", "totalLuceneDocs")
                .map(name -> Json.text(metadata.get(name)))
                .collect(Collectors.joining(" "));
    }
}
