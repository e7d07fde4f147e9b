package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.OperationBudget.Held;
import io.smilodon.query.exec.OperationLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the variables of requests hold counts among what all operations hold. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VariablesBudgetTest {

    private static final Held NOTHING = new Held(0, 0);
    private static final long SHARED_BYTES = 16 << 20;
    private static final String FIND = "{'find': 'c', 'batchSize': 1, 'filter': {}}";
    private static final String AGGREGATE =
            "{'aggregate': 'c', 'cursor': {'batchSize': 1}, 'pipeline': []}";
    private static final String TAIL =
            "{'find': 'capped', 'batchSize': 1, 'filter': {}, 'tailable': true}";
    private static final String WATCH =
            "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$changeStream': {}}]}";

    private final Smilodon smilodon =
            Smilodon.inMemory(
                    DatabaseOptions.DEFAULTS.withOperations(
                            OperationLimits.DEFAULTS.withSharedMemoryBytesMax(SHARED_BYTES)));

    @BeforeEach
    void insert() {
        run(Json.doc("{'create': 'capped', 'capped': true, 'size': 10000}"));
        for (String name : new String[] {"c", "capped"}) {
            run(Json.doc("{'insert': '" + name + "', 'documents': [{'_id': 1}, {'_id': 2}]}"));
        }
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document run(Document command) {
        return Commands.run(CommandContext.of(smilodon, "d"), command);
    }

    private static int code(Document answer) {
        return answer.get("code") instanceof NumberValue code ? (int) code.toLong() : 0;
    }

    private static Document with(String command, Document let) {
        return Json.doc(command).with("let", let);
    }

    /** About 2 MiB in memory. */
    private static Document large() {
        return Document.of("v", Value.of("x".repeat(1 << 20)));
    }

    private Held held() {
        return smilodon.statistics().held();
    }

    private static Value cursorOf(Document answer) {
        Document cursor = (Document) answer.get("cursor");
        assertTrue(((Int64Value) cursor.get("id")).value() > 0);
        return cursor.get("id");
    }

    private void kill(Value cursor) {
        run(Json.doc("{'killCursors': 'c'}").with("cursors", ArrayValue.of(cursor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {FIND, AGGREGATE, TAIL, WATCH})
    void cursors_that_wait_hold_their_variables(String command) {
        Deque<Value> open = new ArrayDeque<>();
        Document answer = run(with(command, large()));
        while (code(answer) == 0) {
            open.add(cursorOf(answer));
            assertTrue(open.size() < 20);
            assertTrue(held().memoryBytes() >= open.size() * (2L << 20), held().toString());
            answer = run(with(command, large()));
        }
        assertEquals(365, code(answer));
        assertTrue(open.size() >= 4);
        kill(open.remove());
        open.add(cursorOf(run(with(command, large()))));

        open.forEach(this::kill);

        assertEquals(NOTHING, held());
    }

    @ParameterizedTest
    @ValueSource(strings = {FIND, AGGREGATE, TAIL, WATCH})
    void small_ones_take_nothing(String command) {
        Document answer = run(with(command, Json.doc("{'x': 1, 'y': ['a', 'b']}")));
        assertEquals(NOTHING, held());
        kill(cursorOf(answer));
    }

    @Test
    void what_expressions_make_counts_too() {
        Document let = Json.doc("{'v': {'$range': [0, 100000]}}");
        Value cursor = cursorOf(run(with(FIND, let)));
        assertTrue(held().memoryBytes() > 100_000 * 8, held().toString());
        kill(cursor);
        assertEquals(NOTHING, held());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'find': 'c', 'filter': {'$expr': {'$eq': ['$$v', 1]}}}",
                "{'find': 'c', 'filter': {}, 'hint': 'none_such'}",
                "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$set': {'x': {'$divide': [1, 0]}}}]}",
                "{'explain': {'find': 'c', 'filter': {}}}",
                "{'update': 'c', 'updates': [{'q': {}, 'u': [{'$set': {'x': 1}}]}]}",
                "{'update': 'c', 'updates': [{'q': {}, 'u': [{'$set': {'x': 2}}], 'multi': true}]}",
                "{'findAndModify': 'c', 'query': {'y': 1}, 'remove': true}",
                "{'delete': 'c', 'deletes': [{'q': {}, 'limit': 0}]}",
            })
    void what_has_ended_holds_nothing(String command) {
        run(with(command, large()));
        assertEquals(NOTHING, held());
    }

    /** Those that are found by their id too, which takes no plan. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'update': 'c', 'updates': [{'q': {'_id': 1}, 'u': [{'$set': {'x': 1}}]}]}",
                "{'update': 'c', 'updates': [{'q': {'_id': 9}, 'u': {'$set': {'x': 1}}, 'upsert': true}]}",
                "{'update': 'c', 'updates': [{'q': {}, 'u': [{'$set': {'x': 2}}], 'multi': true}]}",
                "{'findAndModify': 'c', 'query': {'_id': 1}, 'update': [{'$set': {'x': 1}}]}",
                "{'findAndModify': 'c', 'query': {'_id': 1}, 'remove': true}",
                "{'delete': 'c', 'deletes': [{'q': {'_id': 1}, 'limit': 1}]}",
            })
    void writes_hold_theirs_as_long_as_they_work(String command) {
        Value cursor = cursorOf(run(with(FIND, value(5 << 20))));
        Document before = run(Json.doc("{'aggregate': 'c', 'pipeline': [], 'cursor': {}}"));

        Document answer = run(with(command, value(5 << 20)));
        Value code = answer.get("code");
        if (answer.get("writeErrors") instanceof ArrayValue errors) {
            code = ((Document) errors.elements().getFirst()).get("code");
        }

        assertEquals(Value.of(365), code, answer.toString());
        assertEquals(
                before.get("cursor"),
                run(Json.doc("{'aggregate': 'c', 'pipeline': [], 'cursor': {}}")).get("cursor"));
        kill(cursor);
        assertEquals(NOTHING, held());
        assertEquals(Value.of(1.0), run(with(command, value(5 << 20))).get("ok"));
        assertEquals(NOTHING, held());
    }

    /** What is held is asked now and then as the stages are at work. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_stages_of_a_write_are_at_work_while_its_variables_are_held(boolean returns) {
        DocumentCollection collection = smilodon.database("d").collection("c");
        Value stages =
                Json.value(
                        "[{'$set': {'n': {'$reduce': {'input': {'$range': [0, 5000]},"
                                + " 'initialValue': 0, 'in': {'$add': ['$$value', 1]}}}}}]");
        UpdateOptions options = UpdateOptions.DEFAULTS.withLet(value(2 << 20));
        Document filter = Json.doc("{'_id': 1}");
        List<Long> seen = new ArrayList<>();

        Steps.guarded(
                () -> seen.add(held().memoryBytes()),
                () ->
                        returns
                                ? collection.findOneAndUpdate(
                                        filter,
                                        stages,
                                        FindAndModifyOptions.DEFAULTS.withUpdate(options))
                                : collection.updateOne(filter, stages, options));

        assertEquals(Optional.of(Json.doc("{'_id': 1, 'n': 5000}")), collection.findOne(filter));
        assertTrue(seen.stream().anyMatch(bytes -> bytes >= 4 << 20), seen.toString());
        assertEquals(NOTHING, held());
    }

    /** About two bytes a character in memory. */
    private static Document value(int length) {
        return Document.of("v", Value.of("x".repeat(length)));
    }

    @Test
    void what_merge_binds_for_a_document_counts_while_that_is_changed() {
        String merge =
                "{'aggregate': 'c', 'cursor': {}, 'pipeline': [{'$merge': {'into': 'c', 'let':"
                        + " {'v': {'$range': [0, %d]}}, 'whenMatched': [{'$set': {'n': {'$size':"
                        + " '$$v'}}}]}}]}";

        Document refused = run(Json.doc(merge.formatted(1_000_000)));
        assertEquals(365, code(refused), refused.toString());
        assertEquals(NOTHING, held());

        Document done = run(Json.doc(merge.formatted(1_000)));
        assertEquals(0, code(done), done.toString());
        assertEquals(NOTHING, held());
    }

    @Test
    void one_request_holds_no_more_than_an_operation_may() {
        try (Smilodon small =
                Smilodon.inMemory(
                        DatabaseOptions.DEFAULTS.withOperations(
                                OperationLimits.DEFAULTS.withMemoryBytesMax(1 << 20)))) {
            Document answer = Commands.run(CommandContext.of(small, "d"), with(FIND, large()));
            assertEquals(292, code(answer));
            assertEquals(NOTHING, small.statistics().held());
        }
    }
}
