package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** The best documents of several words, however many are asked for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BestTextMatchesTest {

    private static final List<String> WORDS = List.of("oak", "elm", "fir", "ash", "yew");
    private static final Document SCORED = doc("{'points': {'$meta': 'textScore'}}");
    private static final Document BEST = doc("{'points': {'$meta': 'textScore'}}");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    /** Of some words, many of them alike: so many scores are equal. */
    private Document document(int id) {
        StringBuilder text = new StringBuilder("leaf");
        for (int count = random.nextInt(8); count > 0; count--) {
            int word = Math.min(random.nextInt(WORDS.size() + 3), WORDS.size());
            text.append(' ').append(word < WORDS.size() ? WORDS.get(word) : "leaf");
        }
        Value own = random.nextBoolean() ? Value.of(id) : Value.of("id".repeat(1 + id % 4) + id);
        return Document.of("_id", own).with("text", Value.of(text.toString()));
    }

    private static List<Document> found(DocumentCollection trees, FindRequest request) {
        List<Document> all = new ArrayList<>();
        try (DocumentCursor cursor = trees.find(request.withProjection(SCORED))) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    private static double points(Document found) {
        return ((NumberValue) found.get("points")).toDouble();
    }

    @RepeatedTest(10)
    void they_are_the_first_of_all_in_the_order_of_their_scores() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection trees = smilodon.database("wood").collection("trees");
            trees.createIndex(doc("{'key': {'text': 'text'}, 'default_language': 'none'}"));
            List<Document> documents = new ArrayList<>();
            int count = 20 + random.nextInt(random.nextInt(4) == 0 ? 3_000 : 400);
            for (int id = 0; id < count; id++) {
                documents.add(document(id));
            }
            trees.insertMany(documents, true);
            for (String words : List.of("oak elm", "oak elm fir yew", "oak pine")) {
                check(trees, FindRequest.of(doc("{'$text': {'$search': '%s'}}".formatted(words))));
            }
        }
    }

    private void check(DocumentCollection trees, FindRequest search) {
        List<Document> expected = new ArrayList<>(found(trees, search));
        expected.sort(Comparator.comparingDouble(BestTextMatchesTest::points).reversed());
        for (int limit : new int[] {1, 10, 16, 17, 100, 0}) {
            int count = limit == 0 ? expected.size() : Math.min(limit, expected.size());
            assertEquals(
                    expected.subList(0, count),
                    found(trees, search.withSort(BEST).withLimit(limit)),
                    () -> "seed " + seed + ", limit " + limit + ", " + search.filter());
        }
    }
}
