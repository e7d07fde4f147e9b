package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentTest {

    /** Short documents are searched, long ones have a table of names. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 10, 100})
    void fields_are_found_by_name_and_keep_their_order(int size) {
        DocumentBuilder builder = Document.builder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            builder.put("f" + i, i);
            names.add("f" + i);
        }
        Document document = builder.build();

        assertEquals(size, document.size());
        assertEquals(size, builder.size());
        assertEquals(size == 0, document.isEmpty());
        for (int i = 0; i < size; i++) {
            assertEquals(Value.of(i), document.get("f" + i));
            assertTrue(builder.has("f" + i));
        }
        assertSame(Missing.INSTANCE, document.get("g"));
        assertFalse(builder.has("g"));
        List<String> found = new ArrayList<>();
        document.forEach(field -> found.add(field.name()));
        assertEquals(names, found);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void a_field_set_again_keeps_its_place(int size) {
        DocumentBuilder builder = Document.builder();
        for (int i = 0; i < size; i++) {
            builder.put("f" + i, i);
        }
        Document before = builder.build();
        Document after = before.with("f1", Value.of("x"));
        assertEquals(Value.of(1), before.get("f1"));
        assertEquals(Value.of("x"), after.get("f1"));
        assertEquals(size, after.size());
        assertEquals(before, after.with("f1", Value.of(1)));
        assertEquals(size - 1, after.without("f1").size());
        assertSame(Missing.INSTANCE, after.without("f1").get("f1"));
    }

    @Test
    void missing_values_are_left_out() {
        assertEquals(Document.EMPTY, Document.of("a", Missing.INSTANCE));
        Document document = Document.of("a", Value.of(1));
        assertEquals(document, document.with("b", Missing.INSTANCE));
    }

    @Test
    void equality_is_exact() {
        assertNotEquals(Document.of("a", Value.of(1)), Document.of("a", Value.of(1L)));
        assertNotEquals(Document.of("a", Value.of(0.0)), Document.of("a", Value.of(-0.0)));
        assertNotEquals(
                Document.builder().put("a", 1).put("b", 2).build(),
                Document.builder().put("b", 2).put("a", 1).build());
        assertNotEquals(Document.of("a", Value.of(1)), Document.EMPTY);
        assertNotEquals(Document.EMPTY, Document.of("a", Value.of(1)));
    }

    @Test
    void a_builder_goes_on_after_a_build() {
        DocumentBuilder builder = Document.builder().put("a", 1);
        Document first = builder.build();
        builder.put("b", true).put("a", 2.5);
        assertEquals(Document.of("a", Value.of(1)), first);
        assertEquals(2, builder.build().size());
    }

    @Test
    void an_array_is_read_by_index() {
        ArrayValue array = ArrayValue.of(Value.of(1), Value.of("a"));
        assertEquals(Value.of("a"), array.get(1));
        assertSame(Missing.INSTANCE, array.get(2));
        assertSame(Missing.INSTANCE, array.get(-1));
        assertFalse(array.isEmpty());
        assertTrue(ArrayValue.EMPTY.isEmpty());
        assertNotEquals(array, ArrayValue.of(Value.of(1L), Value.of("a")));
    }
}
