package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.index.NumberedIds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Against a map: words whose entries are kept as whole pages, or one by one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordPagesTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final Map<String, Found> expected = new HashMap<>();
    private final Map<String, Found> found = new HashMap<>();
    private long turn;

    /** What the words of a document score, and the number of its first entry. */
    private record Found(double score, long turn) {

        Found and(Found other) {
            return new Found(score + other.score, Math.min(turn, other.turn));
        }
    }

    /** Remembers what is handed on, each once. */
    private final class All implements WordPages.Taker {

        @Override
        public double least() {
            return 0;
        }

        @Override
        public boolean take(ByteSpan id, double score, long turn) {
            String text = new String(id.copy(), StandardCharsets.UTF_8);
            assertNull(found.put(text, new Found(score, turn)), () -> "seed " + seed);
            return true;
        }
    }

    private void keepWord(WordPages pages, int ids, int every) {
        boolean areWhole = random.nextBoolean();
        double score = 0.5;
        NumberedIds page = new NumberedIds();
        assertTrue(pages.beginWord());
        for (int id = 0; id < ids; id++) {
            if (random.nextInt(every) == 0) {
                String text = "x".repeat(id % 11) + id;
                score += random.nextInt(3) * 0.25;
                ByteSpan span = new ByteSpan();
                span.set(text.getBytes(StandardCharsets.UTF_8));
                page.add(span, score);
                expected.merge(text, new Found(score, turn + page.count() - 1), Found::and);
            }
            if (page.count() > 0 && (!page.hasRoom() || id == ids - 1)) {
                WordPage.Read read = new WordPage.Read(page.collected(), turn);
                turn += page.count();
                keep(pages, read, areWhole);
                page = new NumberedIds();
            }
        }
    }

    private static void keep(WordPages pages, WordPage.Read page, boolean isWhole) {
        if (isWhole) {
            assertTrue(pages.keep(page));
            return;
        }
        for (int index = 0; index < page.count(); index++) {
            pages.mayBeSeen(page, index);
            assertTrue(pages.keep(page, index));
        }
    }

    @RepeatedTest(100)
    void what_belongs_together_comes_from_the_table_and_the_rest_alone() {
        MemoryAccount memory = new MemoryAccount("TEXT_OR", OperationContext.unlimited());
        try (WordPages pages = new WordPages(memory);
                ScoredIds table = new ScoredIds(memory)) {
            int ids = 1 + random.nextInt(4_000);
            int words = 1 + random.nextInt(4);
            for (int word = 0; word < words; word++) {
                keepWord(pages, ids, 1 + random.nextInt(30));
            }
            assertEquals(turn, pages.count());
            All all = new All();
            assertTrue(pages.join(table));
            for (int place = 0; place < table.size(); place++) {
                ByteSpan id = new ByteSpan();
                id.set(table.id(place));
                all.take(id, table.score(place), table.turn(place));
            }
            assertTrue(pages.forEachAlone(all));
            assertEquals(expected, found, () -> "seed " + seed);
        }
        assertEquals(0, memory.bytes());
    }
}
