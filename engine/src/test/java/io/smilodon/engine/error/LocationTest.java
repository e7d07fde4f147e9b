package io.smilodon.engine.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/0/$gt", "/a~1b/~0c/~01", "//x"})
    void a_pointer_names_the_place_that_it_was_made_from(String pointer) {
        assertEquals(pointer, Location.ofPointer(pointer).pointer());
    }

    @Test
    void what_is_written_elsewhere_is_moved() {
        Location from = Location.ofPointer("/filter");
        Location to = Location.ofPointer("/a/query");
        assertEquals("/a/query", Location.ofPointer("/filter").moved(from, to).pointer());
        assertEquals("/a/query/$x/0", Location.ofPointer("/filter/$x/0").moved(from, to).pointer());
        assertEquals("/filters", Location.ofPointer("/filters").moved(from, to).pointer());
        assertEquals("/b/filter", Location.ofPointer("/b/filter").moved(from, to).pointer());
        assertEquals("", Location.ROOT.moved(from, to).pointer());
    }
}
