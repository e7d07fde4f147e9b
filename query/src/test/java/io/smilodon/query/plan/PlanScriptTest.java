package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans and results side by side, from the scripts under {@code plans}. A scenario starts with a
 * comment and its own empty collection. {@code explain} shows the plan, {@code unused} the reasons
 * of the other indexes, {@code find} the results.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanScriptTest {

    private static final String OPTIONS = " (?=(?:sort|project|limit|skip|hint|allow|count)\\b)";

    private static final EvaluationContext NOTHING_BOUND =
            EvaluationContext.of(Document.EMPTY, new DateValue(0));

    static Stream<Scenario> scenarios() throws IOException {
        return Stream.of("bounds", "order", "cover", "choice", "unique")
                .flatMap(name -> read("/plans/" + name + ".txt").stream());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plans_and_results_are_as_written(Scenario scenario) {
        TestCollection collection = new TestCollection();
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (String line : scenario.lines) {
            expected.add(line);
            if (!line.startsWith("= ")) {
                actual.add(line);
                actual.addAll(output(collection, line));
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    private static List<String> output(TestCollection collection, String line) {
        String[] words = line.split(" ", 2);
        List<String> output =
                switch (words[0]) {
                    case "index" -> {
                        collection.createIndex(words[1]);
                        yield List.of();
                    }
                    case "insert" -> {
                        collection.insert(words[1].split("(?<=\\}) (?=\\{\"_id\")"));
                        yield List.of();
                    }
                    case "explain" ->
                            PlanText.tree(plan(collection, words[1]).winningPlan())
                                    .lines()
                                    .toList();
                    case "unused" -> unused(plan(collection, words[1]));
                    case "find" -> results(collection, words[1]);
                    default -> throw new IllegalArgumentException(line);
                };
        return output.stream().map(text -> "= " + text).toList();
    }

    private static List<String> unused(PlanChoice choice) {
        return choice.unused().stream()
                .map(index -> index.index() + " " + index.reason().name())
                .toList();
    }

    private static List<String> results(TestCollection collection, String text) {
        return collection.run(plan(collection, text).winningPlan()).stream()
                .map(document -> ExtendedJson.write(document, JsonMode.RELAXED))
                .toList();
    }

    private static Predicate filter(String text) {
        return PredicateParser.parseQuery(json(text), Location.ROOT, Set.of());
    }

    private static PlanChoice plan(TestCollection collection, String text) {
        String[] parts = text.split(OPTIONS);
        Query query = Query.of(filter(parts[0]).within(NOTHING_BOUND));
        for (int i = 1; i < parts.length; i++) {
            query = with(query, parts[i].split(" ", 2));
        }
        return QueryPlanner.plan(query, collection.structure().allowing(allowed(parts)));
    }

    /** The indexes that the option {@code allow} names, as an index filter does. */
    private static AllowedIndexes allowed(String[] parts) {
        return Stream.of(parts)
                .filter(part -> part.startsWith("allow "))
                .map(part -> ExtendedJson.readValue(part.substring("allow ".length())))
                .map(names -> ((ArrayValue) names).elements())
                .map(names -> new AllowedIndexes(names, AllowedIndexes.Origin.FILTER))
                .findFirst()
                .orElse(AllowedIndexes.ALL);
    }

    private static Query with(Query query, String[] option) {
        return switch (option[0]) {
            case "sort" -> query.withSort(SortPattern.parse(json(option[1])));
            case "project" ->
                    query.withProjection(
                            ProjectionParser.forFind(json(option[1]), Location.ROOT),
                            json(option[1]));
            case "limit" -> query.withLimit(Long.parseLong(option[1]));
            case "skip" -> query.withSkip(Long.parseLong(option[1]));
            case "hint" -> query.withHint(Hint.parse(ExtendedJson.readValue(option[1])));
            case "count" -> query.counted();
            case "allow" -> query;
            default -> throw new IllegalArgumentException(option[0]);
        };
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    private static List<Scenario> read(String resource) {
        List<Scenario> scenarios = new ArrayList<>();
        for (String line : text(resource).split("\n")) {
            if (line.startsWith("# ")) {
                scenarios.add(new Scenario(line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank()) {
                scenarios.get(scenarios.size() - 1).lines.add(line);
            }
        }
        return scenarios;
    }

    private static String text(String resource) {
        try (InputStream stream = PlanScriptTest.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    private record Scenario(String title, List<String> lines) {

        @Override
        public String toString() {
            return title;
        }
    }
}
