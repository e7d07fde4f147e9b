package io.smilodon.index.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WildcardKeysTest {

    private static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }

    private static DocumentKeys keys(String specification) {
        return IndexDefinition.parse(json(specification)).keys();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'$**': 1 | _id: 0 | {'a': 1, 'b': {'c': 2}} | (\"a\", 1) (\"b.c\", 2)",
                "'$**': 1, 'a': 1 | a: 0 | {'a': 1, 'b': 1} | (\"b\", 1, 1)",
                "'c': 1, '$**': 1 | c: 0 | {'a': {'b': 'x', 'c': 2}}"
                        + " | (null, \"a.b\", \"x\") (null, \"a.c\", 2)",
                "'a': 1, '$**': 1, 'c': 1 | a: 0, c: 0 | {'a': 1, 'b': 2} | (1, \"b\", 2, null)",
                "'a': 1, 's.$**': 1 | | {'a': 1, 's': {'a': 1, 'b': 2}}"
                        + " | (1, \"s.a\", 1) (1, \"s.b\", 2)",
                "'a': 1, '$**': 1, 'c': 1 | a: 0, c: 0 | {'a': 1, 'b': [1, {'c': [3]}]}"
                        + " | (1, \"b\", 1, null) (1, \"b.c\", 3, null)",
                "'$**': 1, 'c': 1 | c: 0 | {'c': 5} | ~~",
                "'a.x': 1, 's.$**': 1 | | {'a': {'x': {'y': [1]}}}"
                        + " | ({ y: [ 1 ] }, MinKey, MinKey)",
                "'a': 1, 's.$**': 1 | | {} | (null, MinKey, MinKey)"
            })
    void a_key_has_the_path_and_the_value_between_the_other_fields(
            String pattern, String projection, String document, String expected) {
        String option =
                projection == null ? "" : ", 'wildcardProjection': {" + quoted(projection) + "}";
        ExtractedKeys found = keys("{'key': {" + pattern + "}" + option + "}").keys(json(document));

        assertEquals(
                expected,
                found.keys().stream().map(IndexKey::toString).collect(Collectors.joining(" ")));
        assertFalse(found.multikeyPaths().isMultikey());
    }

    private static String quoted(String projection) {
        return projection.replaceAll("(\\w+):", "'$1':");
    }

    @Test
    void the_paths_of_arrays_below_the_wildcard_are_told() {
        DocumentKeys keys = keys("{'key': {'a': 1, 's.$**': 1}}");
        ExtractedKeys found = keys.keys(json("{'s': [1, {'c': [3]}, {'d': {'e': []}}]}"));
        assertEquals(Set.of("s", "s.c", "s.d.e"), found.arrays().paths());
    }

    @Test
    void arrays_beside_the_wildcard_are_refused() {
        DocumentKeys keys = keys("{'key': {'s.$**': 1, 'a.x': 1}}");
        for (String document : Set.of("{'a': [1]}", "{'a': {'x': []}}", "{'a': [{'x': 1}]}")) {
            SmilodonException refused =
                    assertThrows(SmilodonException.class, () -> keys.keys(json(document)));
            assertEquals(7246301, refused.code().number());
        }
    }

    @Test
    void what_may_change_the_keys() {
        DocumentKeys keys = keys("{'key': {'s.t.$**': 1, 'a.x': 1}}");
        for (String path : Set.of("s", "s.t", "s.t.u", "a", "a.x", "a.x.y")) {
            assertTrue(keys.mayChangeAt(FieldPath.parse(path)), path);
        }
        for (String path : Set.of("b", "a.y", "t")) {
            assertFalse(keys.mayChangeAt(FieldPath.parse(path)), path);
        }
    }
}
