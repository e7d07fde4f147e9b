package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The best of many matches against all of them, sorted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextBestTest {

    private static final int COUNT = 3_000;
    private static final String[] WORDS = {"ape", "bear", "cat", "dog", "eel", "fox"};
    private static final Document BEST = doc("{'score': {'$meta': 'textScore'}}");

    private static Document text(String words) {
        return Document.of("$text", Document.of("$search", Value.of(words)));
    }

    private static void fill(DocumentCollection texts, Random random) {
        texts.createIndex(doc("{'key': {'t': 'text'}, 'default_language': 'none'}"));
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            StringBuilder words = new StringBuilder();
            for (int count = random.nextInt(5); count >= 0; count--) {
                words.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            documents.add(
                    Document.of("_id", Value.of("a longer name of document " + id))
                            .with("t", Value.of(words.toString()))
                            .with("odd", Value.of(id % 2)));
        }
        texts.insertMany(documents, true);
    }

    private static List<Value> ids(DocumentCursor found) {
        List<Value> ids = new ArrayList<>();
        try (found) {
            found.forEachRemaining(document -> ids.add(document.get("_id")));
        }
        return ids;
    }

    private static void check(DocumentCollection texts, DocumentCollection same, long seed) {
        Random random = new Random(seed);
        for (int search = 0; search < 12; search++) {
            String words = WORDS[random.nextInt(6)] + ' ' + WORDS[random.nextInt(6)];
            String phrase = random.nextInt(3) == 0 ? " \"" + words + '"' : "";
            Document filter = text(words + phrase);
            if (random.nextBoolean()) {
                filter = filter.with("odd", Value.of(1));
            }
            FindRequest request = FindRequest.of(filter).withSort(BEST);
            List<Value> all = ids(same.find(request));
            int skip = random.nextInt(20);
            int limit = 1 + random.nextInt(random.nextInt(8) == 0 ? COUNT : 40);
            assertEquals(
                    all.stream().skip(skip).limit(limit).toList(),
                    ids(texts.find(request.withSkip(skip).withLimit(limit))),
                    () -> "seed " + seed + ": " + request);
        }
    }

    @Test
    void the_first_of_the_best_are_the_first_of_all_in_order() {
        long seed = Seeds.next();
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection texts = smilodon.database("d").collection("c");
            fill(texts, new Random(seed));
            check(texts, texts, seed);
        }
    }

    @Test
    void what_does_not_fit_into_memory_is_read_in_parts() {
        long seed = Seeds.next();
        OperationLimits little = OperationLimits.DEFAULTS.withMemoryBytesMax(100_000);
        try (Smilodon small = Smilodon.inMemory(DatabaseOptions.DEFAULTS.withOperations(little));
                Smilodon large = Smilodon.inMemory()) {
            DocumentCollection texts = small.database("d").collection("c");
            fill(texts, new Random(seed));
            DocumentCollection same = large.database("d").collection("c");
            fill(same, new Random(seed));
            FindRequest few = FindRequest.of(text("ape bear cat")).withSort(BEST).withLimit(10);
            assertEquals(ids(same.find(few)), ids(texts.find(few)), "seed " + seed);
            FindRequest all = few.withLimit(COUNT);
            assertEquals(ids(same.find(all)), ids(texts.find(all)), "seed " + seed);
            assertEquals(0, small.statistics().held().memoryBytes());
            check(texts, same, seed);
        }
    }

    @Test
    void without_any_memory_it_is_292() {
        OperationLimits none = OperationLimits.DEFAULTS.withMemoryBytesMax(1_000);
        try (Smilodon smilodon = Smilodon.inMemory(DatabaseOptions.DEFAULTS.withOperations(none))) {
            DocumentCollection texts = smilodon.database("d").collection("c");
            fill(texts, new Random(1));
            FindRequest few = FindRequest.of(text("ape bear")).withSort(BEST).withLimit(10);
            SmilodonException error =
                    assertThrows(SmilodonException.class, () -> ids(texts.find(few)));
            assertEquals(292, error.code().number());
            assertEquals("TEXT_OR", error.details().get("stage"));
        }
    }

    /** Then nothing is kept, and no more entries are read than are wanted. */
    @Test
    void of_one_word_the_best_are_read_and_no_others() {
        long seed = Seeds.next();
        OperationLimits none = OperationLimits.DEFAULTS.withMemoryBytesMax(1_000);
        try (Smilodon smilodon = Smilodon.inMemory(DatabaseOptions.DEFAULTS.withOperations(none))) {
            DocumentCollection texts = smilodon.database("d").collection("c");
            fill(texts, new Random(seed));
            FindRequest best = FindRequest.of(text("ape")).withSort(BEST);
            List<Value> all = ids(texts.find(best));
            assertTrue(all.size() > 10);
            assertEquals(all.subList(0, 10), ids(texts.find(best.withLimit(10))));
        }
    }
}
