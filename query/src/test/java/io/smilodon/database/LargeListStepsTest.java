package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.Steps;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a request lists is worked on in steps, and once for a request, not for each document. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeListStepsTest {

    private static final int SIZE = 2_000;

    private static List<Value> texts(int size) {
        List<Value> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(Value.of("t" + i * 7_919L % size));
        }
        return texts;
    }

    private static void requireSteps(Runnable work) {
        long before = Steps.taken();
        work.run();
        long taken = Steps.taken() - before;
        assertTrue(taken >= SIZE, () -> "took only " + taken);
    }

    @Test
    void distinct_takes_a_step_for_each_value() {
        Document document = Document.of("a", ArrayValue.of(texts(SIZE)));
        DistinctValues values = new DistinctValues(FieldPath.parse("a"), ValueOrder.ASCENDING);
        requireSteps(() -> values.addFrom(document));
        requireSteps(() -> values.addFrom(document));
        assertEquals(SIZE, values.inOrder().size());
    }

    @Test
    void distinct_takes_steps_for_the_bytes_of_a_value() {
        Document document = Document.of("a", Value.of("x".repeat(64 * SIZE)));
        DistinctValues values = new DistinctValues(FieldPath.parse("a"), ValueOrder.ASCENDING);
        requireSteps(() -> values.addFrom(document));
    }

    @Test
    void a_list_takes_a_step_for_each_value() {
        List<Value> texts = texts(SIZE);
        requireSteps(() -> assertEquals(SIZE, new In(texts, List.of()).values().size()));
    }

    @Test
    void a_filter_is_made_once_for_an_order() {
        Predicate filter = new Predicate.At(FieldPath.parse("a"), new Equal(Value.of("X")));
        OrderedFilter ordered = new OrderedFilter(filter);
        Document document = Document.of("a", Value.of("x"));
        Collation strings =
                Collations.named(Json.doc("{'locale': 'en', 'strength': 2}")).orElseThrow();
        Predicate made = ordered.under(strings.order());
        assertTrue(made.matches(document));
        assertTrue(made == ordered.under(strings.order()), "the same one");
        assertTrue(filter == ordered.under(ValueOrder.ASCENDING), "the one without a collation");
        assertTrue(!ordered.under(ValueOrder.ASCENDING).matches(document));
    }

    /** Were the list sorted again for each document, these would be about 200 times as many. */
    @Test
    void many_updates_under_a_collation_sort_the_filter_once() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection collection = smilodon.database("d").collection("c");
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                documents.add(
                        Json.doc("{'_id': " + i + ", 'a': 'T" + i + "', 'l': ['T" + i + "']}"));
            }
            collection.insertMany(documents, true);
            Document in = Document.of("$in", ArrayValue.of(texts(SIZE)));
            Document filter = Document.of("a", in).with("l", in);
            Document strength = Json.doc("{'locale': 'en', 'strength': 2}");
            UpdateOptions options = UpdateOptions.DEFAULTS.withCollation(strength);
            long before = Steps.taken();
            assertEquals(
                    200,
                    collection
                            .updateMany(filter, Json.doc("{'$set': {'l.$': 1}}"), options)
                            .modifiedCount());
            long taken = Steps.taken() - before;
            assertTrue(taken < 200L * SIZE, () -> "took " + taken);
        }
    }
}
