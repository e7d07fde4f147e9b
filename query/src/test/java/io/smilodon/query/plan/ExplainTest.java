package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.Explain;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExplainTest {

    private final TestCollection collection = new TestCollection();

    private Document queryPlanner(Query query) {
        return Explain.queryPlanner(
                TestCollection.NAMESPACE,
                query,
                QueryPlanner.plan(query, collection.structure()),
                AllowedIndexes.ALL);
    }

    private Document executionStats(Query query) {
        PlanChoice choice = QueryPlanner.plan(query, collection.structure());
        ExecutionCounts counts =
                PlanExecutor.measure(
                        choice.winningPlan(), collection, OperationContext.unlimited());
        return Explain.executionStats(query, choice, counts);
    }

    private static Query query(String filter) {
        return Query.of(PredicateParser.parse(ExtendedJson.readDocument(filter)));
    }

    private static Value at(Document document, String path) {
        Value value = document;
        for (String step : path.split("/")) {
            value =
                    value instanceof ArrayValue array
                            ? array.get(Integer.parseInt(step))
                            : ((Document) value).get(step);
        }
        return value;
    }

    private static void assertAt(String expected, Document document, String path) {
        assertEquals(ExtendedJson.readValue(expected), at(document, path), path);
    }

    /** Not a long, as in MongoDB. */
    private static void assertCount(int expected, Document document, String path) {
        assertEquals(new Int32Value(expected), at(document, path), path);
    }

    @Test
    void the_plan_has_the_shape_of_mongodb() {
        collection.createIndex("{\"key\": {\"tags\": 1, \"year\": -1}}");
        collection.createIndex("{\"key\": {\"other\": 1}}");
        collection.insert("{\"_id\": 1, \"tags\": [\"x\"], \"year\": 1999}");

        Document planner = queryPlanner(query("{\"tags\": \"x\", \"z\": 1}"));

        assertAt("\"test.things\"", planner, "namespace");
        assertAt("\"FETCH\"", planner, "winningPlan/stage");
        assertAt("\"IXSCAN\"", planner, "winningPlan/inputStage/stage");
        assertAt("{\"tags\": 1, \"year\": -1}", planner, "winningPlan/inputStage/keyPattern");
        assertAt("\"tags_1_year_-1\"", planner, "winningPlan/inputStage/indexName");
        assertAt("true", planner, "winningPlan/inputStage/isMultiKey");
        assertAt(
                "{\"tags\": [\"tags\"], \"year\": []}",
                planner,
                "winningPlan/inputStage/multiKeyPaths");
        assertAt("false", planner, "winningPlan/inputStage/isUnique");
        assertAt("\"forward\"", planner, "winningPlan/inputStage/direction");
        assertAt(
                "{\"tags\": [\"[\\\"x\\\", \\\"x\\\"]\"], \"year\": [\"[MaxKey, MinKey]\"]}",
                planner,
                "winningPlan/inputStage/indexBounds");
        assertAt("\"COLLSCAN\"", planner, "rejectedPlans/0/stage");
        assertTrue(((Document) at(planner, "rejectedPlans/0")).has("cost"));
        assertAt("\"other_1\"", planner, "unusedIndexes/0/index");
        assertAt("\"FIRST_FIELD_NOT_IN_FILTER\"", planner, "unusedIndexes/0/code");
        assertFalse(planner.get("parsedQuery").equals(Document.EMPTY));
    }

    /** Rule 122: the counts include what was looked at in vain. */
    @Test
    void execution_counts_what_was_read() {
        collection.createIndex("{\"key\": {\"a\": 1}}");
        collection.insert(
                "{\"_id\": 1, \"a\": 1, \"b\": 1}",
                "{\"_id\": 2, \"a\": 1, \"b\": 2}",
                "{\"_id\": 3, \"a\": 2, \"b\": 2}");

        Document statistics = executionStats(query("{\"a\": 1, \"b\": 2}"));

        assertCount(1, statistics, "nReturned");
        assertCount(2, statistics, "totalDocsExamined");
        assertCount(2, statistics, "totalKeysExamined");
        assertCount(1, statistics, "executionStages/nReturned");
        assertCount(2, statistics, "executionStages/docsExamined");
        assertCount(2, statistics, "executionStages/inputStage/nReturned");
    }

    /** Entries are read ahead of their documents, but none in vain. */
    @ParameterizedTest
    @CsvSource({"0, 1, 2", "0, 7, 14", "3, 40, 86", "0, 99, 198", "90, 9, 198", "0, 500, 200"})
    void a_limit_reads_no_more_entries_than_it_needs(int skip, int limit, int examined) {
        collection.createIndex("{\"key\": {\"a\": 1}}");
        for (int id = 0; id < 200; id++) {
            collection.insert(
                    Document.of("_id", Value.of(id))
                            .with("a", Value.of(id))
                            .with("b", Value.of(id % 2)));
        }
        Query odd = query("{\"a\": {\"$gte\": 0}, \"b\": 1}");

        Document statistics =
                executionStats(
                        odd.withSort(SortPattern.parse(Document.of("a", Value.of(1))))
                                .withSkip(skip)
                                .withLimit(limit));

        assertCount(examined, statistics, "totalDocsExamined");
        assertCount(examined, statistics, "totalKeysExamined");
    }

    @Test
    void a_covered_plan_reads_no_documents() {
        collection.createIndex("{\"key\": {\"a\": 1}}");
        collection.insert("{\"_id\": 1, \"a\": 1}", "{\"_id\": 2, \"a\": 2}");

        Document statistics = executionStats(query("{\"a\": {\"$gte\": 1}}").counted());

        assertCount(2, statistics, "nReturned");
        assertCount(0, statistics, "totalDocsExamined");
        assertAt("\"COUNT\"", statistics, "executionStages/stage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"year\": 1} | IXSCAN year_1",
                "{\"_id\": 1} | IDHACK",
                "{\"x\": 1} | COLLSCAN",
                "{\"year\": {\"$in\": []}} | EOF"
            })
    void the_summary_names_how_documents_are_found(String filter, String expected) {
        collection.createIndex("{\"key\": {\"year\": 1}}");
        collection.insert("{\"_id\": 1, \"year\": 1}");
        PlanChoice choice = QueryPlanner.plan(query(filter), collection.structure());

        assertEquals(expected, PlanText.summary(choice.winningPlan()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nosuch_1\"", "{\"nosuch\": 1}", "{\"a\": -1}"})
    void a_hint_at_no_index_is_refused(String hint) {
        collection.createIndex("{\"key\": {\"a\": 1}}");
        Query hinted = query("{}").withHint(Hint.parse(ExtendedJson.readValue(hint)));

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> QueryPlanner.plan(hinted, collection.structure()));

        assertEquals(2, error.code().number());
        assertEquals("hint provided does not correspond to an existing index", error.template());
    }

    @Test
    void a_hint_at_two_indexes_is_refused() {
        collection.createIndex("{\"key\": {\"a\": 1}}");
        collection.createIndex("{\"key\": {\"a\": 1}, \"name\": \"u\", \"unique\": true}");
        Query hinted = query("{}").withHint(new Hint.ByPattern(Document.of("a", Value.of(1.0))));

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> QueryPlanner.plan(hinted, collection.structure()));

        assertEquals(27, error.code().number());
    }

    @ParameterizedTest
    @CsvSource({"5, 9", "{\"$natural\": 2}, 2", "[1], 9"})
    void a_hint_of_another_form_is_refused(String hint, int code) {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class, () -> Hint.parse(ExtendedJson.readValue(hint)));

        assertEquals(code, error.code().number());
    }

    @Test
    void a_cancelled_operation_stops_within_128_documents() {
        for (int id = 0; id < 300; id++) {
            collection.insert(Document.of("_id", Value.of(id)));
        }
        OperationContext operation = OperationContext.unlimited();
        PlanStage plan =
                QueryPlanner.plan(Query.of(Predicate.everything()), collection.structure())
                        .winningPlan();
        try (Cursor cursor = PlanExecutor.open(plan, collection, operation)) {
            assertTrue(cursor.advance());
            operation.cancel();

            SmilodonException error =
                    assertThrows(SmilodonException.class, () -> advance(cursor, 128));
            assertEquals(11601, error.code().number());
        }
    }

    private static void advance(Cursor cursor, int steps) {
        for (int i = 0; i < steps; i++) {
            cursor.advance();
        }
    }

    /** A sort holds what it sorts; beyond the budget it goes to disk. */
    @Test
    void a_sort_beyond_its_memory_goes_on_on_disk() {
        String text = "x".repeat(1 << 20);
        for (int id = 10; id < 70; id++) {
            collection.insert(Document.of("_id", Value.of(id)).with("a", Value.of(id + text)));
        }
        Query sorted =
                Query.of(Predicate.everything())
                        .withSort(SortPattern.parse(Document.of("a", Value.of(-1))));

        List<Document> found = collection.run(plan(sorted));

        assertEquals(60, found.size());
        assertEquals(Value.of(69), found.get(0).get("_id"));
        assertEquals(Value.of(10), found.get(59).get("_id"));
        assertEquals(found.subList(0, 3), collection.run(plan(sorted.withLimit(3))));
    }

    @ParameterizedTest
    @CsvSource({"100_000_000, false", "2_000_000, true"})
    void a_sort_says_whether_it_used_the_disk(String budget, boolean usedDisk) {
        for (int id = 0; id < 300; id++) {
            collection.insert(
                    Document.of("_id", Value.of(id)).with("t", Value.of("x".repeat(5_000))));
        }
        Query query =
                Query.of(Predicate.everything())
                        .withSort(SortPattern.parse(Document.of("t", Value.of(1))));
        PlanChoice choice = QueryPlanner.plan(query, collection.structure());
        OperationContext operation =
                OperationContext.within(0, Long.parseLong(budget.replace("_", "")));
        ExecutionCounts counts = PlanExecutor.measure(choice.winningPlan(), collection, operation);

        Document stats = Explain.executionStats(query, choice, counts);

        Document stage = (Document) stats.get("executionStages");
        assertEquals(Value.of("SORT"), stage.get("stage"));
        assertEquals(Value.of(usedDisk), stage.get("usedDisk"));
    }

    /** Each branch is planned with all other conditions: hundreds of both would take seconds. */
    @Test
    void disjunctions_that_would_take_too_long_to_plan_are_read_by_a_scan() {
        collection.createIndex("{\"key\": {\"a\": 1}, \"name\": \"a_1\"}");
        collection.insert("{\"_id\": 1, \"a\": 5}", "{\"_id\": 2, \"a\": 6}");
        Query few = disjunctions(3);
        Query many = disjunctions(100);

        assertTrue(text(few).contains("\"OR\""));
        assertFalse(text(many).contains("\"OR\""));
        assertEquals(1, collection.run(plan(few)).size());
        assertEquals(1, collection.run(plan(many)).size());
    }

    private String text(Query query) {
        return ExtendedJson.write(queryPlanner(query), JsonMode.RELAXED);
    }

    /** So many of them, of as many branches. */
    private static Query disjunctions(int count) {
        List<Predicate> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Predicate> branches = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                String branch = "{\"a\": 5, \"b\": {\"$ne\": %d}}".formatted(i * count + j);
                branches.add(PredicateParser.parse(ExtendedJson.readDocument(branch)));
            }
            all.add(new Predicate.Or(branches));
        }
        return Query.of(new Predicate.And(all));
    }

    private PlanStage plan(Query query) {
        return QueryPlanner.plan(query, collection.structure()).winningPlan();
    }
}
