package io.smilodon.query.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rules 50 to 67, the heart of each; the scripts in {@code resources/update} go further. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorRulesTest {

    @Test
    void rule_050_paths_that_overlap_conflict() {
        refused(40, "{}", "{'$set': {'a': 1, 'a.b': 2}}");
        refused(40, "{}", "{'$set': {'a.b': 1}, '$inc': {'a.b': 2}}");
        becomes("{'a': {'b': 1, 'c': 2}}", "{}", "{'$set': {'a.b': 1, 'a.c': 2}}");
    }

    @Test
    void rule_051_the_id_cannot_change_but_be_set_to_an_equal_value() {
        refused(66, "{'_id': 1}", "{'$set': {'_id': 2}}");
        refused(66, "{'_id': 1}", "{'_id': 2}");
        becomes("{'_id': 1, 'a': 1}", "{'_id': 1}", "{'$set': {'_id': 1, 'a': 1}}");
        becomes("{'_id': 1, 'b': 1}", "{'_id': 1, 'a': 1}", "{'b': 1}");
    }

    @Test
    void rule_052_a_scalar_has_no_fields_to_set() {
        refused(28, "{'a': 5}", "{'$set': {'a.b': 1}}");
        refused(28, "{'a': [1]}", "{'$set': {'a.b': 1}}");
        refused(28, "{'a': [1]}", "{'$set': {'a.-1': 1}}");
        refused(28, "{'a': null}", "{'$set': {'a.b': 1}}");
    }

    @Test
    void rule_053_an_array_is_padded_with_nulls() {
        becomes("{'a': [1, null, null, 4]}", "{'a': [1]}", "{'$set': {'a.3': 4}}");
        refused(34, "{'a': []}", "{'$set': {'a.1500001': 1}}");
    }

    @Test
    void rule_054_bad_paths_names_and_operators_are_told_apart() {
        refused(56, "{}", "{'$set': {'': 1}}");
        refused(56, "{}", "{'$set': {'a..b': 1}}");
        refused(52, "{}", "{'$set': {'$a.b': 1}}");
        becomes("{'a': {'$b': 1}}", "{}", "{'$set': {'a.$b': 1}}");
        refused(9, "{}", "{'$foo': {'a': 1}}");
        refused(9, "{}", "{'$set': 1}");
        stays("{'a': 1}", "{'$set': {}}");
    }

    @Test
    void rule_055_inc_and_mul_of_absent_fields() {
        becomes("{'a': 5, 'b': 0}", "{}", "{'$inc': {'a': 5}, '$mul': {'b': 5}}");
        becomes("{'b': {'$numberLong': '0'}}", "{}", "{'$mul': {'b': {'$numberLong': '7'}}}");
        refused(14, "{}", "{'$inc': {'a': 'x'}}");
        refused(14, "{'a': 'x'}", "{'$mul': {'a': 2}}");
        refused(14, "{'a': null}", "{'$inc': {'a': 2}}");
    }

    @Test
    void rule_056_int32_overflows_into_int64_and_that_not_at_all() {
        becomes("{'a': {'$numberLong': '2147483648'}}", "{'a': 2147483647}", "{'$inc': {'a': 1}}");
        refused(2, "{'a': {'$numberLong': '9223372036854775807'}}", "{'$inc': {'a': 1}}");
    }

    @Test
    void rule_057_min_and_max_compare_across_types() {
        becomes("{'a': '1'}", "{'a': 99}", "{'$max': {'a': '1'}}");
        becomes("{'a': null}", "{'a': -5}", "{'$min': {'a': null}}");
        becomes("{'a': 7, 'b': 8}", "{}", "{'$min': {'a': 7}, '$max': {'b': 8}}");
        stays("{'a': 5}", "{'$min': {'a': 6}}");
    }

    @Test
    void rule_058_unset_leaves_null_in_arrays_and_absent_paths_alone() {
        becomes("{'a': [1, null, 3]}", "{'a': [1, 2, 3]}", "{'$unset': {'a.1': ''}}");
        stays("{'a': [1]}", "{'$unset': {'a.4': ''}}");
        stays("{'a': 5}", "{'$unset': {'a.b': '', 'c.d': ''}}");
    }

    @Test
    void rule_059_rename_moves_fields_of_documents_only() {
        becomes("{'b': {'c': 1}}", "{'a': 1}", "{'$rename': {'a': 'b.c'}}");
        stays("{'b': 1}", "{'$rename': {'a': 'c'}}");
        refused(2, "{'a': [{'b': 1}]}", "{'$rename': {'a.0.b': 'c'}}");
        refused(2, "{'a': 1, 'b': [1]}", "{'$rename': {'a': 'b.0'}}");
        refused(40, "{'a': 1}", "{'$rename': {'a': 'b'}, '$set': {'b': 1}}");
        refused(2, "{'a': 1}", "{'$rename': {'a': 5}}");
    }

    @Test
    void rule_060_push_inserts_then_sorts_then_slices() {
        becomes("{'a': [1]}", "{}", "{'$push': {'a': 1}}");
        refused(2, "{'a': 1}", "{'$push': {'a': 1}}");
        refused(2, "{'a': []}", "{'$push': {'a': {'$each': [1], '$foo': 1}}}");
        String all =
                "{'$push': {'a': {'$each': [5, 1], '$position': 0, '$sort': -1, '$slice': 2}}}";
        becomes("{'a': [5, 3]}", "{'a': [3, 2]}", all);
        becomes(
                "{'a': [1, 2, 9, 3]}",
                "{'a': [1, 2, 3]}",
                "{'$push': {'a': {'$each': [9], '$position': -1}}}");
        becomes("{'a': []}", "{'a': [1]}", "{'$push': {'a': {'$each': [2], '$slice': 0}}}");
        becomes("{'a': [2]}", "{'a': [1]}", "{'$push': {'a': {'$each': [2], '$slice': -1}}}");
    }

    @Test
    void rule_061_add_to_set_adds_what_is_not_equal_to_any() {
        refused(2, "{'a': 1}", "{'$addToSet': {'a': 1}}");
        refused(14, "{'a': []}", "{'$addToSet': {'a': {'$each': 5}}}");
        stays(
                "{'a': [1, {'b': 1, 'c': 2}]}",
                "{'$addToSet': {'a': {'$each': [1.0, {'b': 1, 'c': 2}]}}}");
        becomes(
                "{'a': [{'b': 1, 'c': 2}, {'c': 2, 'b': 1}]}",
                "{'a': [{'b': 1, 'c': 2}]}",
                "{'$addToSet': {'a': {'c': 2, 'b': 1}}}");
    }

    @Test
    void rule_062_pull_takes_a_query_on_the_elements() {
        becomes(
                "{'a': [{'b': 2}]}",
                "{'a': [{'b': 1, 'c': 5}, {'b': 2}]}",
                "{'$pull': {'a': {'b': 1}}}");
        becomes("{'a': [1]}", "{'a': [1, 7, 8]}", "{'$pull': {'a': {'$gt': 5}}}");
        becomes("{'a': []}", "{'a': [3, 3]}", "{'$pull': {'a': 3}}");
        refused(2, "{'a': 3}", "{'$pull': {'a': 3}}");
        stays("{'b': 1}", "{'$pull': {'a': 3}}");
    }

    @Test
    void rule_063_pull_all_takes_equal_values_and_pop_an_end() {
        becomes("{'a': [2]}", "{'a': [1, 2, 1]}", "{'$pullAll': {'a': [1, 5]}}");
        refused(2, "{'a': [1]}", "{'$pullAll': {'a': 1}}");
        becomes(
                "{'a': [1], 'b': [2]}",
                "{'a': [1, 2], 'b': [1, 2]}",
                "{'$pop': {'a': 1, 'b': -1}}");
        refused(9, "{'a': [1]}", "{'$pop': {'a': 2}}");
        refused(14, "{'a': 1}", "{'$pop': {'a': 1}}");
    }

    @Test
    void rule_067_changes_are_made_in_the_order_of_their_paths_numbers_by_value() {
        becomes("{'a': 3, 'b': 2, 'c': 1}", "{}", "{'$set': {'c': 1, 'b': 2}, '$inc': {'a': 3}}");
        becomes(
                "{'a': {'2': 1, '10': 1, 'x': 1}}",
                "{}",
                "{'$set': {'a.x': 1, 'a.10': 1, 'a.2': 1}}");
    }

    private static void becomes(String after, String before, String update) {
        assertEquals(json(after), apply(json(before), update));
    }

    private static void stays(String before, String update) {
        Document document = json(before);
        assertSame(document, apply(document, update));
    }

    private static void refused(int code, String before, String update) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> apply(json(before), update));
        assertEquals(code, error.code().number(), error::getMessage);
    }

    private static Document apply(Document before, String update) {
        return Update.parse(json(update)).apply(before, UpdateContext.ofUpdate(new DateValue(0)));
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }
}
