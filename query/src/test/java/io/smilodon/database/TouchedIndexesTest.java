package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An update tells only those indexes of itself that it may change; what they hold stays right. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TouchedIndexesTest {

    private static final int CASES = Integer.getInteger("smilodon.touched.cases", 5);
    private static final int UPDATES = 40;

    private static final List<String> INDEXES =
            List.of(
                    "{'key': {'a': 1}}",
                    "{'key': {'a.b': 1, 'c': -1}}",
                    "{'key': {'a.0': 1}}",
                    "{'key': {'a.0.c': 1}}",
                    "{'key': {'a.c': 1}, 'sparse': true}",
                    "{'key': {'b.a': 'hashed'}}",
                    "{'key': {'c': 1}, 'partialFilterExpression': {'a.b': {'$exists': true}}}",
                    "{'key': {'$**': 1}, 'wildcardProjection': {'a.b': 1, 'b': 1}}",
                    "{'key': {'$**': 1}, 'wildcardProjection': {'a.b': 0}, 'name': 'others'}",
                    "{'key': {'a.$**': 1}}",
                    "{'key': {'a.b': 'text', 'c': 1}, 'language_override': 'b'}",
                    "{'key': {'c': '2d', 'a.b': 1}}");

    private static final List<String> PATHS =
            List.of(
                    "a", "b", "c", "a.b", "a.c", "a.0", "a.2", "a.0.b", "a.1.c", "a.3.b", "b.a",
                    "b.0", "b.a.b", "a.$[]", "a.$[].b");

    private static final List<String> VALUES =
            List.of(
                    "1",
                    "null",
                    "'x y'",
                    "'french'",
                    "[]",
                    "{}",
                    "[1, 2]",
                    "{'b': 1}",
                    "{'b': 'french', 'c': 'z'}",
                    "[{'b': 1}, {'c': 2}]",
                    "[{'b': 'u v'}, 3]");

    private static final List<String> OPERATORS =
            List.of(
                    "$set",
                    "$set",
                    "$unset",
                    "$push",
                    "$inc",
                    "$pull",
                    "$addToSet",
                    "$pop",
                    "$rename",
                    "$min");

    private Random random = new Random(0);

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Document update() {
        String operator = any(OPERATORS);
        String value =
                switch (operator) {
                    case "$rename" -> "'" + any(PATHS) + "'";
                    case "$pop" -> "1";
                    default -> any(VALUES);
                };
        String other = random.nextBoolean() ? ", '$max': {'" + any(PATHS) + "': 3}" : "";
        return doc("{'%s': {'%s': %s}%s}".formatted(operator, any(PATHS), value, other));
    }

    @Test
    void every_index_holds_what_it_would_hold_of_the_document_after() {
        for (int round = 0; round < CASES; round++) {
            long seed = Seeds.next();
            random = new Random(seed);
            try (Smilodon smilodon = Smilodon.inMemory()) {
                DocumentCollection things = smilodon.database("test").collection("things");
                for (int index = 0; index < 3; index++) {
                    tryTo(() -> things.createIndex(doc(any(INDEXES))));
                }
                for (int id = 0; id < 4; id++) {
                    String fields = "'a': %s, 'b': %s, 'c': 1";
                    Document document = doc("{" + fields.formatted(any(VALUES), any(VALUES)) + "}");
                    tryTo(() -> things.insertOne(document));
                }
                for (int change = 0; change < UPDATES; change++) {
                    Document update = update();
                    tryTo(() -> things.updateMany(Document.EMPTY, update));
                    assertEquals(
                            List.of(),
                            things.verify(),
                            () -> "seed " + seed + ": " + update + " " + things.indexes());
                }
            }
        }
    }

    /** Many of the updates are none that the documents or the indexes admit. */
    private static void tryTo(Runnable change) {
        try {
            change.run();
        } catch (SmilodonException refused) {
            assertEquals(
                    false, refused.code().number() == 1, refused::toString); // no failure of ours
        }
    }
}
