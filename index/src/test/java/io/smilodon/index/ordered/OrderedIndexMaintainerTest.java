package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexTypes;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedIndexMaintainerTest {

    private static final String UNIQUE = "{\"key\": {\"a\": 1}, \"unique\": true}";

    private static List<Value> find(IndexFixture index, Value value) {
        return index.ids(IndexBounds.of(IntervalSet.point(value)), Direction.FORWARD);
    }

    private static SmilodonException refused(IndexFixture index, String document) {
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> index.save(document));
        assertEquals(11000, refused.code().number());
        return refused;
    }

    private static String dump(NavigableMap<byte[], byte[]> entries) {
        HexFormat hex = HexFormat.of();
        return entries.entrySet().stream()
                .map(
                        entry ->
                                hex.formatHex(entry.getKey())
                                        + " = "
                                        + hex.formatHex(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** If this fails, the change is a new format: existing indexes cannot be read any more. */
    @Test
    void plain_entries_have_these_bytes() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1, \"b\": -1}}");
        index.save("{\"_id\": 1, \"a\": \"x\", \"b\": true}");
        index.save("{\"_id\": 2, \"a\": {\"$numberLong\": \"0\"}}");

        assertEquals(
                """
                03000000071aeb1b400000000000000000 = 0001
                03000000071c7800ce1b3ff000000000000000 =\
                """,
                dump(index.store.entries()).strip());
    }

    /** If this fails, the change is a new format: existing indexes cannot be read any more. */
    @Test
    void unique_entries_have_these_bytes() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        index.save("{\"_id\": 1, \"a\": \"x\"}");
        index.save("{\"_id\": 2, \"a\": {\"$numberLong\": \"0\"}}");

        assertEquals(
                """
                03000000071a = 00000a1b40000000000000000001
                03000000071c7800 = 00000a1b3ff000000000000000\
                """,
                dump(index.store.entries()));
    }

    /** If this fails, the change is a new format: existing indexes cannot be read any more. */
    @Test
    void cut_entries_have_these_bytes() throws NoSuchAlgorithmException {
        IndexFixture plain = IndexFixture.of("{\"key\": {\"b\": 1, \"a\": 1}}");
        plain.save(longDocument(1, "b", "x".repeat(5_000)));
        byte[] key = plain.store.entries().firstKey();
        byte[] value = plain.store.entries().firstEntry().getValue();
        HexFormat hex = HexFormat.of();

        assertEquals(5 + 3_000 + 10, key.length);
        assertEquals("03000000071c6200" + "1c78", hex.formatHex(key, 0, 10));
        assertEquals("78781b3ff000000000000000", hex.formatHex(key, 3_003, 3_015));
        assertEquals("01" + "01" + "0003", hex.formatHex(value));

        IndexFixture unique = IndexFixture.of(UNIQUE);
        unique.save(longDocument(1, "b", "x".repeat(5_000)));
        byte[] uniqueKey = unique.store.entries().firstKey();
        assertEquals(5 + 3_000 + 16, uniqueKey.length);
        assertArrayEquals(
                Arrays.copyOf(sha256(KeyCodec.encode(Value.of("x".repeat(5_000)))), 16),
                Arrays.copyOfRange(uniqueKey, 3_005, 3_021));
        assertEquals(
                "01" + "000a1b3ff000000000000000" + "00",
                hex.formatHex(unique.store.entries().firstEntry().getValue()));
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static Document longDocument(int id, String b, String a) {
        return Document.builder().put("_id", id).put("b", b).put("a", a).build();
    }

    /** Rules 74 and 77: clients parse the text. */
    @Test
    void a_second_document_with_a_unique_key_is_refused_in_mongodbs_words() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1, \"b\": -1}, \"unique\": true}");
        index.save("{\"_id\": 1, \"a\": 1, \"b\": \"x\"}");
        index.save("{\"_id\": 2, \"a\": 1, \"b\": \"y\"}");

        SmilodonException refused = refused(index, "{\"_id\": 3, \"a\": 1, \"b\": \"x\"}");

        assertEquals(
                "E11000 duplicate key error collection: shop.orders index: a_1_b_-1"
                        + " dup key: { a: 1, b: \"x\" }",
                refused.template());
        assertEquals(
                IndexFixture.json("{\"a\": 1, \"b\": -1}"), refused.details().get("keyPattern"));
        assertEquals(
                IndexFixture.json("{\"a\": 1, \"b\": \"x\"}"), refused.details().get("keyValue"));
    }

    /** Rule 77. */
    @Test
    void only_one_document_may_lack_a_unique_field() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        index.save("{\"_id\": 1}");

        refused(index, "{\"_id\": 2}");
        refused(index, "{\"_id\": 2, \"a\": null}");
    }

    /** Rule 78. */
    @Test
    void equal_keys_collide_across_documents_and_not_within_one() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        index.save("{\"_id\": 1, \"a\": [1, 2, 1]}");

        refused(index, "{\"_id\": 2, \"a\": [{\"$numberDouble\": \"2.0\"}]}");
        refused(index, "{\"_id\": 2, \"a\": 2}");
        index.save("{\"_id\": 2, \"a\": 3}");
        assertTrue(index.traits.multikeyPaths().isArray(0, 1));
    }

    @Test
    void a_refused_document_writes_nothing() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        index.save("{\"_id\": 1, \"a\": 5}");
        int writes = index.store.writes();

        refused(index, "{\"_id\": 2, \"a\": [3, 4, 5]}");

        assertEquals(writes, index.store.writes());
    }

    /** Rule 79. */
    @Test
    void a_sparse_unique_index_takes_any_number_of_documents_without_the_field() {
        IndexFixture index =
                IndexFixture.of("{\"key\": {\"a\": 1}, \"unique\": true, \"sparse\": true}");
        index.save("{\"_id\": 1}");
        index.save("{\"_id\": 2}");
        index.save("{\"_id\": 3, \"a\": null}");

        refused(index, "{\"_id\": 4, \"a\": null}");
        assertEquals(1, index.store.entries().size());
    }

    @Test
    void a_unique_key_moves_from_one_document_to_another() {
        IndexFixture index = IndexFixture.of(UNIQUE);
        index.save("{\"_id\": 1, \"a\": 5}");
        index.save("{\"_id\": 1, \"a\": 6}");
        index.save("{\"_id\": 2, \"a\": 5}");
        index.delete(Value.of(1));
        index.save("{\"_id\": 3, \"a\": 6}");

        assertEquals(List.of(Value.of(2)), find(index, Value.of(5)));
        assertEquals(List.of(Value.of(3)), find(index, Value.of(6)));
        assertEquals(List.of(), index.verify());
    }

    @Test
    void an_update_writes_only_entries_that_change() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        index.save("{\"_id\": 1, \"a\": [1, 2, 3], \"b\": 1}");
        assertEquals(3, index.store.writes());

        index.save("{\"_id\": 1, \"a\": [1, 2, 3], \"b\": 2}");
        assertEquals(3, index.store.writes());

        index.save("{\"_id\": 1, \"a\": [2, 3, 4]}");
        assertEquals(5, index.store.writes());

        index.save("{\"_id\": 1, \"a\": [2, 3, {\"$numberDouble\": \"4.0\"}]}");
        assertEquals(6, index.store.writes());
    }

    /** Rule 80. */
    @Test
    void parallel_arrays_are_refused() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1, \"b\": 1}}");
        index.save("{\"_id\": 1, \"a\": [1], \"b\": 1}");
        index.save("{\"_id\": 2, \"a\": 1, \"b\": [1]}");

        SmilodonException refused =
                assertThrows(
                        SmilodonException.class,
                        () -> index.save("{\"_id\": 3, \"a\": [1], \"b\": [1]}"));

        assertEquals(171, refused.code().number());
        assertEquals(List.of("b", "a"), refused.details().get("fields"));
    }

    /** Whatever the updates, the entries are those of an index built from the documents. */
    @RepeatedTest(40)
    void updates_leave_what_a_new_index_would_hold() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        String unique = values.nextInt(2) == 0 ? ", \"unique\": true" : "";
        String sparse = values.nextInt(2) == 0 ? ", \"sparse\": true" : "";
        String specification = "{\"key\": {\"a\": 1, \"b\": -1}" + unique + sparse + "}";
        IndexFixture index = IndexFixture.of(specification);
        for (int step = 0; step < 60; step++) {
            Value id = Value.of(values.nextInt(8));
            if (values.nextInt(4) == 0) {
                index.delete(id);
            } else {
                trySave(index, randomDocument(id, values));
            }
        }

        IndexFixture rebuilt = IndexFixture.of(specification);
        index.documents.values().forEach(rebuilt::save);
        assertEquals(
                dump(rebuilt.store.entries()), dump(index.store.entries()), () -> "seed " + seed);
        assertEquals(List.of(), index.verify(), () -> "seed " + seed);
    }

    private static Document randomDocument(Value id, RandomValues values) {
        List<Value> elements = new ArrayList<>();
        for (int i = values.nextInt(4); i > 0; i--) {
            elements.add(Value.of(values.nextInt(6)));
        }
        Value b = values.nextInt(2) == 0 ? values.nextNumber() : Value.of("y".repeat(3_500));
        Document document =
                Document.builder().put("_id", id).put("a", ArrayValue.of(elements)).build();
        return values.nextInt(3) == 0 ? document : document.with("b", b);
    }

    private static void trySave(IndexFixture index, Document document) {
        try {
            index.save(document);
        } catch (SmilodonException refused) {
            assertEquals(11000, refused.code().number());
        }
    }

    @Test
    void the_table_of_types_has_this_one() {
        IndexFixture index = IndexFixture.of(UNIQUE);

        assertEquals(
                index.definition,
                IndexTypes.maintainer(index.definition, "shop.orders").definition());
        assertFalse(index.traits.holdsCutKeys());
    }
}
