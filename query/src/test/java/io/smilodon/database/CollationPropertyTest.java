package io.smilodon.database;

import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Whatever indexes there are, of whatever collations, a find returns what a naive walk over all
 * documents finds that compares strings by ICU.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollationPropertyTest {

    private static final int CASES = Integer.getInteger("smilodon.collation.cases", 60);
    private static final List<String> COLLATIONS =
            List.of(
                    "{'locale': 'simple'}",
                    "{'locale': 'en', 'strength': 1}",
                    "{'locale': 'en', 'strength': 2}",
                    "{'locale': 'en'}",
                    "{'locale': 'en', 'numericOrdering': true, 'caseFirst': 'upper'}",
                    "{'locale': 'sv', 'strength': 1, 'caseLevel': true}",
                    "{'locale': 'fr_CA', 'alternate': 'shifted'}");
    private static final List<String> LETTERS =
            List.of("a", "A", "\u00e9", "e", "E", "b", "-", "1", "10", "2", "\u00f6", "z", "");
    private static final List<String> FIELDS = List.of("_id", "a", "b", "a.k");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    @RepeatedTest(6)
    void a_find_agrees_with_a_naive_walk() {
        Document ofCollection = collation();
        Document names = Json.doc("{'key': {'x': 1}}");
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Database database = smilodon.database("d");
            database.createCollection("c", Document.of("collation", ofCollection));
            DocumentCollection collection = database.collection("c");
            List<Document> documents = fill(collection, order(ofCollection));
            for (int i = 0; i < 5; i++) {
                collection.createIndex(index(names, i));
            }
            for (int i = 0; i < CASES; i++) {
                check(collection, documents, ofCollection);
            }
            assertEquals(List.of(), collection.verify());
        }
    }

    private Document index(Document specification, int number) {
        DocumentBuilder key = Document.builder();
        key.put(pick(List.of("a", "b", "a.k")), random.nextBoolean() ? 1 : -1);
        key.put("x" + number, 1);
        return specification
                .with("key", key.build())
                .with("name", Value.of("i" + number))
                .with("collation", collation());
    }

    private void check(DocumentCollection collection, List<Document> documents, Document own) {
        boolean isNamed = random.nextInt(3) > 0;
        Document named = isNamed ? collation() : own;
        ValueOrder order = order(named);
        List<Test> tests = List.of(test(), test()).subList(0, 1 + random.nextInt(2));
        boolean isAny = random.nextBoolean();
        String field = pick(FIELDS);
        int direction = random.nextBoolean() ? 1 : -1;
        Document sort = Document.builder().put(field, direction).put("n", 1).build();
        FindRequest request = FindRequest.of(filter(tests, isAny)).withSort(sort);
        List<Document> expected = new ArrayList<>();
        for (Document document : documents) {
            boolean matches =
                    isAny
                            ? tests.stream().anyMatch(test -> test.matches(document, order))
                            : tests.stream().allMatch(test -> test.matches(document, order));
            if (matches) {
                expected.add(document);
            }
        }
        Comparator<Document> byField =
                Comparator.comparing(
                        document -> sortKey(document, field, direction, order),
                        direction > 0 ? order : order.reversed());
        expected.sort(byField.thenComparing(document -> document.get("n"), ValueOrder.ASCENDING));
        FindRequest asked = isNamed ? request.withCollation(named) : request;

        assertEquals(
                numbers(expected),
                numbers(collection.find(asked)),
                () -> "seed " + seed + " " + text(asked.filter()) + text(sort) + text(named));
        assertEquals(expected.size(), collection.count(asked.withSort(Document.EMPTY)));
    }

    private static String numbers(List<Document> documents) {
        return documents.stream().map(document -> text(document.get("n"))).toList().toString();
    }

    private static String numbers(DocumentCursor cursor) {
        List<Document> found = new ArrayList<>();
        try (cursor) {
            cursor.forEachRemaining(found::add);
        }
        return numbers(found);
    }

    private static Document filter(List<Test> tests, boolean isAny) {
        List<Value> parts = new ArrayList<>();
        tests.forEach(test -> parts.add(test.toDocument()));
        return Document.of(isAny ? "$or" : "$and", ArrayValue.of(parts));
    }

    private Test test() {
        String operator = pick(List.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in"));
        List<Value> operands = new ArrayList<>();
        for (int i = operator.equals("$in") ? random.nextInt(4) : 1; i > 0; i--) {
            operands.add(operand());
        }
        return new Test(pick(FIELDS), operator, operands);
    }

    /** {@code {field: {operator: operand}}}. */
    private record Test(String field, String operator, List<Value> operands) {

        Document toDocument() {
            Value operand = operator.equals("$in") ? ArrayValue.of(operands) : operands.get(0);
            return Document.of(field, Document.of(operator, operand));
        }

        boolean matches(Document document, ValueOrder order) {
            if (operator.equals("$ne")) {
                return !new Test(field, "$eq", operands).matches(document, order);
            }
            for (Value candidate : candidates(document, field)) {
                for (Value operand : operands) {
                    if (holds(candidate, operand, order)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean holds(Value candidate, Value operand, ValueOrder order) {
            if (candidate.rank() != operand.rank()) {
                return false;
            }
            int sign = order.compare(candidate, operand);
            return switch (operator) {
                case "$gt" -> sign > 0;
                case "$gte" -> sign >= 0;
                case "$lt" -> sign < 0;
                case "$lte" -> sign <= 0;
                default -> sign == 0;
            };
        }
    }

    private static List<Value> candidates(Document document, String field) {
        List<Value> candidates = new ArrayList<>();
        if (field.equals("a.k")) {
            if (document.get("a") instanceof Document inner) {
                candidates.add(inner.get("k"));
            }
            return candidates;
        }
        Value value = document.get(field);
        candidates.add(value);
        if (value instanceof ArrayValue array) {
            array.forEach(candidates::add);
        }
        return candidates;
    }

    private static Value sortKey(Document document, String field, int direction, ValueOrder order) {
        List<Value> values = candidates(document, field);
        if (!values.isEmpty() && values.get(0) instanceof ArrayValue) {
            values = values.subList(1, values.size());
        }
        Comparator<Value> best = direction > 0 ? order : order.reversed();
        return values.stream()
                .map(value -> value == Missing.INSTANCE ? NullValue.INSTANCE : value)
                .min(best)
                .orElse(NullValue.INSTANCE);
    }

    private List<Document> fill(DocumentCollection collection, ValueOrder order) {
        List<Document> documents = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int n = 0; n < 40; n++) {
            Value id = random.nextBoolean() ? word() : Value.of(n);
            if (ids.add(order.key(id).toString())) {
                DocumentBuilder document = Document.builder().put("_id", id).put("n", n);
                document.put("a", stored(true)).put("b", stored(false));
                documents.add(document.build());
            }
        }
        collection.insertMany(documents, true);
        return documents;
    }

    private Value stored(boolean mayBeList) {
        return switch (random.nextInt(7)) {
            case 0 -> Value.of(random.nextInt(3));
            case 1 -> Missing.INSTANCE;
            case 2 -> mayBeList ? ArrayValue.of(word(), word()) : word();
            case 3 -> Document.of("k", word());
            default -> word();
        };
    }

    private Value operand() {
        return switch (random.nextInt(8)) {
            case 0 -> Value.of(random.nextInt(3));
            case 1 -> Document.of("k", word());
            case 2 -> ArrayValue.of(word(), word());
            default -> word();
        };
    }

    private Value word() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(pick(LETTERS));
        }
        return new StringValue(text.toString());
    }

    private Document collation() {
        return Json.doc(pick(COLLATIONS));
    }

    private static ValueOrder order(Document collation) {
        return Collation.parse(collation, Location.ROOT).orElseThrow().order();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
