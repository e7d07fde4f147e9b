package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Holds the planner to the plans that an expert would choose: the table {@code expert.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpertPlansTest {

    private static final int ORDERS = 2_000;
    private static final String OPTIONS = " (?=(?:sort|project|limit|count)\\b)";

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

    @Test
    void each_situation_has_the_plan_that_an_expert_would_choose() {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        TestCollection orders = new TestCollection();
        boolean isFilled = false;
        for (String line : lines()) {
            expected.add(line);
            if (line.startsWith("index ")) {
                orders = isFilled ? new TestCollection() : orders;
                isFilled = false;
                orders.createIndex(line.substring("index ".length()));
            }
            if (line.startsWith("find ")) {
                if (!isFilled) {
                    isFilled = true;
                    fill(orders);
                }
                actual.add(line);
                actual.add("= " + plan(line.substring("find ".length()), orders));
            } else if (!line.startsWith("= ")) {
                actual.add(line);
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    private static void fill(TestCollection orders) {
        for (int id = 0; id < ORDERS; id++) {
            orders.insert(order(id));
        }
    }

    private static String plan(String text, TestCollection orders) {
        String[] parts = text.split(OPTIONS);
        Query query = Query.of(PredicateParser.parse(json(parts[0])));
        for (int at = 1; at < parts.length; at++) {
            query = with(query, parts[at].split(" ", 2));
        }
        return PlanDecision.way(QueryPlanner.plan(query, orders.sampled(500)).winningPlan());
    }

    private static Query with(Query query, String[] option) {
        return switch (option[0]) {
            case "sort" -> query.withSort(SortPattern.parse(json(option[1])));
            case "limit" -> query.withLimit(Long.parseLong(option[1]));
            case "count" -> query.counted();
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

    private static List<String> lines() {
        try (InputStream in = ExpertPlansTest.class.getResourceAsStream("/plans/expert.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
