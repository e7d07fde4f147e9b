package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Searches within the limits of operations, and across changes of their index. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchOperationsTest {

    private static final int COUNT = 3_000;
    private static final String DYNAMIC = "{'mappings': {'dynamic': true}}";

    private final SearchServer server = new SearchServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static List<Document> many(int count) {
        List<Document> many = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            many.add(Document.of("_id", Value.of(100 + id)).with("n", Value.of(id)));
        }
        return many;
    }

    private void insertMany() {
        server.commands()
                .smilodon()
                .database("cinema")
                .collection("books")
                .insertMany(many(COUNT), true);
        assertEquals(
                "[{'c':%d}]".formatted(COUNT),
                server.text("{'$search': {'exists': {'path': 'n'}}}, {'$count': 'c'}"));
    }

    /** All documents and a thousand numbers that each of them is near to, several times. */
    private String longSearch(String options) {
        StringBuilder near = new StringBuilder();
        for (int origin = 0; origin < 1_000; origin++) {
            near.append(origin == 0 ? "" : ",")
                    .append("{'near': {'path': 'n', 'origin': %d, 'pivot': 2}}".formatted(origin));
        }
        String search = "{'$search': {'compound': {'should': [%s]}}}".formatted(near);
        String again = "{'$unionWith': {'coll': 'books', 'pipeline': [%s]}}".formatted(search);
        String stages = search + ("," + again).repeat(20);
        return "{'aggregate': 'books', 'cursor': {}, 'pipeline': [%s, {'$match': {'n': -1}}]%s}"
                .formatted(stages, options);
    }

    @Test
    void a_search_that_takes_too_long_is_50() {
        insertMany();
        server.commands().fails(50, longSearch(", 'maxTimeMS': 30"));
    }

    @Test
    void a_search_that_runs_can_be_ended() {
        insertMany();
        CompletableFuture<Document> answer =
                CompletableFuture.supplyAsync(() -> server.commands().run(longSearch("")));
        int id = running().id();
        server.commands().adminOk("{'killOp': 1, 'op': %d}".formatted(id));
        assertCode(11601, answer.join());
    }

    private RunningOperation running() {
        return Await.present(
                "something runs",
                () -> server.commands().smilodon().operations().running().stream().findFirst());
    }

    @Test
    void a_search_may_hold_no_more_than_an_operation() {
        OperationLimits little = OperationLimits.DEFAULTS.withMemoryBytesMax(10_000);
        try (Smilodon smilodon =
                Smilodon.inMemory(DatabaseOptions.DEFAULTS.withOperations(little))) {
            DocumentCollection books = smilodon.database("cinema").collection("books");
            books.insertMany(many(200), true);
            books.searchIndexes().create(Document.of("definition", Json.doc(DYNAMIC)));
            Document search = Json.doc("{'$search': {'exists': {'path': 'n'}}}");
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class,
                            () -> {
                                try (DocumentCursor found = books.aggregate(List.of(search))) {
                                    found.hasNext();
                                }
                            });
            assertEquals(292, error.code().number());
            assertEquals("$search", error.details().get("stage"));
            assertEquals(0, smilodon.statistics().held().memoryBytes());
        }
    }

    /** It goes on by the definition that it began with, in files that are gone. */
    @Test
    void a_cursor_outlives_the_change_of_its_index() {
        insertMany();
        String search =
                "{'aggregate': 'books', 'cursor': {'batchSize': 10}, 'pipeline': [{'$search':"
                        + " {'exists': {'path': 'n'}}}]}";
        Document first = part(server.commands().ok(search), "cursor");
        long id = number(first, "id");
        server.commands()
                .ok(
                        "{'updateSearchIndex': 'books', 'name': 'default', 'definition':"
                                + " {'mappings': {'dynamic': false}}}");
        assertEquals("", server.found("{'exists': {'path': 'n'}}"));
        int count = 10;
        while (id != 0) {
            String more = "{'getMore': {'$numberLong': '%d'}, 'collection': 'books'}".formatted(id);
            Document next = part(server.commands().ok(more), "cursor");
            count += ((ArrayValue) next.get("nextBatch")).size();
            id = number(next, "id");
        }
        assertEquals(COUNT, count);
    }
}
