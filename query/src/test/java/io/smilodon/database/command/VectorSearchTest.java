package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code $vectorSearch}: the nearest of a few vectors, for which Lucene makes no graph, so that it
 * looks at all of them; {@code VectorGraphTest} has as many as need one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VectorSearchTest {

    private static final String VECTORS =
            "{'createSearchIndexes': 'books', 'indexes': [{'name': 'near', 'type':"
                    + " 'vectorSearch', 'definition': {'fields': [{'type': 'vector', 'path': 'v',"
                    + " 'numDimensions': 2, 'similarity': 'euclidean'}, {'type': 'vector', 'path':"
                    + " 'a.v', 'numDimensions': 2, 'similarity': 'cosine'}, {'type': 'filter',"
                    + " 'path': 'k'}]}}]}";

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
        server.insert(
                "{'_id': 10, 'v': [0, 0], 'k': 'a', 'a': {'v': [1, 0]}}",
                "{'_id': 11, 'v': [0, 1], 'k': 'b', 'a': {'v': [1, 1]}}",
                "{'_id': 12, 'v': [0.0, 2.0], 'k': 'a', 'a': {'v': [0, 1]}}",
                "{'_id': 13, 'v': [0, 1, 2], 'k': 7, 'a': {'v': [0, 0]}}",
                "{'_id': 14, 'v': ['x', 1], 'k': 'c'}");
        server.commands().ok(VECTORS);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static List<Document> nearest(String options) {
        return server.run(
                "{'$vectorSearch': {'index': 'near', "
                        + options
                        + "}}, {'$set': {'s': {'$meta': 'vectorSearchScore'}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            'limit': 5 | 12 11 10
            'limit': 2 | 12 11
            'limit': 5, 'filter': {'k': 'a'} | 12 10
            'limit': 5, 'filter': {'k': {'$ne': 'a'}} | 11
            'limit': 5, 'filter': {'k': {'$in': ['b', 'c']}} | 11
            'limit': 5, 'filter': {'k': {'$nin': ['b', 'c']}} | 12 10
            'limit': 5, 'filter': {'k': {'$gte': 'b'}} | 11
            'limit': 5, 'filter': {'k': {'$gt': 'a', '$lt': 'z'}} | 11
            'limit': 5, 'filter': {'k': {'$not': {'$lte': 'a'}}} | 11
            'limit': 5, 'filter': {'$or': [{'k': 'b'}, {'k': {'$eq': 'a'}}]} | 12 11 10
            'limit': 5, 'filter': {'$nor': [{'k': 'b'}]} | 12 10
            'limit': 5, 'filter': {'$and': [{'k': {'$exists': true}}, {'k': {'$lte': 'a'}}]} | 12 10
            'limit': 5, 'filter': {'k': {'$exists': false}} |
            """)
    void finds(String options, String ids) {
        String vector = "'path': 'v', 'queryVector': [0, 5], " + options;
        String expected = ids == null ? "" : ids;
        assertEquals(expected, SearchServer.ids(nearest(vector + ", 'exact': true")));
        assertEquals(expected, SearchServer.ids(nearest(vector + ", 'numCandidates': 100")));
    }

    @Test
    void scores_are_those_of_the_similarity() {
        String far = "'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'exact': true";
        assertEquals(
                "[1.0, 0.5, 0.5]", nearest(far).stream().map(one -> one.get("s")).toList() + "");
        String angle = "'path': 'a.v', 'queryVector': [2, 0], 'limit': 3, 'numCandidates': 9";
        assertEquals("10 11 12", SearchServer.ids(nearest(angle)));
        assertEquals("1.0", nearest(angle).get(0).get("s").toString());
        assertEquals("0.5", nearest(angle).get(2).get("s").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            'path': 'v', 'queryVector': [0, 1], 'limit': 3
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'exact': true, 'numCandidates': 9
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'numCandidates': 2
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'numCandidates': 10001
            'path': 'v', 'queryVector': [0, 1], 'limit': 0, 'exact': true
            'path': 'v', 'queryVector': [0, 1, 2], 'limit': 3, 'exact': true
            'path': 'v', 'queryVector': ['a', 1], 'limit': 3, 'exact': true
            'path': 'a.v', 'queryVector': [0, 0], 'limit': 3, 'exact': true
            'path': 'k', 'queryVector': [0, 1], 'limit': 3, 'exact': true
            'path': 'v', 'limit': 3, 'exact': true
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'exact': true, 'filter': {'$xor': []}
            'path': 'v', 'queryVector': [1], 'limit': 1, 'exact': true, 'filter': {'k': {'$all': 1}}
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'exact': true, 'filter': 7
            'path': 'v', 'queryVector': [0, 1], 'limit': 3, 'exact': true, 'filter': {'other': 7}
            """)
    void refuses(String options) {
        server.commands()
                .fails(8, server.pipeline("{'$vectorSearch': {'index': 'near', " + options + "}}"));
    }

    @Test
    void refuses_filters_with_more_parts_than_lucene_takes() {
        String parts = "{'k': 'a'}" + ", {'k': 'b'}".repeat(1_024);
        refuses(
                "'path': 'v', 'queryVector': [0, 5], 'limit': 5, 'exact': true, 'filter': {'$or':"
                        + " [%s]}".formatted(parts));
    }
}
