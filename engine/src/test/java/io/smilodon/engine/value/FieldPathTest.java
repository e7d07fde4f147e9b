package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FieldPathTest {

    @Test
    void a_path_is_split_at_its_dots_and_joined_again() {
        FieldPath path = FieldPath.parse("a.b.0");
        assertEquals(List.of("a", "b", "0"), path.steps());
        assertEquals("a.b.0", path.dotted());
        assertEquals("a", path.first());
        assertEquals(3, path.length());
        assertEquals(FieldPath.parse("a.b"), path.prefix(2));
        assertEquals(FieldPath.parse("a.b.0.c"), path.child("c"));
    }

    @Test
    void empty_steps_are_kept() {
        assertEquals(List.of("", "a", ""), FieldPath.parse(".a.").steps());
        assertEquals(List.of(""), FieldPath.parse("").steps());
    }

    @Test
    void a_path_is_a_prefix_of_itself_and_of_what_lies_below() {
        FieldPath path = FieldPath.parse("a.b");
        assertTrue(path.isPrefixOf(path));
        assertTrue(path.isPrefixOf(FieldPath.parse("a.b.c")));
        assertFalse(path.isPrefixOf(FieldPath.parse("a.bc")));
        assertFalse(path.isPrefixOf(FieldPath.parse("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "10", "999999999"})
    void digits_may_be_an_array_index(String step) {
        assertTrue(FieldPath.isIndex(step));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", "-1", "1a", "1000000000", "\u0661"})
    void anything_else_is_a_name_only(String step) {
        assertFalse(FieldPath.isIndex(step));
    }

    @Test
    void a_path_has_at_least_one_step() {
        assertThrows(IllegalArgumentException.class, () -> new FieldPath(List.of()));
    }
}
