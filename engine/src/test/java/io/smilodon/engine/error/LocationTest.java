package io.smilodon.engine.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/0/$gt", "/a~1b/~0c/~01", "//x"})
    void a_pointer_names_the_place_that_it_was_made_from(String pointer) {
        assertEquals(pointer, Location.ofPointer(pointer).pointer());
    }
}
