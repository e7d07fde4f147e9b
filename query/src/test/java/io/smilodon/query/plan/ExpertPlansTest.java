package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Holds the planner to the plans that an expert would choose: the tables {@code expert*.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpertPlansTest {

    private static final int DOCUMENTS = 2_000;
    private static final String OPTIONS = " (?=(?:sort|project|limit|count|collation)\\b)";
    private static final List<String> COLORS =
            List.of("red", "blue", "grey", "pink", "lime", "gold", "teal", "navy", "plum", "aqua");

    private static Document order(int id) {
        String country = id % 2 == 0 ? "de" : id % 4 == 1 ? "fr" : "c" + id % 40;
        int hundredth = id % 100;
        DocumentBuilder order =
                Document.builder()
                        .put("_id", id)
                        .put("status", hundredth == 0 ? "open" : hundredth < 20 ? "paid" : "done")
                        .put("customer", id * 7 % 200)
                        .put("total", id * 37 % 1000)
                        .put("day", id / 10)
                        .put("country", country)
                        .put("region", "r" + country)
                        .put("serial", id * 3)
                        .put(
                                "tags",
                                ArrayValue.of(Value.of("t" + id % 20), Value.of("t" + id % 30)));
        return id % 10 == 0 ? order.put("note", "n" + id).build() : order.build();
    }

    private static Document shop(int id) {
        int at = id * 617 % DOCUMENTS; // once each, in no order
        ArrayValue pair = ArrayValue.of(Value.of(at % 50 / 10.0), Value.of(at / 50 / 10.0));
        int hundredth = id % 100;
        DocumentBuilder shop =
                Document.builder()
                        .put("_id", id)
                        .put(
                                "place",
                                Document.of("type", Value.of("Point")).with("coordinates", pair))
                        .put("flat", pair)
                        .put("kind", kind(id))
                        .put("city", "c" + at / 50)
                        .put("rating", id * 7 % 50)
                        .put("owner", "Owner" + id % 1000)
                        .put(
                                "state",
                                hundredth == 1 ? "draft" : hundredth / 4 == 1 ? "closed" : "live")
                        .put("about", about(id))
                        .put("attrs", attributes(id));
        return id % 10 == 3 ? shop.put("phone", "p" + id).build() : shop.build();
    }

    private static String kind(int id) {
        int odd = id / 2;
        return id % 2 == 0 ? "cafe" : odd % 5 < 3 ? "bar" : rareKind(odd / 5 * 2 + odd % 5 - 3);
    }

    private static String rareKind(int number) {
        return number % 20 == 0 ? "zoo" : "k" + number % 20;
    }

    private static String about(int id) {
        return "shop" + (id % 2 == 0 ? " good" : "") + (id % 50 == 7 ? " rare" : "");
    }

    private static Document attributes(int id) {
        DocumentBuilder all =
                Document.builder().put("seats", id / 20).put("color", COLORS.get(id % 10));
        return id % 40 == 9 ? all.put("terrace", true).build() : all.build();
    }

    @Test
    void each_situation_has_the_plan_that_an_expert_would_choose() {
        check("expert", ExpertPlansTest::order);
    }

    @Test
    void so_has_each_situation_with_indexes_of_other_kinds() {
        check("expert-kinds", ExpertPlansTest::shop);
    }

    private static void check(String table, IntFunction<Document> documents) {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        TestCollection collection = new TestCollection();
        boolean isFilled = false;
        for (String line : lines(table)) {
            expected.add(line);
            if (line.startsWith("index ")) {
                collection = isFilled ? new TestCollection() : collection;
                isFilled = false;
                collection.createIndex(line.substring("index ".length()));
            }
            if (line.startsWith("find ")) {
                if (!isFilled) {
                    isFilled = true;
                    fill(collection, documents);
                }
                actual.add(line);
                actual.add("= " + plan(line.substring("find ".length()), collection));
            } else if (!line.startsWith("= ")) {
                actual.add(line);
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    private static void fill(TestCollection collection, IntFunction<Document> documents) {
        for (int id = 0; id < DOCUMENTS; id++) {
            collection.insert(documents.apply(id));
        }
    }

    private static String plan(String text, TestCollection collection) {
        String[] parts = text.split(OPTIONS);
        Query query = Query.of(PredicateParser.parseQuery(json(parts[0]), Location.ROOT, Set.of()));
        for (int at = 1; at < parts.length; at++) {
            query = with(query, parts[at].split(" ", 2));
        }
        return PlanDecision.way(QueryPlanner.plan(query, collection.sampled(500)).winningPlan());
    }

    private static Query with(Query query, String[] option) {
        return switch (option[0]) {
            case "sort" -> query.withSort(SortPattern.parse(json(option[1])));
            case "limit" -> query.withLimit(Long.parseLong(option[1]));
            case "count" -> query.counted();
            case "collation" ->
                    query.withCollation(
                            Collation.parse(json(option[1]), Location.ROOT).orElseThrow());
            case "project" -> {
                Document shown = json(option[1]);
                yield query.withProjection(ProjectionParser.forFind(shown, Location.ROOT), shown);
            }
            default -> throw new IllegalArgumentException(option[0]);
        };
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    private static List<String> lines(String table) {
        try (InputStream in =
                ExpertPlansTest.class.getResourceAsStream("/plans/" + table + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
