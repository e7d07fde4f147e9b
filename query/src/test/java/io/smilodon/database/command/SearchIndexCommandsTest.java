package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Search indexes are created, listed, changed and dropped. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchIndexCommandsTest {

    private static final String WALKS = "{'text': {'query': 'walks', 'path': 'title'}}";
    private static final String WALKING = "'text': {'query': 'walking', 'path': 'title'}";
    private static final String LONG_NAME = "x".repeat(33_000);
    private static final String LIST = "{'$listSearchIndexes': {%s}}, {'$project': {'_id': 0, %s}}";

    private final SearchServer server = new SearchServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String listed(String which, String field) {
        return server.text(LIST.formatted(which, "'" + field + "': 1"));
    }

    @Test
    void indexes_are_listed_with_their_definitions() {
        server.index("other", "{'mappings': {'dynamic': true}}");
        assertEquals("[{'name':'default'},{'name':'other'}]", listed("", "name"));
        assertEquals("1 2 3 4 5", server.found("{'index': 'other', 'exists': {'path': 'title'}}"));
        assertEquals("[{'status':'READY'}]", listed("'name': 'other'", "status"));
        assertEquals("[{'queryable':true}]", listed("'name': 'other'", "queryable"));
        assertEquals("[{'type':'search'}]", listed("'name': 'other'", "type"));
        assertEquals(
                "[{'latestDefinition':{'mappings':{'dynamic':true}}}]",
                listed("'name': 'other'", "latestDefinition"));
        assertEquals("[]", listed("'name': 'nobody'", "name"));
    }

    @Test
    void sets_of_types_say_what_fields_are_indexed_as_that_are_not_named() {
        server.index(
                "other",
                "{'storedSource': false, 'synonyms': [], 'mappings': {'dynamic': {'typeSet':"
                        + " 'plain'}, 'fields': {'title': {'type': 'string'}}}, 'typeSets':"
                        + " [{'name': 'plain', 'types': [{'type': 'token'}, {'type':"
                        + " 'number'}]}]}");
        String search = "{'index': 'other', %s}";
        assertEquals("5", server.found(search.formatted(WALKING)));
        assertEquals(
                "2",
                server.found(search.formatted("'equals': {'path': 'at.shelf', 'value': 'A2'}")));
        assertEquals(
                "1 2", server.found(search.formatted("'range': {'path': 'year', 'gt': 1900}")));
        assertEquals(
                "", server.found(search.formatted("'equals': {'path': 'lent', 'value': true}")));
        assertEquals(
                "4", server.found(search.formatted("'equals': {'path': 'lent', 'value': null}")));
    }

    @Test
    void an_updated_index_finds_by_its_new_definition() {
        assertEquals("", server.found(WALKS));
        server.commands()
                .ok(
                        "{'updateSearchIndex': 'books', 'name': 'default', 'definition':"
                                + " {'analyzer': 'lucene.english', 'mappings': {'dynamic':"
                                + " true}}}");
        assertEquals("5", server.found(WALKS));
        assertEquals("[{'latestVersion':1}]", listed("", "latestVersion"));
    }

    @Test
    void an_index_is_dropped_by_its_name_or_id() {
        server.index("other", "{'mappings': {'dynamic': true}}");
        Document index = server.run("{'$listSearchIndexes': {'name': 'other'}}").get(0);
        Value id = index.get("id");
        server.commands()
                .ok("{'dropSearchIndex': 'books', 'id': %s}".formatted(((StringValue) id)));
        server.commands().ok("{'dropSearchIndex': 'books', 'name': 'default'}");
        assertEquals("[]", listed("", "name"));
        assertEquals("", server.found("{'exists': {'path': 'title'}}"));
    }

    @Test
    void indexes_go_with_a_renamed_collection_and_end_with_a_dropped_one() {
        server.commands().adminOk("{'renameCollection': 'cinema.books', 'to': 'cinema.volumes'}");
        server.commands().adminOk("{'renameCollection': 'cinema.volumes', 'to': 'cinema.books'}");
        assertEquals("5", server.found("{'text': {'query': 'walking', 'path': 'title'}}"));
        server.commands().ok("{'drop': 'books'}");
        server.insert("{'_id': 9, 'title': 'walking'}");
        assertEquals("", server.found("{'text': {'query': 'walking', 'path': 'title'}}"));
    }

    @Test
    void an_index_outlives_what_out_puts_in_the_place_of_its_collection() {
        server.run("{'$match': {'_id': {'$gt': 3}}}, {'$out': 'books'}");
        assertEquals("4 5", server.found("{'exists': {'path': 'title'}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            68    | {'createSearchIndexes': 'books', 'indexes': [{'definition': {'mappings': {}}}]}
            26    | {'createSearchIndexes': 'no', 'indexes': [{'definition': {'mappings': {}}}]}
            2     | {'createSearchIndexes': 'books', 'indexes': []}
            14    | {'createSearchIndexes': 'books', 'indexes': [{'name': 'a'}]}
            14    | {'createSearchIndexes': 'books', 'indexes': [{'name': 7, 'definition': {}}]}
            2     | {'createSearchIndexes': 'books', 'indexes': [{'type': 'a', 'definition': {}}]}
            40415 | {'createSearchIndexes': 'books', 'indexes': [{'nam': 'a', 'definition': {}}]}
            27    | {'dropSearchIndex': 'books', 'name': 'nobody'}
            26    | {'dropSearchIndex': 'no', 'name': 'default'}
            2     | {'dropSearchIndex': 'books'}
            2     | {'dropSearchIndex': 'books', 'name': 'a', 'id': 'b'}
            27    | {'updateSearchIndex': 'books', 'name': 'a', 'definition': {'mappings': {}}}
            8     | {'updateSearchIndex': 'books', 'name': 'default', 'definition': {'a': 1}}
            """)
    void commands_are_refused(int code, String command) {
        server.commands().fails(code, command);
    }

    /** The second had made two kinds of one of Lucene's fields. */
    @ParameterizedTest
    @ValueSource(strings = {"'%s': {'b': 1}", "'at.note': 'walks'"})
    void no_name_of_a_field_keeps_an_index_from_being_searched(String field) {
        String definition =
                "{'mappings': {'dynamic': true, 'fields': {'at': {'type': 'document', 'fields':"
                        + " {'note': {'type': 'string', 'indexOptions': 'docs'}}}}}}";
        server.index("other", definition);
        server.insert("{'_id': 7, 'title': 'Odd', %s}".formatted(field.formatted(LONG_NAME)));
        server.insert("{'_id': 8, 'title': 'Odd'}");
        for (String name : List.of("default", "other")) {
            assertEquals(
                    "7 8",
                    server.found(
                            "{'index': '%s', 'text': {'query': 'odd', 'path': 'title'}}"
                                    .formatted(name)));
        }
    }

    /** Each field that Lucene knows takes memory in every part of an index. */
    @Test
    void dynamic_mappings_have_a_limit_of_fields() {
        String odd = "{'text': {'query': 'odd', 'path': 'title'}}";
        String searched = server.pipeline("{'$search': " + odd + "}");
        insertWithFields(100, 0, 2_900);
        assertEquals("100", server.found(odd));
        insertWithFields(101, 2_900, 3_100);
        server.commands().fails(8, searched);
        server.commands().fails(8, searched);
        assertEquals("[{'status':'FAILED'}]", listed("", "status"));
        assertEquals("[{'queryable':false}]", listed("", "queryable"));
        server.commands().ok("{'validate': 'books'}");
        server.commands().ok("{'delete': 'books', 'deletes': [{'q': {'_id': 101}, 'limit': 1}]}");
        server.commands().fails(8, searched);
        server.commands()
                .ok(
                        "{'updateSearchIndex': 'books', 'name': 'default', 'definition':"
                                + " {'mappings': {'dynamic': true}}}");
        assertEquals("100", server.found(odd));
    }

    private void insertWithFields(int id, int from, int to) {
        String fields =
                IntStream.range(from, to)
                        .mapToObj("'x%d': 'y'"::formatted)
                        .collect(Collectors.joining(", "));
        server.insert("{'_id': %d, 'title': 'Odd', %s}".formatted(id, fields));
    }

    @Test
    void all_indexes_of_a_command_are_created_or_none() {
        server.commands()
                .fails(
                        68,
                        "{'createSearchIndexes': 'books', 'indexes': [{'name': 'a', 'definition':"
                                + " {'mappings': {}}}, {'name': 'a', 'definition': {'mappings':"
                                + " {}}}]}");
        assertEquals("[{'name':'default'}]", listed("", "name"));
    }
}
