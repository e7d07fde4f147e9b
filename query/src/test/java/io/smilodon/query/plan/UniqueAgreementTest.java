package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.PredicateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Lookups by the key of a unique index find what looking at every document finds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UniqueAgreementTest {

    private static final int LOADS = 60;
    private static final int DOCUMENTS = 30;
    private static final int QUERIES = 60;

    private static final List<String> PATTERNS =
            List.of(
                    "{'a': 1}",
                    "{'a.x': -1}",
                    "{'a': 1, 'b': -1}",
                    "{'a.x': 1, 'a.y': 1}",
                    "{'a.0': 1}");

    private static final List<String> PATHS = List.of("a", "b", "a.x", "a.y", "a.0", "c");

    private static final List<String> VALUES =
            List.of("1", "1.0", "2", "'s'", "null", "[]", "[1, 2]", "[[1]]", "{'x': 1}", "true");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private int lookups;

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Document doc(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    private String part() {
        return "{'x': %s, 'y': %s}".formatted(any(VALUES), any(VALUES));
    }

    private String field() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> part();
            case 2 -> "[%s, %s]".formatted(part(), part());
            default -> scalar();
        };
    }

    private Document document(int id) {
        return doc(
                "{'_id': %d, 'a': %s, 'b': %s, 'c': %s}"
                        .formatted(id, field(), field(), any(VALUES)));
    }

    /** Asks for the key of the index, or for anything. */
    private Query query(List<String> key) {
        List<String> paths = new ArrayList<>(random.nextBoolean() ? key : List.of());
        for (int count = random.nextInt(3); count > 0 || paths.isEmpty(); count--) {
            paths.add(any(PATHS));
        }
        List<String> asked = new ArrayList<>();
        for (String path : paths) {
            asked.add("{'%s': %s}".formatted(path, scalar()));
        }
        String filter = "{'$and': [%s]}".formatted(String.join(", ", asked));
        return Query.of(PredicateParser.parse(doc(filter)));
    }

    private static List<String> names(Document pattern) {
        List<String> names = new ArrayList<>();
        pattern.forEach(field -> names.add(field.name()));
        return names;
    }

    private String scalar() {
        return random.nextInt(4) == 0 ? String.valueOf(random.nextInt(20)) : any(VALUES);
    }

    private void check(TestCollection collection, Query query) {
        PlanChoice choice = QueryPlanner.plan(query, collection.structure());
        if (choice.winningPlan() instanceof PlanStage.UniqueLookup lookup) {
            lookups++;
            assertEquals(
                    ids(all(collection, query)),
                    ids(collection.run(lookup)),
                    () -> "seed " + seed + ": " + query.filter().toDocument() + " by " + lookup);
        }
    }

    private static List<Document> all(TestCollection collection, Query query) {
        return collection.run(
                new PlanStage.CollectionScan(
                        IntervalSet.ALL, Direction.FORWARD, query.filter(), false));
    }

    private static List<Value> ids(List<Document> documents) {
        return documents.stream().map(document -> document.get("_id")).toList();
    }

    @Test
    void lookups_find_what_looking_at_every_document_finds() {
        for (int load = 0; load < LOADS; load++) {
            Document pattern = doc(any(PATTERNS));
            List<String> key = names(pattern);
            TestCollection collection = new TestCollection();
            collection.createIndex(Document.of("key", pattern).with("unique", Value.of(true)));
            IntStream.range(0, DOCUMENTS).forEach(id -> collection.tryInsert(document(id)));
            IntStream.range(0, QUERIES).forEach(asked -> check(collection, query(key)));
        }
        assertTrue(lookups > LOADS, () -> "seed " + seed + ": " + lookups);
    }
}
