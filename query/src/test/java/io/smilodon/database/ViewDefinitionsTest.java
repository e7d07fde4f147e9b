package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ViewDefinitionsTest {

    private static final Document ALL = Document.EMPTY;
    private static final String OLD = "[{'$match': {'year': {'$lt': 2000}}}]";

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        films = database.collection("films");
        films.insertMany(Json.docs("{'_id': 1, 'year': 1950}", "{'_id': 2, 'year': 2010}"), true);
        view("old", "films", OLD);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private boolean view(String name, String source, String pipeline) {
        return database.createCollection(
                name, doc("{'viewOn': '" + source + "', 'pipeline': " + pipeline + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "72 | {'pipeline': []}",
                "72 | {'viewOn': 'films', 'validator': {}}",
                "14 | {'viewOn': 1}",
                "14 | {'viewOn': 'films', 'pipeline': {}}",
                "14 | {'viewOn': 'films', 'pipeline': [1]}",
                "73 | {'viewOn': ''}",
                "73 | {'viewOn': 'a$b'}",
                "40324 | {'viewOn': 'films', 'pipeline': [{'$mtach': {}}]}",
                "167 | {'viewOn': 'films', 'pipeline': [{'$documents': []}]}",
                "167 | {'viewOn': 'films', 'pipeline': [{'$out': 'x'}]}",
                "5 | {'viewOn': 'v'}",
                "5 | {'viewOn': 'films', 'pipeline': [{'$unionWith': 'v'}]}",
                "5 | {'viewOn': 'films', 'pipeline': [{'$facet': {'f': [{'$graphLookup': {'from':"
                        + " 'v', 'startWith': 1, 'connectFromField': 'a', 'connectToField': 'b',"
                        + " 'as': 'c'}}]}}]}",
                "5 | {'viewOn': 'films', 'pipeline': [{'$lookup': {'from': 'v', 'pipeline': [],"
                        + " 'as': 'a'}}]}",
            })
    void rule_123_definitions_that_make_no_sense_are_refused(int code, String options) {
        assertCode(code, () -> database.createCollection("v", doc(options)));
        assertFalse(database.collection("v").exists());
    }

    @Test
    void a_view_and_a_collection_do_not_share_a_name() {
        assertFalse(view("old", "films", OLD));
        assertCode(48, () -> view("old", "films", "[]"));
        assertCode(48, () -> database.createCollection("old"));
        assertCode(48, () -> view("films", "old", "[]"));
    }

    @Test
    void rule_123_views_stand_on_one_another_twenty_deep() {
        view("v1", "films", "[]");
        for (int depth = 2; depth <= Views.DEPTH_MAX; depth++) {
            view("v" + depth, "v" + (depth - 1), "[{'$set': {'d" + depth + "': 1}}]");
        }

        assertEquals(2, database.collection("v20").count(doc("{'d2': 1, 'd20': 1}")));
        assertCode(165, () -> view("v21", "v20", "[]"));
        // From below, too: the collection that all of them stand on becomes a view.
        films.drop();
        assertCode(165, () -> view("films", "others", "[]"));
    }

    @Test
    void rule_123_views_do_not_stand_on_themselves() {
        view("a", "b", "[]");
        view("b", "c", "[]");

        assertCode(5, () -> view("c", "a", "[]"));
        assertCode(5, () -> view("c", "c", "[]"));
        assertCode(
                5,
                () ->
                        view(
                                "c",
                                "films",
                                "[{'$lookup': {'from': 'films', 'as': 'x', 'pipeline':"
                                        + " [{'$lookup': {'from': 'a', 'as': 'y', 'pipeline':"
                                        + " []}}]}}]"));
        view("c", "films", "[]");
        assertCode(5, () -> database.modifyCollection("c", doc("{'viewOn': 'a', 'pipeline': []}")));
    }

    /** Each of the two would be fine alone. */
    @Test
    void two_who_close_a_cycle_at_once_do_not_both_succeed() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                String one = "one" + round;
                String other = "other" + round;
                Callable<Boolean> first = () -> view(one, other, "[]");
                Callable<Boolean> second = () -> view(other, one, "[]");
                int refused = 0;
                for (Future<Boolean> done : pool.invokeAll(List.of(first, second))) {
                    try {
                        assertTrue(done.get());
                    } catch (ExecutionException failure) {
                        assertCode(
                                5,
                                () -> {
                                    throw failure.getCause();
                                });
                        refused++;
                    }
                }
                assertEquals(1, refused);
            }
        }
    }

    @Test
    void a_missing_pipeline_is_an_empty_one() {
        assertTrue(database.createCollection("same", doc("{'viewOn': 'films'}")));
        assertEquals(2, database.collection("same").count(ALL));
        assertEquals(Missing.INSTANCE, films.stats().orElseThrow().options().get("viewOn"));
    }
}
