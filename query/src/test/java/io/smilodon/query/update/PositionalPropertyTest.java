package io.smilodon.query.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BoundVariables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Paths with {@code $}, {@code $[]} and {@code $[x]} against {@link NaiveUpdate}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PositionalPropertyTest {

    private static final DateValue NOW = new DateValue(0);
    private static final String[] STEPS = {"a", "b", "0", "1", "$", "$[]", "$[]", "$[x]"};
    private static final String[] OPERATORS = {"$set", "$unset", "$inc"};
    private static final Document FILTER = Document.of("x", Document.of("$gte", Value.of(2)));

    private static final Document CONFLICT = Document.of("a", Value.of(1));

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private record Operation(String operator, String path, Value operand) {}

    @RepeatedTest(400)
    void elements_change_as_in_a_naive_implementation() {
        Document before = document(4);
        List<Operation> operations = operations();
        int position = random.nextInt(3);
        Object actual = actual(before, operations, position);
        if (actual.equals(Refusal.AT_PARSE)) {
            return; // paths that never go together, or a filter that is not used
        }

        assertEquals(
                expected(before, operations, position),
                actual,
                () -> "seed " + seed + ": " + before + " " + operations + " at " + position);
    }

    private enum Refusal {
        AT_PARSE
    }

    private static Object actual(Document before, List<Operation> operations, int position) {
        Update update;
        try {
            update = Update.parse(written(operations), scope(operations));
        } catch (SmilodonException e) {
            assertEquals(40, e.code().number(), e::getMessage);
            return Refusal.AT_PARSE;
        }
        try {
            return update.apply(
                    before, UpdateContext.ofUpdate(NOW).withMatched(OptionalInt.of(position)));
        } catch (SmilodonException e) {
            return e.code().number();
        }
    }

    private static UpdateScope scope(List<Operation> operations) {
        boolean isFiltered = operations.stream().anyMatch(one -> one.path.contains("$[x]"));
        return new UpdateScope(
                Location.ROOT,
                isFiltered ? List.of(FILTER) : List.of(),
                BoundVariables.none(NOW),
                Document.EMPTY);
    }

    private static Object expected(Document before, List<Operation> operations, int position) {
        NaiveUpdate naive = new NaiveUpdate(before);
        List<String> taken = new ArrayList<>();
        for (Operation one : operations) {
            for (String path : naive.concrete(resolved(one.path, position))) {
                if (taken.stream().anyMatch(other -> conflicts(other + ".", path + "."))) {
                    return 40;
                }
                taken.add(path);
            }
        }
        List<Operation> inOrder = new ArrayList<>(operations);
        inOrder.sort(Comparator.comparing(one -> key(one.path)));
        try {
            for (Operation one : inOrder) {
                naive.apply(one.operator, resolved(one.path, position), one.operand);
            }
        } catch (NaiveUpdate.Refused e) {
            return e.code;
        }
        return naive.result();
    }

    private static boolean conflicts(String left, String right) {
        return left.startsWith(right) || right.startsWith(left);
    }

    private static String resolved(String path, int position) {
        return path.replaceAll("\\$(?!\\[)", Integer.toString(position));
    }

    /** A text that sorts like the path: {@code $} between numbers and names, all others equal. */
    private static String key(String path) {
        return path.replaceAll("\\$\\[x?\\]", ";").replace('$', ':');
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String operator = OPERATORS[random.nextInt(OPERATORS.length)];
            Value operand = operator.equals("$inc") ? Value.of(1 + random.nextInt(2)) : value(1);
            operations.add(new Operation(operator, path(), operand));
        }
        int others = random.nextBoolean() ? 0 : 10; // so many are carried out on an open document
        for (int i = 0; i < others; i++) {
            operations.add(new Operation("$set", "z" + i, Value.of(i)));
        }
        operations.sort(Comparator.comparing(one -> List.of(OPERATORS).indexOf(one.operator)));
        return operations;
    }

    private static Document written(List<Operation> operations) {
        DocumentBuilder builder = Document.builder();
        for (String operator : OPERATORS) {
            List<Operation> own =
                    operations.stream().filter(one -> one.operator.equals(operator)).toList();
            DocumentBuilder fields = Document.builder();
            own.forEach(one -> fields.put(one.path, one.operand));
            boolean isRepeated = own.stream().map(Operation::path).distinct().count() < own.size();
            if (isRepeated) {
                return Document.builder().put("$set", CONFLICT).put("$inc", CONFLICT).build();
            }
            builder.put(operator, fields.build());
        }
        return builder.build();
    }

    private String path() {
        String path = random.nextBoolean() ? "a" : "b";
        int more = 1 + random.nextInt(3);
        for (int i = 0; i < more; i++) {
            String step = STEPS[random.nextInt(STEPS.length)];
            boolean isSecond = step.equals("$") && path.matches(".*\\$(?!\\[).*");
            path += "." + (isSecond ? "$[]" : step);
        }
        return path;
    }

    private Document document(int depth) {
        DocumentBuilder builder = Document.builder();
        for (String name : List.of("a", "b")) {
            if (random.nextInt(4) > 0) {
                builder.put(name, value(depth - 1));
            }
        }
        return builder.build();
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 1)) {
            case 0 -> Value.of(random.nextInt(4));
            case 1 -> document(depth - 1);
            default -> {
                List<Value> elements = new ArrayList<>();
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    elements.add(value(depth - 1));
                }
                yield ArrayValue.of(elements);
            }
        };
    }
}
