package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.testing.ListCursor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StageCursorTest {

    private static final int MANY = 120;

    /** About two megabytes each in memory, all the same object. */
    private static List<Document> large() {
        return Collections.nCopies(
                MANY, Document.builder().put("_id", 1).put("text", "x".repeat(1 << 20)).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$bucketAuto\": {\"groupBy\": \"$n\", \"buckets\": 2}}",
                "{\"$count\": \"n\"}",
                "{\"$densify\": {\"field\": \"n\", \"range\": {\"step\": 9, \"bounds\": \"full\"}}}",
                "{\"$facet\": {\"all\": [{\"$limit\": 1}, {\"$count\": \"n\"}]}}",
                "{\"$fill\": {\"output\": {\"n\": {\"method\": \"locf\"}}}}",
                "{\"$group\": {\"_id\": \"$_id\"}}",
                "{\"$sample\": {\"size\": 3}}",
                "{\"$setWindowFields\": {\"output\": {\"n\": {\"$count\": {}}}}}",
                "{\"$sort\": {\"_id\": 1}}"
            })
    void a_thousand_stages_that_read_their_whole_input_need_no_deep_stack(String stage)
            throws InterruptedException, ExecutionException {
        String stages = "[" + String.join(", ", Collections.nCopies(1_000, stage)) + "]";
        StageContext context = new MemoryCollections(OperationContext.unlimited(), Map.of());
        List<Document> two =
                List.of(
                        Document.builder().put("_id", 1).build(),
                        Document.builder().put("_id", 2).build());
        Cursor cursor = open(stages, two, context);
        FutureTask<Boolean> task =
                new FutureTask<>(
                        () -> {
                            try (cursor) {
                                return cursor.advance();
                            }
                        });

        Thread.ofPlatform().stackSize(256 << 10).start(task).join();

        assertTrue(task.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"$group\": {\"_id\": null, \"all\": {\"$push\": \"$text\"}}}]",
                "[{\"$sample\": {\"size\": 1000}}]",
                "[{\"$setWindowFields\": {\"output\": {\"n\": {\"$count\": {}}}}}]",
                "[{\"$fill\": {\"output\": {\"n\": {\"method\": \"locf\"}}}}]",
                "[{\"$group\": {\"_id\": 1, \"a\": {\"$lastN\": {\"input\": \"$text\", \"n\": 999}}}}]",
                "[{\"$lookup\": {\"from\": \"other\", \"pipeline\": [], \"as\": \"found\"}}]",
                "[{\"$facet\": {\"all\": []}}]",
                "[{\"$limit\": 1}, {\"$facet\": {\"all\": [{\"$unionWith\": \"other\"}]}}]"
            })
    void what_does_not_fit_into_memory_is_refused(String pipeline) {
        StageContext context =
                new MemoryCollections(OperationContext.unlimited(), Map.of("other", large()));

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> ListCursor.drain(open(pipeline, large(), context)));

        assertEquals(ErrorCode.QUERY_EXCEEDED_MEMORY_LIMIT, error.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"$sort\": {\"a\": 1}}, {\"$limit\": 2}]",
                "[{\"$group\": {\"_id\": \"$text\", \"n\": {\"$sum\": 1}}}]",
                "[{\"$group\": {\"_id\": null, \"set\": {\"$addToSet\": \"$text\"}}}]",
                "[{\"$sample\": {\"size\": 2}}]",
                "[{\"$bucketAuto\": {\"groupBy\": \"$_id\", \"buckets\": 2}}]",
                "[{\"$group\": {\"_id\": 1, \"a\": {\"$lastN\": {\"input\": \"$text\", \"n\": 2}}}}]",
                "[{\"$match\": {\"_id\": 1}}, {\"$count\": \"n\"}]"
            })
    void what_keeps_little_takes_little_memory_and_gives_it_back(String pipeline) {
        MemoryCollections context = MemoryCollections.none();
        Pipeline parsed = Pipeline.parse(ExtendedJson.readArray(pipeline), Location.ROOT);

        List<Document> result =
                ListCursor.drain(
                        PipelineRules.optimize(parsed).open(new ListCursor(large()), context));

        assertFalse(result.isEmpty());
        context.operation().reserve("everything is free again", OperationContext.MEMORY_BYTES_MAX);
    }

    @Test
    void closing_a_pipeline_closes_its_input() {
        ListCursor input = new ListCursor(large());
        String stages =
                """
                [{"$match": {}}, {"$unwind": "$a"}, {"$sort": {"a": 1}}, {"$group": {"_id": 1}},
                 {"$count": "n"}, {"$sample": {"size": 1}}, {"$limit": 1}, {"$project": {"a": 1}},
                 {"$lookup": {"from": "o", "pipeline": [], "as": "x"}}]
                """;
        Cursor cursor = open(stages, input, MemoryCollections.none());
        cursor.close();

        assertTrue(input.isClosed());
    }

    @Test
    void a_limit_reads_no_further_than_it_must() {
        ListCursor input = new ListCursor(large());

        try (Cursor cursor =
                Pipeline.parse(ExtendedJson.readArray("[{\"$limit\": 3}]"), Location.ROOT)
                        .open(input, MemoryCollections.none())) {
            while (cursor.advance()) {
                assertEquals(Document.class.cast(cursor.current()), large().get(0));
            }
        }

        assertEquals(3, input.reads());
    }

    @Test
    void a_cancelled_operation_stops_while_a_stage_reads_its_input() {
        MemoryCollections context = MemoryCollections.none();
        context.operation().cancel();

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                ListCursor.drain(
                                        open("[{\"$group\": {\"_id\": 1}}]", large(), context)));

        assertEquals(ErrorCode.INTERRUPTED, error.code());
    }

    @Test
    void a_cursor_at_its_end_stays_there() {
        for (String stages :
                List.of(
                        "[{\"$group\": {\"_id\": 1}}]",
                        "[{\"$count\": \"n\"}]",
                        "[{\"$sample\": {\"size\": 1}}]",
                        "[{\"$bucketAuto\": {\"groupBy\": \"$_id\", \"buckets\": 2}}]",
                        "[{\"$setWindowFields\": {\"output\": {\"n\": {\"$count\": {}}}}}]",
                        "[{\"$densify\": {\"field\": \"_id\", \"range\": {\"step\": 1, \"bounds\": \"full\"}}}]",
                        "[{\"$limit\": 1}]",
                        "[{\"$unwind\": \"$_id\"}]")) {
            Cursor cursor =
                    open(
                            stages,
                            List.of(Document.EMPTY.with("_id", large().get(0).get("_id"))),
                            MemoryCollections.none());
            assertTrue(cursor.advance(), stages);
            assertFalse(cursor.advance(), stages);
            assertFalse(cursor.advance(), stages);
            cursor.close();
        }
    }

    @Test
    void an_unknown_stage_is_answered_with_the_one_that_was_meant() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                Pipeline.parse(
                                        ExtendedJson.readArray("[{\"$gruop\": {}}]"),
                                        Location.ROOT));

        assertEquals("did you mean $group?", error.hint().orElse("none"));
    }

    @Test
    void a_pipeline_has_a_thousand_stages_at_most() {
        Document stage = ExtendedJson.readDocument("{\"$skip\": 1}");
        Pipeline.parse(ArrayValue.of(Collections.nCopies(1_000, stage)), Location.ROOT);

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                Pipeline.parse(
                                        ArrayValue.of(Collections.nCopies(1_001, stage)),
                                        Location.ROOT));

        assertEquals(7749501, error.code().number());
    }

    private static Cursor open(String pipeline, List<Document> documents, StageContext context) {
        return open(pipeline, new ListCursor(documents), context);
    }

    private static Cursor open(String pipeline, Cursor input, StageContext context) {
        return Pipeline.parse(ExtendedJson.readArray(pipeline), Location.ROOT).open(input, context);
    }
}
