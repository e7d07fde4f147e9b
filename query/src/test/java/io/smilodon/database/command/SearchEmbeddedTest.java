package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents inside of others, searched each by itself. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchEmbeddedTest {

    private static final String DEFINITION =
            "{'mappings': {'dynamic': true, 'fields': {'shop': [{'type': 'string'}, {'type':"
                    + " 'token'}], 'items': [{'type': 'document', 'dynamic': true}, {'type':"
                    + " 'embeddedDocuments', 'dynamic': true, 'fields': {'name': [{'type':"
                    + " 'string'}, {'type': 'autocomplete'}], 'tags': {'type': 'token'}, 'parts':"
                    + " {'type': 'embeddedDocuments', 'dynamic': true}}}]}}}";

    private static CommandServer server;

    @BeforeAll
    static void open() {
        server = new CommandServer(io.smilodon.database.DatabaseOptions.DEFAULTS);
        insert(
                "{'_id': 1, 'shop': 'north', 'items': [{'name': 'pen', 'count': 2, 'tags':"
                        + " ['office']}, {'name': 'note', 'count': 7}]}",
                "{'_id': 2, 'shop': 'south', 'items': [{'name': 'pen', 'count': 9, 'parts': [{'of':"
                        + " 'steel'}, {'of': 'ink', 'old': true}]}]}",
                "{'_id': 3, 'shop': 'east', 'items': [{'name': 'note'}, {'name': 'ink', 'count': 1,"
                        + " 'parts': {'of': 'steel', 'old': true}}]}",
                "{'_id': 4, 'shop': 'west', 'items': [{'name': 'pen'}, {}]}",
                "{'_id': 5, 'shop': 'north', 'name': 'pen'}",
                "{'_id': 6, 'shop': 'south'}");
        index("default", DEFINITION);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void insert(String... documents) {
        server.ok("{'insert': 'sales', 'documents': [%s]}".formatted(String.join(",", documents)));
    }

    private static void index(String name, String definition) {
        server.ok(
                "{'createSearchIndexes': 'sales', 'indexes': [{'name': '%s', 'definition': %s}]}"
                        .formatted(name, definition));
    }

    private static String pipeline(String stages) {
        return "{'aggregate': 'sales', 'cursor': {}, 'pipeline': [%s]}".formatted(stages);
    }

    private static List<Document> run(String stages) {
        Document cursor = CommandServer.part(server.ok(pipeline(stages)), "cursor");
        return ((io.smilodon.engine.value.ArrayValue) cursor.get("firstBatch"))
                .elements().stream().map(one -> (Document) one).toList();
    }

    private static String found(String search) {
        return SearchServer.ids(run("{'$search': %s}".formatted(search)));
    }

    static Stream<String[]> lines() throws IOException {
        return SearchOperatorsTest.lines("embedded.txt");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void finds(String search, String ids) {
        assertEquals(ids.strip(), found(search), search);
    }

    /** Two of the first document's match with 2, one of the others' with 2. */
    @ParameterizedTest
    @CsvSource({"sum, 4.0", "mean, 2.0", "maximum, 2.0", "minimum, 2.0"})
    void scores_of_several_become_one(String aggregate, double score) {
        String each = "{'exists': {'path': 'items.name', 'score': {'constant': {'value': 2}}}}";
        List<Document> found =
                run(
                        "{'$search': {'embeddedDocument': {'path': 'items', 'operator': %s, 'score':"
                                        .formatted(each)
                                + " {'embedded': {'aggregate': '%s'}}}}}, {'$set': {'s': {'$meta':"
                                        .formatted(aggregate)
                                + " 'searchScore'}}}, {'$sort': {'_id': 1}}");
        assertEquals(score, ((NumberValue) found.get(0).get("s")).toDouble());
        assertEquals(2.0, ((NumberValue) found.get(1).get("s")).toDouble());
    }

    @Test
    void the_score_of_all_can_be_changed() {
        String search =
                "{'$search': {'embeddedDocument': {'path': 'items', 'operator': {'exists': {'path':"
                        + " 'items.name'}}, 'score': {%s}}}}, {'$limit': 1}, {'$project': {'_id':"
                        + " 0, 's': {'$meta': 'searchScore'}}}";
        assertEquals("7.0", run(search.formatted("'constant': {'value': 7}")).get(0).get("s") + "");
        assertEquals(
                "6.0",
                run(search.formatted(
                                        "'embedded': {'aggregate': 'sum', 'outerScore':"
                                                + " {'boost': {'value': 3}}}"))
                                .get(0)
                                .get("s")
                        + "");
    }

    @Test
    void counts_and_facets_are_of_whole_documents() {
        String meta =
                "{'$searchMeta': {'facet': {'operator': {'embeddedDocument': {'path': 'items',"
                        + " 'operator': {'text': {'path': 'items.name', 'query': 'pen note'}}}},"
                        + " 'facets': {'shops': {'type': 'string', 'path': 'shop'}}}}}";
        assertEquals(
                Json.text(
                        Json.doc(
                                "{'count': {'lowerBound': 4}, 'facet': {'shops': {'buckets':"
                                        + " [{'_id': 'east', 'count': 1}, {'_id': 'north', 'count':"
                                        + " 1}, {'_id': 'south', 'count': 1}, {'_id': 'west',"
                                        + " 'count': 1}]}}}")),
                Json.text(run(meta).get(0)));
        String all = "{'$searchMeta': {'exists': {'path': 'shop'}}}";
        assertEquals("{'count':{'lowerBound':6}}", Json.text(run(all).get(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'embeddedDocument': {'path': 'shop', 'operator': {'exists': {'path': 'shop.a'}}}}",
                "{'embeddedDocument': {'path': 'items', 'operator': {'exists': {'path': 'shop'}}}}",
                "{'embeddedDocument': {'path': 'items', 'operator': {}}}",
                "{'embeddedDocument': {'operator': {'exists': {'path': 'items.name'}}}}",
                "{'embeddedDocument': {'path': 'items', 'operator': {'exists': {'path':"
                        + " 'items.name'}}, 'score': {'embedded': {'aggregate': 'most'}}}}",
                "{'embeddedDocument': {'path': 'items', 'operator': {'moreLikeThis': {'like':"
                        + " {'items': {'name': 'pen'}}}}}}",
                "{'embeddedDocument': {'path': 'items', 'operator': {'exists': {'path':"
                        + " 'items.name', 'score': {'boost': {'path': 'items.count'}}}}}}",
                "{'exists': {'path': 'shop', 'score': {'embedded': {'aggregate': 'sum'}}}}"
            })
    void refuses(String search) {
        server.fails(8, pipeline("{'$search': " + search + "}"));
    }

    /** Those behind are left out, with all that is inside of them. */
    @Test
    void no_more_than_some_of_a_document_are_indexed() {
        String many =
                IntStream.rangeClosed(1, 5_001)
                        .mapToObj("{'of': 'p%d', 'parts': [{'of': 'x%<d'}]}"::formatted)
                        .collect(Collectors.joining(", "));
        insert("{'_id': 7, 'shop': 'far', 'items': [%s]}".formatted(many));
        String part =
                "{'embeddedDocument': {'path': 'items', 'operator': {'embeddedDocument': {'path':"
                        + " 'items.parts', 'operator': {'text': {'path': 'items.parts.of', 'query':"
                        + " 'x%d'}}}}}}";
        assertEquals("7", found(part.formatted(5_000)));
        assertEquals("", found(part.formatted(5_001)));
        server.ok("{'delete': 'sales', 'deletes': [{'q': {'_id': 7}, 'limit': 1}]}");
        assertEquals("", found(part.formatted(1)));
    }
}
