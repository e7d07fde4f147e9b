package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random documents and filters over few names and values, so that they often meet. */
final class RandomFilters {

    private static final String[] NAMES = {"a", "a", "b", "0", "1"};
    private static final String[] PATHS = {
        "a", "a", "b", "a.b", "a.0", "a.1", "a.b.a", "a.0.b", "a.1.0", "b.b", "a.a"
    };
    private static final String[] COMPARISONS = {"$eq", "$ne", "$gt", "$gte", "$lt", "$lte"};
    private static final String[] BITS = {
        "$bitsAllSet", "$bitsAnySet", "$bitsAllClear", "$bitsAnyClear"
    };
    private static final String[] TYPES = {"int", "double", "string", "array", "object", "null"};
    private static final String[] PATTERNS = {"^x", "^x$", "y", "^", "^x.*", "x|y"};

    private final Random random;

    RandomFilters(long seed) {
        random = new Random(seed);
    }

    Document document() {
        DocumentBuilder document = Document.builder();
        int fields = random.nextInt(3);
        for (int i = 0; i <= fields; i++) {
            document.put(pick(NAMES), value(3));
        }
        return document.build();
    }

    Document filter() {
        return filter(2);
    }

    private Document filter(int depth) {
        DocumentBuilder filter = Document.builder();
        int fields = 1 + random.nextInt(2);
        for (int i = 0; i < fields; i++) {
            if (depth > 0 && random.nextInt(4) == 0) {
                filter.put(
                        pick(new String[] {"$and", "$or", "$nor"}), list(() -> filter(depth - 1)));
            } else {
                filter.put(pick(PATHS), condition(depth));
            }
        }
        return filter.build();
    }

    Value condition(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> operand();
            case 2 -> new RegexValue(pick(PATTERNS), "");
            default -> operators(depth);
        };
    }

    Document operators(int depth) {
        DocumentBuilder operators = Document.builder();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            addOperator(operators, depth);
        }
        return operators.build();
    }

    private void addOperator(DocumentBuilder operators, int depth) {
        if (random.nextInt(8) == 0) {
            addRarer(operators, depth);
            return;
        }
        switch (random.nextInt(depth > 0 ? 14 : 11)) {
            case 0, 1, 2, 3 -> operators.put(pick(COMPARISONS), operand());
            case 4 -> operators.put("$in", members());
            case 5 -> operators.put("$nin", members());
            case 6 -> operators.put("$exists", random.nextBoolean());
            case 7 -> operators.put("$type", pick(TYPES));
            case 8 -> operators.put("$size", random.nextInt(3));
            case 9 ->
                    operators.put("$mod", ArrayValue.of(Value.of(2), Value.of(random.nextInt(2))));
            case 10 -> operators.put("$regex", pick(PATTERNS));
            case 11 -> operators.put("$all", all(depth - 1));
            case 12 ->
                    operators.put(
                            "$not",
                            random.nextInt(4) == 0
                                    ? new RegexValue(pick(PATTERNS), "")
                                    : operators(depth - 1));
            default -> operators.put("$elemMatch", inElement(depth - 1));
        }
    }

    private void addRarer(DocumentBuilder operators, int depth) {
        switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0, 1 -> operators.put(pick(BITS), mask());
            case 2 -> operators.put("$beginsWith", pick(new String[] {"", "x", "xy"}));
            case 3 -> operators.put("$keyMapMatch", operators(depth - 1));
            default -> operators.put("$allMatch", inElement(depth - 1));
        }
    }

    private Value mask() {
        return switch (random.nextInt(3)) {
            case 0 -> Value.of(random.nextInt(4));
            case 1 -> new BinaryValue((byte) 0, new byte[] {(byte) random.nextInt(4), 0});
            default -> list(() -> Value.of(random.nextInt(5) == 0 ? 70 : random.nextInt(3)));
        };
    }

    private Document inElement(int depth) {
        return random.nextBoolean() ? operators(depth) : filterOfElement(depth);
    }

    /** Not one that starts with an operator of documents: that form has its own tests. */
    private Document filterOfElement(int depth) {
        return Document.of(pick(NAMES), condition(depth));
    }

    private ArrayValue all(int depth) {
        return random.nextInt(3) == 0
                ? list(() -> Document.of("$elemMatch", inElement(depth)))
                : members();
    }

    private ArrayValue members() {
        return list(() -> random.nextInt(6) == 0 ? new RegexValue(pick(PATTERNS), "") : operand());
    }

    private ArrayValue list(Supplier<Value> member) {
        List<Value> members = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            members.add(member.get());
        }
        return ArrayValue.of(members);
    }

    /** A value that is not a regular expression, which some operators refuse. */
    private Value operand() {
        Value value = value(2);
        return value instanceof RegexValue ? Value.of(1) : value;
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 20 : 12)) {
            case 0, 1, 2 -> Value.of(random.nextInt(3));
            case 3 -> Value.of(random.nextInt(4) / 2.0);
            case 4 -> Value.of((long) random.nextInt(3));
            case 5, 6 -> Value.of(pick(new String[] {"x", "y", "xy", ""}));
            case 7, 8 -> NullValue.INSTANCE;
            case 9 -> Value.of(random.nextBoolean());
            case 10 -> random.nextInt(4) == 0 ? Value.of(Double.NaN) : Value.of(1);
            case 11 -> rare();
            case 12, 13, 14, 15, 16 -> array(depth - 1);
            default -> inner(depth - 1);
        };
    }

    private Value rare() {
        return switch (random.nextInt(6)) {
            case 4 -> new BinaryValue((byte) 0, new byte[] {(byte) random.nextInt(4)});
            case 5 -> Value.of(-random.nextInt(4));
            case 0 -> MinKey.INSTANCE;
            case 1 -> MaxKey.INSTANCE;
            case 2 -> new RegexValue("^x", "");
            default -> Value.of(2);
        };
    }

    private ArrayValue array(int depth) {
        List<Value> elements = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            elements.add(value(depth));
        }
        return ArrayValue.of(elements);
    }

    private Document inner(int depth) {
        DocumentBuilder document = Document.builder();
        int fields = random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            document.put(pick(NAMES), value(depth));
        }
        return document.build();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
