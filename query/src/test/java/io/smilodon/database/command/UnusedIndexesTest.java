package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What explain tells of indexes that no query may read. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnusedIndexesTest {

    private static final String HIDE_A = "{'collMod': 'c', 'index': {'name': 'a_1', 'hidden': %s}}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.ok("{'insert': 'c', 'documents': [{'_id': 1, 'a': 7}, {'_id': 2, 'a': 8}]}");
        server.ok(
                "{'createIndexes': 'c', 'indexes': [{'key': {'a': 1}, 'name': 'a_1'}, {'key':"
                        + " {'b': 1}, 'name': 'b_1'}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<Document> unused(String command) {
        ArrayValue told = (ArrayValue) server.planner(command).get("unusedIndexes");
        return told.elements().stream().map(Document.class::cast).toList();
    }

    private String reasons(String command) {
        return unused(command).stream()
                .map(index -> Json.text(index.get("index")) + Json.text(index.get("code")))
                .toList()
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'find': 'c', 'filter': {'a': 7}}",
                "{'count': 'c', 'query': {'a': 7}}",
                "{'distinct': 'c', 'key': 'a', 'query': {'a': 7}}",
                "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$match': {'a': 7}}]}",
                "{'aggregate': 'c', 'cursor': {}, 'pipeline':"
                        + " [{'$match': {'a': 7}}, {'$group': {'_id': '$z'}}]}",
                "{'update': 'c', 'updates': [{'q': {'a': 7}, 'u': {'$set': {'z': 1}}}]}",
                "{'delete': 'c', 'deletes': [{'q': {'a': 7}, 'limit': 0}]}",
                "{'findAndModify': 'c', 'query': {'a': 7}, 'remove': true}"
            })
    void a_hidden_index_is_named_with_what_shows_it_again(String command) {
        String onB = "'b_1''FIRST_FIELD_NOT_IN_FILTER'";
        server.ok(HIDE_A.formatted("true"));
        assertEquals("[" + onB + ", 'a_1''HIDDEN']", reasons(command));
        String way = CommandServer.way(part(server.planner(command), "winningPlan"));
        assertTrue(way.endsWith("COLLSCAN"), way);

        server.ok(HIDE_A.formatted("false"));
        assertEquals("[" + onB + "]", reasons(command));
    }

    @Test
    void it_is_hidden_where_a_hint_or_an_id_leads_elsewhere_too() {
        server.ok(HIDE_A.formatted("true"));

        assertEquals(
                "['a_1''HIDDEN']", reasons("{'find': 'c', 'filter': {'a': 7}, 'hint': 'b_1'}"));
        assertEquals(
                "['b_1''ID_LOOKUP_IS_UNIQUE', 'a_1''HIDDEN']",
                reasons("{'find': 'c', 'filter': {'_id': 1, 'a': 7}}"));
        server.fails(2, "{'find': 'c', 'filter': {'a': 7}, 'hint': 'a_1'}");
        server.fails(2, "{'find': 'c', 'filter': {'a': 7}, 'hint': {'a': 1}}");
    }

    @Test
    void the_sentence_says_what_to_do() {
        server.ok("{'collMod': 'c', 'index': {'name': 'b_1', 'hidden': true}}");

        Document told = unused("{'find': 'c', 'filter': {'a': 7}}").getFirst();

        assertEquals(
                new StringValue(
                        "The index is hidden: writes keep it and no query uses it, until collMod"
                                + " sets hidden to false."),
                told.get("reason"));
    }

    /** The build tells how far it is; whoever listens asks for the plan meanwhile. */
    @Test
    void an_index_that_is_being_built_is_named_until_it_is_ready() {
        String find = "{'find': 'c', 'filter': {'d': 7}}";
        String first = whileBuilding(find, each -> each.createIndex(Json.doc("{'key': {'d': 1}}")));

        String others = "'a_1''FIRST_FIELD_NOT_IN_FILTER', 'b_1''FIRST_FIELD_NOT_IN_FILTER'";
        assertEquals("[" + others + ", 'd_1''BUILDING']", first);
        assertEquals("[" + others + "]", reasons(find));
    }

    /** The old entries are read until the new ones are complete. */
    @Test
    void an_index_that_is_built_anew_is_used_meanwhile() {
        String find = "{'find': 'c', 'filter': {'a': 7}}";

        assertEquals(
                "['b_1''FIRST_FIELD_NOT_IN_FILTER']",
                whileBuilding(find, each -> each.upkeep().rebuildIndexes()));
    }

    /** The reasons as the build first tells how far it is. */
    private String whileBuilding(String find, Function<DocumentCollection, ?> build) {
        DocumentCollection collection = server.smilodon().database("cinema").collection("c");
        List<String> meanwhile = new ArrayList<>();
        new OperationScope(0)
                .run(
                        () -> {
                            OperationScope.followedBy(progress -> meanwhile.add(reasons(find)));
                            return build.apply(collection);
                        });
        return meanwhile.getFirst();
    }
}
