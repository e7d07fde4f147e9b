package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.testing.ListCursor;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of grouping by their numbers; the scripts have more of each. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GroupRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15955 | {'a': {'$sum': 1}}",
                "15952 | {'_id': 1, 'a': {'$total': 1}}",
                "115   | {'_id': 1, 'a': {'$accumulator': {}}}",
                "40238 | {'_id': 1, 'a': {'$sum': 1, '$avg': 1}}",
                "40234 | {'_id': 1, 'a': 5}",
                "40234 | {'_id': 1, 'a': {'b': 1}}"
            })
    void rule_095_bad_groups_have_their_codes(int code, String group) {
        String pipeline = "[{'$group': " + group + "}]";

        assertEquals(
                code,
                assertThrows(SmilodonException.class, () -> run("[]", pipeline)).code().number());
    }

    @Test
    void rule_095_null_and_missing_are_one_group_for_a_scalar_id() {
        assertEquals(
                "[{'_id': null, 'n': 2}, {'_id': 1, 'n': 1}]",
                run(
                        "[{'a': null}, {}, {'a': 1}]",
                        "[{'$group': {'_id': '$a', 'n': {'$sum': 1}}}]"));
    }

    @Test
    void rule_095_a_missing_part_of_a_document_id_is_left_out() {
        assertEquals(
                "[{'_id': {'x': null, 'y': 1}, 'n': 1}, {'_id': {'y': 1}, 'n': 1}]",
                run(
                        "[{'a': null, 'b': 1}, {'b': 1}]",
                        "[{'$group': {'_id': {'x': '$a', 'y': '$b'}, 'n': {'$sum': 1}}}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'x': '$a'}          | [{'_id': {'x': null}, 'n': 2}]",
                "{'x': '$$REMOVE'}    | [{'_id': {'x': null}, 'n': 2}]",
                "{'x': {'y': '$a'}}   | [{'_id': {'x': {'y': null}}, 'n': 1},"
                        + " {'_id': {'x': {}}, 'n': 1}]",
                "{'$mergeObjects': [{'x': '$a'}]} | [{'_id': {'x': null}, 'n': 1},"
                        + " {'_id': {}, 'n': 1}]"
            })
    void rule_095_the_only_field_of_a_document_id_is_null_where_it_is_missing(
            String id, String groups) {
        assertEquals(
                groups,
                run("[{'a': null}, {}]", "[{'$group': {'_id': " + id + ", 'n': {'$sum': 1}}}]"));
    }

    @Test
    void rule_096_push_and_add_to_set_skip_missing_values_and_keep_null() {
        assertEquals(
                "[{'_id': 1, 'p': [null, 1, 1], 's': [null, 1]}]",
                run(
                        "[{'a': null}, {}, {'a': 1}, {'a': 1}]",
                        "[{'$group': {'_id': 1, 'p': {'$push': '$a'}, 's': {'$addToSet': '$a'}}}]"));
    }

    @Test
    void rule_096_sum_ignores_what_is_no_number_and_avg_of_nothing_is_null() {
        assertEquals(
                "[{'_id': 1, 's': 3, 'z': 0, 'a': 1.5, 'n': null}]",
                run(
                        "[{'a': 1}, {'a': 'x'}, {'a': [5]}, {}, {'a': 2}]",
                        "[{'$group': {'_id': 1, 's': {'$sum': '$a'}, 'z': {'$sum': '$b'},"
                                + " 'a': {'$avg': '$a'}, 'n': {'$avg': '$b'}}}]"));
    }

    @Test
    void rule_096_min_and_max_ignore_null_and_missing() {
        assertEquals(
                "[{'_id': 1, 'min': 2, 'max': 'x', 'none': null}]",
                run(
                        "[{'a': null}, {}, {'a': 2}, {'a': 'x'}]",
                        "[{'$group': {'_id': 1, 'min': {'$min': '$a'}, 'max': {'$max': '$a'},"
                                + " 'none': {'$max': '$b'}}}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40191 | {'groupBy': '$a', 'boundaries': [0, '$b']}",
                "40192 | {'groupBy': '$a', 'boundaries': [0]}",
                "40193 | {'groupBy': '$a', 'boundaries': [0, 'x']}",
                "40194 | {'groupBy': '$a', 'boundaries': [1, 1]}",
                "40194 | {'groupBy': '$a', 'boundaries': [2, 1]}",
                "40195 | {'groupBy': '$a', 'boundaries': [0, 1], 'default': '$b'}",
                "40196 | {'groupBy': '$a', 'boundaries': [0, 1], 'output': 1}",
                "40197 | {'groupBy': '$a', 'boundaries': [0, 1], 'x': 1}",
                "40198 | {'groupBy': '$a'}",
                "40198 | {'boundaries': [0, 1]}",
                "40199 | {'groupBy': '$a', 'boundaries': [0, 9], 'default': 0}",
                "40200 | {'groupBy': '$a', 'boundaries': 1}",
                "40201 | 1",
                "40202 | {'groupBy': 'a', 'boundaries': [0, 1]}",
            })
    void rule_099_what_buckets_are(int code, String bucket) {
        assertEquals(code, codeOf("[]", "[{'$bucket': " + bucket + "}]"));
    }

    @Test
    void rule_099_a_default_must_lie_outside_of_the_boundaries() {
        String inside = "[{'$bucket': {'groupBy': '$a', 'boundaries': [0, 9], 'default': 5}}]";
        String none = "[{'$bucket': {'groupBy': '$a', 'boundaries': [0, 9]}}]";

        assertEquals(40199, codeOf("[]", inside));
        assertEquals(40066, codeOf("[{'a': 9}]", none));
        for (int outside : new int[] {-1, 9}) {
            assertEquals(
                    "[{'_id': %d, 'count': 1}]".formatted(outside),
                    run("[{'a': 77}]", inside.replace(": 5", ": " + outside)));
        }
        assertEquals("[{'_id': 0, 'count': 1}]", run("[{'a': 8}]", none));
    }

    @ParameterizedTest
    @CsvSource({
        "R5, 1, 0.63, 1.6",
        "R10, 1, 0.8, 1.25",
        "R20, 1, 0.9, 1.12",
        "R40, 1, 0.95, 1.06",
        "R80, 1, 0.975, 1.03",
        "1-2-5, 1, 0.5, 2.0",
        "E6, 1, 0.68, 1.5",
        "E12, 1, 0.82, 1.2",
        "E24, 1, 0.91, 1.1",
        "E48, 1, 0.953, 1.05",
        "E96, 1, 0.976, 1.02",
        "E192, 1, 0.988, 1.01",
        "E192, 9.19, 9.09, 9.2",
        "POWERSOF2, 1, 0.5, 2.0",
        "POWERSOF2, 3, 2.0, 4.0",
        "R5, 1234567, 1000000.0, 1600000.0",
        "E6, 1e300, 6.8e299, 1.5e300"
    })
    void boundaries_are_the_next_round_numbers(
            String series, String number, String below, String above) {
        assertEquals(
                "[{'_id': {'min': "
                        + Double.valueOf(below)
                        + ", 'max': "
                        + Double.valueOf(above)
                        + "}, 'count': 1}]",
                run(
                        "[{'a': " + number + "}]",
                        "[{'$bucketAuto': {'groupBy': '$a', 'buckets': 1, 'granularity': '"
                                + series
                                + "'}}]"));
    }

    private static int codeOf(String input, String pipeline) {
        return assertThrows(SmilodonException.class, () -> run(input, pipeline)).code().number();
    }

    private static String run(String input, String pipeline) {
        List<Document> documents =
                ExtendedJson.readArray(json(input)).elements().stream()
                        .map(Document.class::cast)
                        .toList();
        List<Document> result =
                ListCursor.drain(
                        Pipeline.parse(ExtendedJson.readArray(json(pipeline)), Location.ROOT)
                                .open(new ListCursor(documents), MemoryCollections.none()));
        return ExtendedJson.write(ArrayValue.of(result), JsonMode.RELAXED)
                .replace('"', '\'')
                .replace("':", "': ")
                .replace(",", ", ")
                .replace(":  ", ": ")
                .replace(",  ", ", ");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
