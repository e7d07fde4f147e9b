package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentCodecTest {

    private static final int CASES = 50;

    @RepeatedTest(100)
    void a_stored_document_equals_the_tree_it_was_written_from() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Document tree = values.nextDocument();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(tree));
            assertEquals(tree, stored, () -> "seed " + seed);
            assertEquals(stored, tree, () -> "seed " + seed);
            assertEquals(tree.hashCode(), stored.hashCode(), () -> "seed " + seed);
            assertEquals(tree.toString(), stored.toString(), () -> "seed " + seed);
            assertEquals(tree.size(), stored.size(), () -> "seed " + seed);
            assertEquals(tree.isEmpty(), stored.isEmpty(), () -> "seed " + seed);
            assertEquals(0, ValueOrder.ASCENDING.compare(tree, stored), () -> "seed " + seed);
            assertEquals(ValueOrder.hash(tree), ValueOrder.hash(stored), () -> "seed " + seed);
            for (Field field : tree) {
                assertEquals(field.value(), stored.get(field.name()), () -> "seed " + seed);
            }
            assertSame(Missing.INSTANCE, stored.get("no such name"));
        }
    }

    @RepeatedTest(20)
    void stored_parts_are_copied_into_new_documents() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Document tree = values.nextDocument();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(tree));
            Document changed = stored.with("new", ArrayValue.of(stored, Value.of(1)));
            assertEquals(
                    tree.with("new", ArrayValue.of(tree, Value.of(1))),
                    DocumentCodec.decode(DocumentCodec.encode(changed)),
                    () -> "seed " + seed);
        }
    }

    @Test
    void a_document_read_from_bytes_gives_these_bytes() {
        byte[] bytes = DocumentCodec.encode(Document.of("a", Value.of("b")));
        assertSame(bytes, DocumentCodec.encode(DocumentCodec.decode(bytes)));

        byte[] surrounded = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, surrounded, 3, bytes.length);
        Document part = DocumentCodec.decode(surrounded, 3, bytes.length);
        assertEquals(Value.of("b"), part.get("a"));
        assertArrayEquals(bytes, DocumentCodec.encode(part));
        assertNotSame(surrounded, DocumentCodec.encode(part));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> DocumentCodec.decode(surrounded, 3, surrounded.length));
    }

    @Test
    void a_nested_stored_document_is_written_alone() {
        Document outer =
                DocumentCodec.decode(
                        DocumentCodec.encode(Document.of("a", Document.of("b", Value.of(1)))));
        Document inner = assertInstanceOf(Document.class, outer.get("a"));
        assertArrayEquals(
                DocumentCodec.encode(Document.of("b", Value.of(1))), DocumentCodec.encode(inner));
    }

    /** If this fails, the change is a new format. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "null | 21",
                "false | 22",
                "true | 23",
                "0 | c0",
                "-16 | df",
                "15 | de",
                "16 | 24 a0",
                "31 | 24 be",
                "32 | 24 01 80",
                "-2147483648 | 24 1f 7f 7f 7f bf",
                "{\"$numberLong\":\"1\"} | 25 00 00 00 00 82",
                "{\"$numberLong\":\"-9223372036854775808\"} | 25 03 7f 7f 7f 7f 7f 7f 7f 7f bf",
                "1.5 | 29 00 3f 7c 00 00 00 00 00 00 00",
                "-0.0 | 29 01 00 00 00 00 00 00 00 00 00",
                "\"\" | 20",
                "\"ab\" | 41 61 62",
                "\"é\" | 80 c3 a9",
                "[] | f8 f9",
                "[1,{\"\":2}] | f8 c2 fa 20 c4 fb f9",
                "{\"é\":null} | fa c0 c3 a9 21 fb",
                "{\"$binary\":{\"base64\":\"/w==\",\"subType\":\"80\"}} | fd 83 05 80 ff",
                "{\"$undefined\":true} | fd 81 06",
                "{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"} | fd 8d 07 65f0c0ffee65f0c0ffee0001",
                "{\"$date\":\"1970-01-01T00:00:00.001Z\"} | fd 89 09 0000000000000001",
                "{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"i\"}} | fd 87 0b 00000001 61 69",
                "{\"$dbPointer\":{\"$ref\":\"c\",\"$id\":{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}}} | fd 8e 0c 65f0c0ffee65f0c0ffee0001 63",
                "{\"$code\":\"f\"} | fd 82 0d 66",
                "{\"$symbol\":\"s\"} | fd 82 0e 73",
                "{\"$code\":\"f\",\"$scope\":{\"a\":1}} | fd 8b 0f 00000001 66 fa 80 61 c2 fb",
                "{\"$timestamp\":{\"t\":1,\"i\":2}} | fd 89 11 00000001 00000002",
                "{\"$numberDecimal\":\"1.0\"} | fd 91 13 303e000000000000 000000000000000a",
                "{\"$minKey\":1} | fd 81 ff",
                "{\"$maxKey\":1} | fd 81 7f",
            })
    void the_bytes_of_the_format_do_not_change(String json, String hex) {
        Document document = Document.of("v", ExtendedJson.readValue(json));
        assertEquals(
                "fa8076" + hex.replace(" ", "") + "fb",
                HexFormat.of().formatHex(DocumentCodec.encode(document)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 32, 33, 55, 56, 57, 58, 63, 64, 65, 66, 1_000})
    void text_and_names_of_every_length_read_back(int length) {
        for (String piece : List.of("x", "é", "\uffff", "😀")) {
            String text = piece.repeat(length);
            String mixed = "a" + text;
            Document document =
                    Document.builder().put(text, text).put(mixed, mixed).put("z", 1).build();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(document));
            assertEquals(document, stored);
            assertEquals(new StringValue(text), stored.get(text));
            assertEquals(new StringValue(mixed), stored.get(mixed));
            assertEquals(Value.of(1), stored.get("z"));
        }
    }

    @Test
    void a_number_keeps_its_type() {
        Document document = Document.builder().put("l", 1L).put("d", -0.0).build();
        Document stored = DocumentCodec.decode(DocumentCodec.encode(document));
        assertInstanceOf(Int64Value.class, stored.get("l"));
        assertEquals(Value.of(-0.0), stored.get("d"));
    }

    @Test
    void a_stored_array_is_read_by_index() {
        ArrayValue tree = ArrayValue.of(Value.of("x".repeat(100)), Value.of(2), Document.EMPTY);
        Document stored = DocumentCodec.decode(DocumentCodec.encode(Document.of("a", tree)));
        ArrayValue array = assertInstanceOf(ArrayValue.class, stored.get("a"));
        assertEquals(3, array.size());
        assertFalse(array.isEmpty());
        assertEquals(Value.of(2), array.get(1));
        assertSame(Missing.INSTANCE, array.get(3));
        assertSame(Missing.INSTANCE, array.get(-1));
        assertEquals(tree.elements(), array.elements());
        assertEquals(tree, array);
        assertEquals(array, tree);
        assertEquals(tree.hashCode(), array.hashCode());
        Iterator<Value> elements = array.iterator();
        elements.forEachRemaining(element -> assertTrue(tree.elements().contains(element)));
        assertThrows(NoSuchElementException.class, elements::next);
    }

    @Test
    void documents_are_limited_to_16_mebibytes() {
        int overhead =
                DocumentCodec.encode(Document.of("a", new SymbolValue("x".repeat(1 << 20)))).length
                        - (1 << 20);
        byte[] most = new byte[Limits.DOCUMENT_BYTES_MAX - overhead - 2];
        Document fits = Document.of("a", new BinaryValue((byte) 0, most));
        int length = DocumentCodec.encode(fits).length;
        assertTrue(length <= Limits.DOCUMENT_BYTES_MAX, () -> "" + length);
        byte[] more = new byte[most.length + Limits.DOCUMENT_BYTES_MAX - length + 1];
        assertRefused(
                ErrorCode.OBJECT_TOO_LARGE, Document.of("a", new BinaryValue((byte) 0, more)));
        assertRefused(
                ErrorCode.OBJECT_TOO_LARGE,
                Document.of("a", Value.of("é".repeat(Limits.DOCUMENT_BYTES_MAX / 2))));
        Value big = Value.of("x".repeat(1 << 20));
        assertRefused(
                ErrorCode.OBJECT_TOO_LARGE,
                Document.of("a", ArrayValue.of(Collections.nCopies(17, big))));
        Document stored = DocumentCodec.decode(DocumentCodec.encode(fits));
        assertRefused(ErrorCode.OBJECT_TOO_LARGE, Document.of("a", stored));
    }

    @Test
    void produced_nesting_is_limited() {
        Document deepest = Document.of("a", Value.of(1));
        for (int i = 1; i < Limits.NESTING_MAX; i++) {
            deepest = Document.of("a", deepest);
        }
        Document stored = DocumentCodec.decode(DocumentCodec.encode(deepest));
        assertEquals(deepest, stored);
        assertRefused(ErrorCode.OVERFLOW, Document.of("a", deepest));
        assertRefused(ErrorCode.OVERFLOW, Document.of("a", stored));
        assertRefused(ErrorCode.OVERFLOW, Document.of("a", ArrayValue.of(stored.get("a"))));

        Document scope = (Document) ((Document) stored.get("a")).get("a");
        Document code = Document.of("c", new CodeWithScopeValue("f", scope));
        Document storedCode = DocumentCodec.decode(DocumentCodec.encode(code));
        assertEquals(code, storedCode);
        assertRefused(ErrorCode.OVERFLOW, Document.of("a", storedCode));
    }

    @Test
    void produced_fields_and_elements_are_limited() {
        DocumentBuilder fields = Document.builder();
        for (int i = 0; i < Limits.FIELDS_MAX; i++) {
            fields.put("f" + i, Value.of(true));
        }
        Document most = fields.build();
        assertEquals(most, DocumentCodec.decode(DocumentCodec.encode(most)));
        assertRefused(ErrorCode.OBJECT_TOO_LARGE, most.with("more", Value.of(true)));

        List<Value> elements = Collections.nCopies(Limits.ARRAY_ITEMS_MAX, Value.of(true));
        Document longest = Document.of("a", ArrayValue.of(elements));
        assertEquals(Limits.ARRAY_ITEMS_MAX + 5, DocumentCodec.encode(longest).length - 1);
        List<Value> more = Collections.nCopies(Limits.ARRAY_ITEMS_MAX + 1, Value.of(true));
        assertRefused(ErrorCode.OBJECT_TOO_LARGE, Document.of("a", ArrayValue.of(more)));
    }

    @Test
    void names_with_nul_and_half_surrogate_pairs_are_refused() {
        assertRefused(ErrorCode.BAD_VALUE, Document.of("a\0", Value.of(1)));
        assertRefused(ErrorCode.BAD_VALUE, Document.of("\ud800", Value.of(1)));
        assertRefused(ErrorCode.BAD_VALUE, Document.of("a", Value.of("x\udc00")));
        assertRefused(ErrorCode.BAD_VALUE, Document.of("a", new SymbolValue("\udc00")));
    }

    /** Short and long texts are written in two ways, and the second one asks Java's coder. */
    @Test
    void a_half_surrogate_pair_is_refused_and_a_question_mark_kept_in_texts_of_every_length() {
        for (int length = 1; length < 200; length++) {
            String text = "a".repeat(length);
            assertRefused(ErrorCode.BAD_VALUE, Document.of("a", Value.of(text + "\ud800")));
            assertRefused(ErrorCode.BAD_VALUE, Document.of("a", Value.of("\udc00?" + text)));
            for (String good : List.of("?", "\u00e9", "\ud83e\udd81", "\u20ac?")) {
                Document document = Document.of("a", Value.of(text + good));
                assertEquals(document, DocumentCodec.decode(DocumentCodec.encode(document)));
            }
        }
    }

    private static void assertRefused(ErrorCode code, Document document) {
        assertEquals(
                code,
                assertThrows(SmilodonException.class, () -> DocumentCodec.encode(document)).code());
    }

    @RepeatedTest(200)
    void damaged_bytes_are_refused_or_read_as_another_document() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] damaged = damaged(DocumentCodec.encode(values.nextDocument()), random);
            try {
                Document document = DocumentCodec.decode(damaged);
                document.size();
                document.get("b");
                assertTrue(Document.equal(document, document));
                ValueOrder.hash(document);
                DocumentCodec.encode(Document.of("a", document));
            } catch (SmilodonException e) {
                boolean known =
                        e.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)
                                || e.code().equals(ErrorCode.OVERFLOW);
                assertTrue(known, () -> "seed " + seed + ": " + e);
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[1 + random.nextInt(60)];
            random.nextBytes(noise);
            noise[0] = (byte) SmileFormat.START_OBJECT;
            return noise;
        }
        byte[] copy =
                random.nextBoolean()
                        ? bytes.clone()
                        : Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        for (int flips = random.nextInt(3); flips >= 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f8",
                "fa",
                "fa8061",
                "fa8061fd",
                "fa8061fd9f05",
                "fa80612401020304",
                "fa8061fd8100fb",
                "fa8061fd8d07fb",
                "fa80612a80fb",
                "fa806101fb",
                "fa8061e061fb",
                "fa34616161",
                "fa8061fd0f7f7f7fbf0500",
                "fa8061241f7f7f7f7fbffb",
                "fa8061fd820601fb"
            })
    void bytes_that_are_no_document_are_refused(String hex) {
        SmilodonException refusal =
                assertThrows(
                        SmilodonException.class,
                        () -> DocumentCodec.decode(HexFormat.of().parseHex(hex)).hashCode());
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, refusal.code());
    }

    @Test
    void endless_nesting_in_damaged_bytes_is_refused() {
        byte[] arrays = new byte[1 << 20];
        Arrays.fill(arrays, (byte) SmileFormat.START_ARRAY);
        arrays[0] = (byte) SmileFormat.START_OBJECT;
        arrays[1] = (byte) SmileFormat.NAME_EMPTY;
        Document document = DocumentCodec.decode(arrays);
        SmilodonException refusal = assertThrows(SmilodonException.class, document::size);
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, refusal.code());
        assertThrows(SmilodonException.class, document::hashCode);
    }
}
