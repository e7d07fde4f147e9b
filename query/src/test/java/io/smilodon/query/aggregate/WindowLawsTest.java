package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.testing.ListCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every accumulator over moving windows against one that starts anew in each window. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WindowLawsTest {

    private static final String PERCENTILES =
            "{'input': '$x', 'p': [0, 0.3, 1], 'method': 'approximate'}";

    /** An operand for each accumulator. */
    private static final Map<String, String> OPERANDS =
            Map.ofEntries(
                    Map.entry("$addToSet", "'$x'"),
                    Map.entry("$avg", "'$x'"),
                    Map.entry("$bottom", "{'sortBy': {'x': 1}, 'output': '$y'}"),
                    Map.entry("$bottomN", "{'n': 2, 'sortBy': {'x': 1, 'y': -1}, 'output': '$x'}"),
                    Map.entry("$concatArrays", "'$a'"),
                    Map.entry("$count", "{}"),
                    Map.entry("$first", "'$x'"),
                    Map.entry("$firstN", "{'n': 2, 'input': '$x'}"),
                    Map.entry("$geoBounds", "'$a'"),
                    Map.entry("$last", "'$x'"),
                    Map.entry("$lastN", "{'n': 2, 'input': '$x'}"),
                    Map.entry("$max", "'$x'"),
                    Map.entry("$maxN", "{'n': 2, 'input': '$x'}"),
                    Map.entry("$median", "{'input': '$x', 'method': 'approximate'}"),
                    Map.entry("$min", "'$x'"),
                    Map.entry("$minN", "{'n': 2, 'input': '$x'}"),
                    Map.entry("$percentile", PERCENTILES),
                    Map.entry("$push", "'$x'"),
                    Map.entry("$setUnion", "'$a'"),
                    Map.entry("$stdDevPop", "'$x'"),
                    Map.entry("$stdDevSamp", "'$x'"),
                    Map.entry("$sum", "'$x'"),
                    Map.entry("$top", "{'sortBy': {'x': -1}, 'output': '$y'}"),
                    Map.entry("$topN", "{'n': 3, 'sortBy': {'x': 1}, 'output': ['$x', '$y']}"));

    @Test
    void every_accumulator_but_one_is_a_window_function_and_is_tried() {
        Set<String> names = new HashSet<>(Accumulators.names());
        names.remove("$mergeObjects");
        assertEquals(names, OPERANDS.keySet());
    }

    @RepeatedTest(40)
    void a_moving_window_gives_what_a_new_one_gives() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<Document> rows = rows(random);
        boolean isRange = random.nextBoolean();
        Optional<Integer> lower = bound(random);
        Optional<Integer> upper =
                bound(random).map(high -> Math.max(high, lower.orElse(Integer.MIN_VALUE)));
        String window =
                (isRange ? "{'range': [" : "{'documents': [")
                        + lower.map(String::valueOf).orElse("'unbounded'")
                        + ", "
                        + upper.map(String::valueOf).orElse("'unbounded'")
                        + "]}";

        List<Document> results = run(rows, stage(window));

        for (int row = 0; row < rows.size(); row++) {
            List<Document> seen =
                    isRange ? inRange(rows, row, lower, upper) : between(rows, row, lower, upper);
            for (String name : OPERANDS.keySet()) {
                String message = "seed " + seed + ": " + name + " " + window + " row " + row;
                assertSame(
                        naive(name, seen),
                        results.get(row).get(name.substring(1)),
                        message + " of " + seen);
            }
        }
    }

    /** Many documents and a wide window: each is added and removed once. */
    @Test
    void a_wide_window_costs_little_for_each_document() {
        Random random = new Random(5);
        List<Document> rows =
                IntStream.range(0, 6_000)
                        .mapToObj(
                                i ->
                                        Document.builder()
                                                .put("t", i)
                                                .put("x", random.nextInt(1000))
                                                .build())
                        .toList();
        StringBuilder output = new StringBuilder();
        for (String name :
                List.of("$sum", "$avg", "$min", "$stdDevPop", "$median", "$top", "$first")) {
            output.append(output.isEmpty() ? "" : ", ")
                    .append(field(name, "{'documents': [-2500, 2500]}"));
        }

        List<Document> results =
                run(
                        rows,
                        "[{'$setWindowFields': {'sortBy': {'t': 1}, 'output': {" + output + "}}}]");

        assertEquals(6_000, results.size());
    }

    private static String stage(String window) {
        List<String> fields = OPERANDS.keySet().stream().map(name -> field(name, window)).toList();
        return "[{'$setWindowFields': {'sortBy': {'t': 1}, 'output': {"
                + String.join(", ", fields)
                + "}}}]";
    }

    private static String field(String name, String window) {
        return "'%s': {'%s': %s, 'window': %s}"
                .formatted(name.substring(1), name, OPERANDS.get(name), window);
    }

    private static Optional<Integer> bound(Random random) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(random.nextInt(9) - 4);
    }

    /** Sorted by t, which has gaps and ties. */
    private static List<Document> rows(Random random) {
        List<Document> rows = new ArrayList<>();
        int t = 0;
        for (int i = random.nextInt(25); i > 0; i--) {
            t += random.nextInt(3);
            DocumentBuilder row = Document.builder().put("t", t).put("y", i);
            row.put("x", value(random));
            if (random.nextInt(4) > 0) {
                row.put("a", ArrayValue.of(Value.of(random.nextInt(3)), Value.of(i)));
            }
            row.put("o", Document.of("f" + random.nextInt(4), Value.of(i)));
            rows.add(row.build());
        }
        return rows;
    }

    private static Value value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Missing.INSTANCE;
            case 1 -> NullValue.INSTANCE;
            case 2 -> Value.of("text" + random.nextInt(2));
            case 3 -> Value.of(random.nextInt(8) / 4.0);
            case 4 -> Value.of((long) random.nextInt(5));
            default -> Value.of(random.nextInt(20) - 10);
        };
    }

    private static List<Document> between(
            List<Document> rows, int row, Optional<Integer> lower, Optional<Integer> upper) {
        return IntStream.range(0, rows.size())
                .filter(i -> lower.map(low -> i >= row + low).orElse(true))
                .filter(i -> upper.map(high -> i <= row + high).orElse(true))
                .mapToObj(rows::get)
                .toList();
    }

    private static List<Document> inRange(
            List<Document> rows, int row, Optional<Integer> lower, Optional<Integer> upper) {
        long t = t(rows.get(row));
        return rows.stream()
                .filter(other -> lower.map(low -> t(other) >= t + low).orElse(true))
                .filter(other -> upper.map(high -> t(other) <= t + high).orElse(true))
                .toList();
    }

    private static long t(Document row) {
        return ((NumberValue) row.get("t")).toLong();
    }

    private static Value naive(String name, List<Document> seen) {
        EvaluationContext context =
                EvaluationContext.of(Document.EMPTY, MemoryCollections.none().operation().now());
        Accumulation accumulation =
                Accumulators.parse(
                        ExtendedJson.readDocument(
                                json("{'" + name + "': " + OPERANDS.get(name) + "}")),
                        Location.ROOT,
                        new HashSet<>());
        Accumulator accumulator = accumulation.begin(context);
        seen.forEach(row -> accumulator.add(accumulation.argument().evaluate(context.on(row))));
        Value result = accumulator.result();
        return result == Missing.INSTANCE ? NullValue.INSTANCE : result;
    }

    private static void assertSame(Value expected, Value actual, String message) {
        if (message.contains("stdDev") && expected instanceof DoubleValue number) {
            double distance = number.value() - ((DoubleValue) actual).value();
            assertTrue(Math.abs(distance) < 1e-9, message + ": " + expected + ", " + actual);
        } else if (message.contains("$addToSet") || message.contains("$setUnion")) {
            // Of equal numbers any may stand for the others, and the order does not count.
            List<Value> one = sorted((ArrayValue) expected);
            List<Value> other = sorted((ArrayValue) actual);
            assertEquals(
                    0,
                    ValueOrder.ASCENDING.compare(ArrayValue.of(one), ArrayValue.of(other)),
                    message + ": " + one + ", " + other);
        } else {
            assertEquals(text(expected), text(actual), message);
        }
    }

    private static List<Value> sorted(ArrayValue set) {
        return set.elements().stream()
                .sorted(Comparator.comparing(value -> value, ValueOrder.ASCENDING))
                .toList();
    }

    private static String text(Value value) {
        return ExtendedJson.write(ArrayValue.of(value), JsonMode.CANONICAL);
    }

    private static List<Document> run(List<Document> rows, String pipeline) {
        return ListCursor.drain(
                Pipeline.parse(ExtendedJson.readArray(json(pipeline)), Location.ROOT)
                        .open(new ListCursor(rows), MemoryCollections.none()));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
