package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Groups are the same whether they fit into memory or not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GroupSpillTest {

    private static final String GROUPING =
            "[{'$group': {'_id': {'k': '$k', 't': '$text'}, 'n': {'$sum': '$n'},"
                    + " 'first': {'$first': '$n'}, 'all': {'$push': '$n'}}}]";

    private final long seed = System.nanoTime();

    private static List<Document> group(List<Document> documents, OperationContext operation) {
        ArrayValue stages = (ArrayValue) ExtendedJson.readValue(GROUPING.replace('\'', '"'));
        StageContext context =
                new StageContext() {
                    @Override
                    public OperationContext operation() {
                        return operation;
                    }

                    @Override
                    public Cursor find(String collection, Predicate filter) {
                        throw new AssertionError("a group reads nothing else");
                    }
                };
        List<Document> groups = new ArrayList<>();
        try (Cursor cursor =
                Pipeline.parse(stages, Location.ROOT)
                        .open(new GivenDocuments(documents), context)) {
            while (cursor.advance()) {
                groups.add(cursor.current());
            }
        }
        groups.sort(Comparator.comparing(found -> found.get("_id"), ValueOrder.ASCENDING));
        return groups;
    }

    /** A stream of given documents. */
    private static final class GivenDocuments implements Cursor {

        private final List<Document> documents;
        private int place = -1;

        GivenDocuments(List<Document> documents) {
            this.documents = documents;
        }

        @Override
        public boolean advance() {
            return ++place < documents.size();
        }

        @Override
        public Document current() {
            return documents.get(place);
        }

        @Override
        public void close() {}
    }

    private List<Document> documents(int groups) {
        Random random = new Random(seed);
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 4_000; id++) {
            int key = random.nextInt(groups);
            documents.add(
                    Document.of("_id", Value.of(id))
                            .with("k", key % 2 == 0 ? Value.of(key) : Value.of((double) key))
                            .with("text", Value.of("x".repeat(1_000)))
                            .with("n", Value.of(random.nextInt(100))));
        }
        return documents;
    }

    @Test
    void groups_that_do_not_fit_are_made_part_by_part() {
        List<Document> documents = documents(2_000);
        List<Document> expected = group(documents, OperationContext.unlimited());
        for (long budget : new long[] {6 << 20, 2 << 20, 500_000}) {
            OperationContext operation = OperationContext.within(0, budget);
            assertEquals(expected, group(documents, operation), "seed " + seed);
            assertTrue(operation.tryReserve(budget), "all of its memory is given back");
        }
    }

    @Test
    void one_group_that_does_not_fit_is_refused() {
        OperationContext operation = OperationContext.within(0, 50_000);
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> group(documents(1), operation));
        assertEquals(292, error.code().number());
    }
}
