package io.smilodon.query.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPattern;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SortPatternTest {

    private static SortPattern pattern(String json) {
        return SortPattern.parse(read(json));
    }

    private static Document read(String json) {
        return ExtendedJson.readDocument(json);
    }

    private static List<Value> key(String pattern, String document) {
        return pattern(pattern).keyOf(read(document)).values();
    }

    private static int order(String pattern, String left, String right) {
        return Integer.signum(pattern(pattern).comparator().compare(read(left), read(right)));
    }

    @Test
    void rule_037_an_array_sorts_by_its_lowest_element_up_and_its_highest_down() {
        assertEquals(List.of(Value.of(1)), key("{\"a\": 1}", "{\"a\": [3, 1, 2]}"));
        assertEquals(List.of(Value.of(3)), key("{\"a\": -1}", "{\"a\": [3, 1, 2]}"));
        assertEquals(
                List.of(Value.of(1)),
                key("{\"a.b\": 1}", "{\"a\": [{\"b\": [4, 1]}, {\"b\": 2}]}"));
        assertEquals(List.of(NullValue.INSTANCE), key("{\"a.b\": 1}", "{\"a\": [{\"b\": 4}, 7]}"));
        assertEquals(-1, order("{\"a\": 1}", "{\"a\": [9, 0]}", "{\"a\": 5}"));
        assertEquals(-1, order("{\"a\": -1}", "{\"a\": [9, 0]}", "{\"a\": 5}"));
    }

    @Test
    void rule_037_paths_under_one_array_take_the_same_element() {
        String document = "{\"a\": [{\"x\": 1, \"y\": 2}, {\"x\": 1, \"y\": 5}, {\"x\": 3}]}";
        assertEquals(List.of(Value.of(1), Value.of(5)), key("{\"a.x\": 1, \"a.y\": -1}", document));
        assertEquals(
                List.of(Value.of(3), NullValue.INSTANCE),
                key("{\"a.x\": -1, \"a.y\": -1}", document));
    }

    @Test
    void rule_038_empty_arrays_come_before_null_and_absent_fields() {
        assertEquals(List.of(UndefinedValue.INSTANCE), key("{\"a\": 1}", "{\"a\": []}"));
        assertEquals(List.of(NullValue.INSTANCE), key("{\"a\": 1}", "{}"));
        assertEquals(-1, order("{\"a\": 1}", "{\"a\": []}", "{\"a\": null}"));
        assertEquals(-1, order("{\"a\": 1}", "{\"a\": []}", "{}"));
        assertEquals(0, order("{\"a\": 1}", "{\"a\": null}", "{}"));
        assertEquals(0, order("{\"a\": 1}", "{\"a\": [null]}", "{\"a\": null}"));
        assertEquals(-1, order("{\"a\": 1}", "{}", "{\"a\": -1}"));
        assertEquals(1, order("{\"a\": -1}", "{}", "{\"a\": -1}"));
    }

    @Test
    void rule_039_parallel_arrays_are_refused() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> key("{\"a\": 1, \"b\": 1}", "{\"a\": [1], \"b\": [2]}"));

        assertEquals(2, error.code().number());
        assertEquals("cannot sort with keys that are parallel arrays", error.template());
    }

    @Test
    void rule_039_a_sort_has_32_keys_at_most() {
        DocumentBuilder keys = Document.builder();
        for (int i = 0; i < SortPattern.PARTS_MAX; i++) {
            keys.put("k" + i, 1);
        }
        assertEquals(32, SortPattern.parse(keys.build()).parts().size());
        Document tooMany = keys.put("last", 1).build();

        SmilodonException error =
                assertThrows(SmilodonException.class, () -> SortPattern.parse(tooMany));

        assertEquals(13103, error.code().number());
        assertEquals("/last", error.location().orElseThrow().pointer());
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', 15976, ''",
        "'{\"a\": 0}', 15975, /a",
        "'{\"a\": 2}', 15975, /a",
        "'{\"a\": 1.5}', 15975, /a",
        "'{\"a\": \"asc\"}', 15974, /a",
        "'{\"a\": {\"b\": 1}}', 15974, /a",
        "'{\"a\": true}', 15974, /a",
        "'{\"a\": {\"$meta\": \"indexKey\"}}', 31138, /a",
        "'{\"\": 1}', 40352, /",
        "'{\"a.\": 1}', 40353, /a.",
        "'{\"a..b\": 1}', 15998, /a..b",
        "'{\"$a\": 1}', 16410, /$a"
    })
    void rule_040_what_is_no_sort(String sort, int code, String place) {
        SmilodonException error = assertThrows(SmilodonException.class, () -> pattern(sort));

        assertEquals(code, error.code().number());
        assertEquals(place, error.location().orElseThrow().pointer());
    }

    @Test
    void directions_may_be_numbers_of_any_type() {
        SortPattern pattern = pattern("{\"a\": -1.0, \"b\": {\"$numberLong\": \"1\"}, \"c.d\": 1}");

        assertEquals(read("{\"a\": -1, \"b\": 1, \"c.d\": 1}"), pattern.toDocument());
    }

    @Test
    void a_number_in_a_path_names_an_element_or_a_field() {
        assertEquals(List.of(Value.of(5)), key("{\"a.1\": 1}", "{\"a\": [3, 5]}"));
        assertEquals(
                List.of(Value.of(2)), key("{\"a.1\": 1}", "{\"a\": [{\"1\": 2}, {\"1\": 4}]}"));
        assertEquals(List.of(Value.of(7)), key("{\"a.0.b\": 1}", "{\"a\": [{\"b\": 7}]}"));
        assertEquals(List.of(NullValue.INSTANCE), key("{\"a.2\": 1}", "{\"a\": [3, 5]}"));
    }

    @Test
    void later_keys_decide_ties() {
        assertEquals(-1, order("{\"a\": 1, \"b\": -1}", "{\"a\": 1, \"b\": 2}", "{\"a\": 1.0}"));
        assertEquals(1, order("{\"a\": 1, \"b\": 1}", "{\"a\": 1, \"b\": 2}", "{\"a\": 1.0}"));
    }

    /** An index in the order of the sort holds the sort key as its first key of the document. */
    @RepeatedTest(400)
    void the_sort_key_is_the_first_index_key() {
        long seed = Seeds.next();
        Document document = new RandomValues(seed).nextDocument();
        Document sort = read("{\"a\": 1, \"a.b\": -1, \"b.a\": -1}");
        SortPattern pattern = SortPattern.parse(sort);
        KeyPattern index = KeyPattern.parse(sort, Location.ROOT);
        List<IndexKey> keys;
        try {
            keys = KeyExtractor.keys(index, document).keys();
        } catch (SmilodonException parallelArrays) {
            assertThrows(SmilodonException.class, () -> pattern.keyOf(document));
            return;
        }
        SortKey expected =
                keys.stream()
                        .map(key -> new SortKey(key.values()))
                        .min(pattern.keyComparator())
                        .orElseThrow();

        assertTrue(
                pattern.keyComparator().compare(expected, pattern.keyOf(document)) == 0,
                () -> "seed " + seed + ": " + document + ": " + expected);
    }
}
