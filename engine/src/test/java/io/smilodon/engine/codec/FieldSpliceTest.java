package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FieldSpliceTest {

    /** The law: a stored document changes as its tree does. */
    @RepeatedTest(300)
    void a_field_set_in_bytes_gives_what_it_gives_in_a_tree() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        Document tree =
                Document.builder()
                        .put("a", values.next())
                        .put("b", values.next())
                        .put("c", values.next())
                        .build();
        Document stored = DocumentCodec.decode(DocumentCodec.encode(tree));
        for (String name : new String[] {"a", "b", "c", "new", "ä"}) {
            Value value = values.next();
            assertArrayEquals(
                    DocumentCodec.encode(tree.with(name, value)),
                    DocumentCodec.encode(stored.with(name, value)),
                    () -> "seed " + seed + ", field " + name);
        }
    }

    @RepeatedTest(100)
    void a_value_changed_in_bytes_gives_what_it_gives_in_a_tree() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        Document tree = Document.builder().put("a", values.next()).put("b", values.next()).build();
        Document nested = Document.of("n", tree);
        Document stored = DocumentCodec.decode(DocumentCodec.encode(nested));
        for (String name : new String[] {"n", "new"}) {
            for (Value after : new Value[] {values.next(), Missing.INSTANCE}) {
                assertArrayEquals(
                        DocumentCodec.encode(nested.changed(name, before -> after)),
                        DocumentCodec.encode(stored.changed(name, before -> after)),
                        () -> "seed " + seed + ", field " + name);
            }
        }
        Document inner = (Document) stored.get("n");
        assertEquals(tree.with("b", tree), inner.changed("b", before -> tree), "seed " + seed);
        assertEquals(tree.without("a"), inner.changed("a", before -> Missing.INSTANCE));
    }

    @Test
    void a_change_sees_the_value_and_a_document_that_it_leaves_alone_is_the_same() {
        Document stored = DocumentCodec.decode(DocumentCodec.encode(Document.of("a", Value.of(1))));
        assertSame(stored, stored.changed("a", before -> before));
        assertSame(stored, stored.changed("b", before -> before));
        assertEquals(
                Document.of("a", Value.of(2)),
                stored.changed("a", before -> before.equals(Value.of(1)) ? Value.of(2) : before));
        SmilodonException refused =
                new SmilodonException(ErrorCode.TYPE_MISMATCH, "not of that type");
        assertSame(
                refused,
                assertThrows(
                        SmilodonException.class,
                        () ->
                                stored.changed(
                                        "a",
                                        before -> {
                                            throw refused;
                                        })));
    }

    @Test
    void an_absent_value_changes_nothing() {
        Document stored = DocumentCodec.decode(DocumentCodec.encode(Document.of("a", Value.of(1))));
        assertEquals(stored, stored.with("a", Missing.INSTANCE));
    }

    @Test
    void what_cannot_be_stored_is_refused_when_it_is_encoded() {
        Document stored = DocumentCodec.decode(DocumentCodec.encode(Document.of("a", Value.of(1))));
        refused(stored.with("b", Value.of("\uD800")), ErrorCode.BAD_VALUE);
        refused(stored.with("b\0", Value.of(1)), ErrorCode.BAD_VALUE);
        String half = "x".repeat(Limits.DOCUMENT_BYTES_MAX / 2);
        Document large = stored.with("b", Value.of(half));
        refused(large.with("c", Value.of(half)), ErrorCode.OBJECT_TOO_LARGE);
    }

    private static void refused(Document document, ErrorCode code) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> DocumentCodec.encode(document));
        assertSame(code, error.code());
    }

    @Test
    void text_with_question_marks_and_half_pairs_is_told_apart() {
        for (String text : new String[] {"?", "really? yes, twelve", "", "no", "\u00e4?"}) {
            Document document = Document.of("t", Value.of(text));
            assertEquals(document, DocumentCodec.decode(DocumentCodec.encode(document)));
        }
        for (String text : new String[] {"\uD800", "12345678\uDC00?", "?\uD800"}) {
            refused(Document.of("t", Value.of(text)), ErrorCode.BAD_VALUE);
        }
    }
}
