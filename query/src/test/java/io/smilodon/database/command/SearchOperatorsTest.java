package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator of {@code $search}: what it finds, in which order, and what it refuses. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchOperatorsTest {

    private static SearchServer server;

    @BeforeAll
    static void open() {
        server = new SearchServer();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** The lines of a file but those that explain, each cut into what is searched and found. */
    static Stream<String[]> lines(String file) throws IOException {
        try (InputStream text = SearchOperatorsTest.class.getResourceAsStream("/search/" + file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" =>", 2));
        }
    }

    static Stream<String[]> found() throws IOException {
        return lines("found.txt");
    }

    static Stream<String> refused() throws IOException {
        return lines("refused.txt").map(parts -> parts[0]);
    }

    static Stream<String> definitions() throws IOException {
        return lines("definitions.txt").map(parts -> parts[0]);
    }

    @ParameterizedTest
    @MethodSource("found")
    void finds(String search, String ids) {
        assertEquals(ids.strip(), server.found(search), search);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(String search) {
        server.commands().fails(8, server.pipeline("{'$search': " + search + "}"));
    }

    @Test
    void refuses_more_words_than_lucene_takes() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 1_025; i++) {
            words.append('w').append(i).append(' ');
        }
        refuses("{'text': {'query': '%s', 'path': 'title'}}".formatted(words));
    }

    @Test
    void refuses_phrases_where_words_have_no_places() {
        server.index(
                "unplaced",
                "{'mappings': {'fields': {'title': {'type': 'string', 'indexOptions':"
                        + " 'docs'}}}}");
        String search =
                "{'index': 'unplaced', 'queryString': {'defaultPath': 'title', 'query': '%s'}}";
        assertEquals("2 1 3", server.found(search.formatted("\\\"sea\\\"")));
        refuses(search.formatted("\\\"old man\\\""));
        refuses(search.formatted("old OR title:\\\"the sea\\\"~2"));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void refuses_the_definition(String definition) {
        server.commands()
                .fails(
                        8,
                        "{'createSearchIndexes': 'books', 'indexes': [{'name': 'other',"
                                + " 'definition': %s}]}".formatted(definition));
    }
}
