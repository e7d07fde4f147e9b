package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentSortTest {

    private static final long BUDGET = 3 << 20;
    private static final SortPattern PATTERN =
            SortPattern.parse(Document.of("a", Value.of(1)).with("b", Value.of(-1)));

    private final long seed = System.nanoTime();
    private final OperationContext operation = OperationContext.within(0, BUDGET);

    /** A stream of given documents. */
    private static final class Given implements Cursor {

        private final Iterator<Document> documents;
        private Document current = Document.EMPTY;

        Given(List<Document> documents) {
            this.documents = documents.iterator();
        }

        @Override
        public boolean advance() {
            boolean isThere = documents.hasNext();
            if (isThere) {
                current = documents.next();
            }
            return isThere;
        }

        @Override
        public Document current() {
            return current;
        }

        @Override
        public void close() {}
    }

    /** About 12 MiB of them, many of which tie. */
    private List<Document> documents() {
        Random random = new Random(seed);
        String text = "x".repeat(10_000);
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 600; id++) {
            documents.add(
                    Document.of("_id", Value.of(id))
                            .with("a", Value.of(random.nextInt(5)))
                            .with("b", Value.of(random.nextInt(5)))
                            .with("text", Value.of(text)));
        }
        return documents;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 400, 1000})
    void what_does_not_fit_is_sorted_on_disk(int limit) {
        List<Document> documents = documents();
        List<Document> expected = new ArrayList<>(documents);
        expected.sort(
                Comparator.comparing(PATTERN::keyOf, PATTERN.keyComparator())); // a stable sort
        List<Document> found = new ArrayList<>();
        try (DocumentSort sort = new DocumentSort(PATTERN, limit, "SORT", operation)) {
            sort.addAll(new Given(documents));
            assertEquals(limit == 0 || limit >= 400, sort.usedDisk());
            while (sort.advance()) {
                found.add(sort.current());
            }
            assertFalse(sort.advance());
        }
        int wanted = limit == 0 ? expected.size() : Math.min(limit, expected.size());
        assertEquals(expected.subList(0, wanted), found, "seed " + seed);
        assertTrue(operation.tryReserve(BUDGET), "all of its memory is given back");
    }

    @Test
    void memory_that_others_hold_is_not_worth_many_files() {
        operation.reserve("others", BUDGET - 100_000);
        try (DocumentSort sort = new DocumentSort(PATTERN, 0, "SORT", operation)) {
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class, () -> sort.addAll(new Given(documents())));
            assertEquals(292, error.code().number());
        }
    }

    @Test
    void an_operation_that_may_not_use_the_disk_is_refused() {
        OperationContext inMemory = OperationContext.within(0, BUDGET).onDiskIf(false);
        try (DocumentSort sort = new DocumentSort(PATTERN, 0, "SORT", inMemory)) {
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class, () -> sort.addAll(new Given(documents())));
            assertEquals(292, error.code().number());
            assertFalse(sort.usedDisk());
        }
    }
}
