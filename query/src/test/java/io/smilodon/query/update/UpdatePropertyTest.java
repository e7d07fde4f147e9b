package io.smilodon.query.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdatePropertyTest {

    private static final String[] STEPS = {"a", "b", "c", "0", "1", "3", "10"};
    private static final String[] OPERATORS = {"$set", "$unset", "$inc", "$push"};
    private static final UpdateContext CONTEXT = UpdateContext.ofUpdate(new DateValue(0));

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private record Operation(String operator, Value operand) {}

    @RepeatedTest(500)
    void updates_do_what_a_naive_implementation_does() {
        Document before = document(3);
        Map<String, Operation> operations = operations();
        Update update = Update.parse(written(operations));

        assertEquals(
                expected(before, operations),
                actual(before, update),
                () -> "seed " + seed + ": " + before + " " + operations);
    }

    @RepeatedTest(500)
    void an_update_repeated_with_set_and_unset_changes_nothing_more() {
        Document before = document(3);
        Map<String, Operation> operations = operations();
        operations.values().removeIf(one -> !one.operator.matches("\\$(set|unset)"));
        Update update = Update.parse(written(operations));
        Document once;
        try {
            once = update.apply(before, CONTEXT);
        } catch (SmilodonException e) {
            assertTrue(e.code().number() == 28, () -> "seed " + seed + ": " + e);
            return;
        }

        assertSame(once, update.apply(once, CONTEXT), () -> "seed " + seed + ": " + before);
    }

    /** Many changes at once are made on a copy, few one after the other. */
    @RepeatedTest(500)
    void many_changes_do_what_few_do() {
        Document before = document(3);
        Document few =
                Document.builder()
                        .putAll(written(operations()))
                        .put("$rename", Document.of(path(), Value.of(path())))
                        .put("$setOnInsert", Document.of(path(), value(2)))
                        .build();
        DocumentBuilder more = Document.builder().putAll((Document) few.get("$set"));
        for (int i = 0; i < 10; i++) {
            more.put("z" + i, Value.of(i));
        }
        Document many = few.with("$set", more.build());
        UpdateContext context =
                random.nextBoolean() ? CONTEXT : UpdateContext.ofInsert(new DateValue(0));

        assertEquals(
                withoutOthers(before, few, context),
                withoutOthers(before, many, context),
                () -> "seed " + seed + ": " + before + " " + few);
    }

    private static Object withoutOthers(Document before, Document update, UpdateContext context) {
        try {
            Document after = Update.parse(update).apply(before, context);
            for (int i = 0; i < 10; i++) {
                after = after.without("z" + i);
            }
            return after;
        } catch (SmilodonException e) {
            return e.code().number();
        }
    }

    private static Object actual(Document before, Update update) {
        try {
            return update.apply(before, CONTEXT);
        } catch (SmilodonException e) {
            return e.code().number();
        }
    }

    private static Object expected(Document before, Map<String, Operation> operations) {
        Map<String, Operation> inOrder =
                new TreeMap<>(Comparator.comparing(UpdatePropertyTest::key));
        inOrder.putAll(operations);
        NaiveUpdate naive = new NaiveUpdate(before);
        try {
            for (Map.Entry<String, Operation> one : inOrder.entrySet()) {
                naive.apply(one.getValue().operator, one.getKey(), one.getValue().operand);
            }
        } catch (NaiveUpdate.Refused e) {
            return e.code;
        }
        return naive.result();
    }

    /** A text that sorts like the path: numbers padded, so that they sort by value. */
    private static String key(String path) {
        return path.replaceAll("\\b(\\d)\\b", "0$1");
    }

    /** Few of them are carried out one after the other, many on an open document. */
    private Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 30);
        for (int i = 0; i < count; i++) {
            String path = path();
            boolean conflicts =
                    operations.keySet().stream()
                            .anyMatch(
                                    other ->
                                            (other + ".").startsWith(path + ".")
                                                    || (path + ".").startsWith(other + "."));
            if (!conflicts) {
                String operator = OPERATORS[random.nextInt(OPERATORS.length)];
                Value operand = operator.equals("$inc") ? Value.of(random.nextInt(3)) : value(2);
                operations.put(path, new Operation(operator, operand));
            }
        }
        return operations;
    }

    private static Document written(Map<String, Operation> operations) {
        DocumentBuilder builder = Document.builder();
        for (String operator : OPERATORS) {
            DocumentBuilder fields = Document.builder();
            operations.forEach(
                    (path, one) -> {
                        if (one.operator.equals(operator)) {
                            fields.put(path, one.operand);
                        }
                    });
            builder.put(operator, fields.build());
        }
        return builder.build();
    }

    private String path() {
        int length = 1 + random.nextInt(3);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(STEPS[random.nextInt(STEPS.length)]);
        }
        return String.join(".", steps);
    }

    private Document document(int depth) {
        DocumentBuilder builder = Document.builder();
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            builder.put(STEPS[random.nextInt(STEPS.length)], value(depth - 1));
        }
        return builder.build();
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 3)) {
            case 0 -> Value.of(random.nextInt(5));
            case 1 -> Value.of("text");
            case 2 -> NullValue.INSTANCE;
            case 3, 4 -> {
                List<Value> elements = new ArrayList<>();
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    elements.add(value(depth - 1));
                }
                yield ArrayValue.of(elements);
            }
            default -> document(depth - 1);
        };
    }
}
