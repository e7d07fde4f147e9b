package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Random disjunctions whose branches several indexes provide in one order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MergedBranchesTest {

    private static final List<String> INDEXES =
            List.of(
                    "{\"a\": 1, \"s\": 1}",
                    "{\"b\": 1, \"s\": -1, \"t\": -1}",
                    "{\"c\": 1, \"d\": 1, \"s\": 1, \"t\": 1}",
                    "{\"d\": -1, \"t\": 1}",
                    "{\"w.$**\": 1, \"s\": 1}",
                    "{\"s\": 1, \"a\": 1}");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final boolean hasArrays = random.nextInt(3) == 0;

    @RepeatedTest(6)
    void merged_branches_give_what_a_scan_gives() {
        TestCollection collection = new TestCollection();
        for (int i = 0; i < INDEXES.size(); i++) {
            if (i < 3 || random.nextBoolean()) {
                collection.createIndex("{\"key\": " + INDEXES.get(i) + "}");
            }
        }
        for (int id = 0; id < 60; id++) {
            collection.tryInsert(document(id));
        }
        int merged = 0;
        for (int i = 0; i < 120; i++) {
            merged += check(collection);
        }
        int found = merged;
        assertTrue(found > 0, () -> "seed " + seed + ": nothing was merged");
    }

    private Document document(int id) {
        DocumentBuilder document = Document.builder().put("_id", id);
        for (String name : List.of("a", "b", "c", "d", "s", "t")) {
            if (random.nextInt(8) > 0) {
                document.put(name, value());
            }
        }
        document.put("w", Document.builder().put("x", value()).put("y", value()).build());
        if (hasArrays && random.nextInt(4) == 0) {
            document.put("s", ArrayValue.of(value(), value()));
        }
        return document.build();
    }

    private Value value() {
        return random.nextInt(9) == 0 ? NullValue.INSTANCE : Value.of(random.nextInt(5));
    }

    /** Says how many of the plans merge several indexes. */
    private int check(TestCollection collection) {
        Document filter =
                random.nextBoolean()
                        ? Document.of("$or", list(this::branch))
                        : Document.builder()
                                .put("$or", list(this::branch))
                                .put("t", Document.of("$lt", Value.of(4)))
                                .build();
        Query all = Query.of(PredicateParser.parse(filter)).withSort(sort());
        Query query = random.nextBoolean() ? all.withLimit(1 + random.nextInt(6)) : all;
        PlanChoice choice = QueryPlanner.plan(query, collection.structure());
        List<PlanStage> plans = new ArrayList<>(List.of(choice.winningPlan()));
        choice.rejected().forEach(plan -> plans.add(plan.stage()));
        int merged = 0;
        for (PlanStage plan : plans) {
            check(query, plan, collection);
            merged += PlanDecision.way(plan).matches(".*MERGE\\(.*,.*") ? 1 : 0;
        }
        return merged;
    }

    private Document branch() {
        String name = List.of("a", "a", "b", "b", "c", "d", "w.x", "w.y").get(random.nextInt(8));
        Value condition =
                switch (random.nextInt(4)) {
                    case 0 -> Document.of("$in", list(this::value));
                    case 1 -> Document.of("$gt", Value.of(random.nextInt(4)));
                    default -> value();
                };
        return name.equals("c") || random.nextInt(4) == 0
                ? Document.builder().put(name, condition).put("d", value()).build()
                : Document.of(name, condition);
    }

    private SortPattern sort() {
        String direction = random.nextBoolean() ? "1" : "-1";
        String sort =
                switch (random.nextInt(4)) {
                    case 0 -> "{\"s\": %s, \"t\": %s}";
                    case 1 -> "{\"t\": %s}";
                    default -> "{\"s\": %s}";
                };
        return SortPattern.parse(ExtendedJson.readDocument(sort.replace("%s", direction)));
    }

    private ArrayValue list(Supplier<? extends Value> element) {
        List<Value> elements = new ArrayList<>();
        int size = 2 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            elements.add(element.get());
        }
        return ArrayValue.of(elements);
    }

    private void check(Query query, PlanStage plan, TestCollection collection) {
        SortPattern sort = query.sort().orElseThrow();
        List<Document> expected =
                collection.documents().stream()
                        .filter(query.filter()::matches)
                        .sorted(sort.comparator())
                        .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                        .toList();
        List<Document> found = collection.run(plan);
        Supplier<String> failure =
                () -> "seed " + seed + ": " + PlanText.tree(plan) + " gives " + found;
        assertEquals(expected.size(), found.size(), failure);
        assertEquals(expected.size(), found.stream().distinct().count(), failure);
        for (int i = 0; i < found.size(); i++) {
            assertTrue(query.filter().matches(found.get(i)), failure);
            assertEquals(0, sort.comparator().compare(expected.get(i), found.get(i)), failure);
        }
    }
}
