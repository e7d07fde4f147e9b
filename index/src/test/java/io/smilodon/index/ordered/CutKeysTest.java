package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.RandomBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CutKeysTest {

    /** As a value of one field: a tag before it and a zero byte behind it. */
    private static final int WHOLE_CHARS_MAX = EntryFormat.FIELDS_BYTES_MAX - 2;

    private static final String UNIQUE = "{\"key\": {\"a\": 1}, \"unique\": true}";

    private static Document document(int id, String a) {
        return Document.builder().put("_id", id).put("a", a).build();
    }

    @Test
    void keys_are_cut_beyond_the_limit_and_not_at_it() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");

        index.save(document(1, "x".repeat(WHOLE_CHARS_MAX)));
        assertFalse(index.traits.holdsCutKeys());

        index.save(document(2, "x".repeat(WHOLE_CHARS_MAX + 1)));
        assertTrue(index.traits.holdsCutKeys());
    }

    @Test
    void the_longest_id_fits_behind_the_longest_fields() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        String id = "i".repeat(Limits.ID_BYTES_MAX - 2);
        index.save(Document.builder().put("_id", id).put("a", "x".repeat(9_000)).build());

        assertTrue(index.store.entries().firstKey().length <= Limits.KEY_BYTES_MAX);
        assertEquals(List.of(Value.of(id)), index.ids(IndexBounds.ALL, Direction.FORWARD));
    }

    /** What lies beyond the cut still tells unique keys apart. */
    @Test
    void long_unique_keys_collide_only_if_they_are_equal() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        String text = "x".repeat(20_000);
        index.save(document(1, text));
        index.save(document(2, text + "y"));

        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> index.save(document(3, text + "y")));
        assertEquals(11000, refused.code().number());
        assertTrue(refused.template().length() < 400);
        assertEquals(List.of(), index.verify());
    }

    @Test
    void a_cut_entry_does_not_give_values() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        index.save(document(1, "x".repeat(9_000)));

        try (IndexCursor cursor =
                index.maintainer.open(IndexBounds.ALL, Direction.FORWARD, index.store)) {
            assertTrue(cursor.advance());
            assertTrue(cursor.isCut());
            assertThrows(IllegalStateException.class, cursor::key);
        }
    }

    /**
     * A scan misses nothing inside its bounds; what it returns from outside is a cut entry, so that
     * the caller knows to check the document.
     */
    @RepeatedTest(40)
    void bounds_widen_at_the_cut_and_nowhere_else() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        String unique = values.nextInt(2) == 0 ? ", \"unique\": true" : "";
        String direction = values.nextInt(2) == 0 ? "1" : "-1";
        IndexFixture index =
                IndexFixture.of("{\"key\": {\"a\": " + direction + ", \"b\": 1}" + unique + "}");
        List<Value> pool = texts(values);
        fill(index, values, pool);

        for (int scan = 0; scan < 30; scan++) {
            IndexBounds bounds =
                    RandomBounds.bounds(
                            values, List.of(new ArrayList<>(pool), new ArrayList<>(pool)));
            for (Direction way : Direction.values()) {
                check(index, bounds, way, "seed " + seed);
            }
        }
    }

    /** Texts that are equal up to the cut, or nearly, of any length around it. */
    private static List<Value> texts(RandomValues values) {
        List<Value> texts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int length = values.nextInt(3) == 0 ? 1 : WHOLE_CHARS_MAX - 4 + values.nextInt(8);
            String end = values.nextInt(2) == 0 ? "" : values.nextInt(2) == 0 ? "w" : "y";
            texts.add(Value.of("x".repeat(length) + end));
        }
        return texts;
    }

    private static void fill(IndexFixture index, RandomValues values, List<Value> pool) {
        for (int id = 0; id < 30; id++) {
            Document document =
                    Document.builder()
                            .put("_id", id)
                            .put("a", pool.get(values.nextInt(pool.size())))
                            .put("b", pool.get(values.nextInt(pool.size())))
                            .build();
            try {
                index.save(document);
            } catch (SmilodonException refused) {
                assertEquals(11000, refused.code().number());
            }
        }
    }

    private static void check(IndexFixture index, IndexBounds bounds, Direction way, String where) {
        Set<String> inside = new TreeSet<>();
        for (Document document : index.documents.values()) {
            if (bounds.contains(key(index, document))) {
                inside.add(document.get("_id").toString());
            }
        }
        Set<String> found = new TreeSet<>();
        try (IndexCursor cursor = index.maintainer.open(bounds, way, index.store)) {
            while (cursor.advance()) {
                Document document = index.find(cursor.idKey()).orElseThrow();
                boolean isInside = bounds.contains(key(index, document));
                assertTrue(isInside || cursor.isCut(), where);
                if (isInside) {
                    assertTrue(found.add(document.get("_id").toString()), where);
                }
            }
        }
        assertEquals(inside, found, where);
    }

    private static IndexKey key(IndexFixture index, Document document) {
        return KeyExtractor.keys(index.definition.pattern(), document).keys().get(0);
    }
}
