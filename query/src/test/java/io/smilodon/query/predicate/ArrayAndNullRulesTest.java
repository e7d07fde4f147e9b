package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Dialect;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules on null, absent fields, arrays and paths, by their numbers in the description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArrayAndNullRulesTest {

    private static final Dialect LACKING = Dialect.PLAIN.whereElementsLackFields(true);

    @Test
    void rule_013_null_matches_null_absent_and_a_null_element() {
        assertMatches("{\"a\": null}", "{\"a\": null}", "{}", "{\"a\": [1, null]}");
        assertMatchesNone(
                "{\"a\": null}",
                "{\"a\": {\"$undefined\": true}}",
                "{\"a\": 0}",
                "{\"a\": []}",
                "{\"a\": [[null]]}");
    }

    @Test
    void rule_014_not_null_excludes_arrays_with_a_null() {
        assertMatches(
                "{\"a\": {\"$ne\": null}}",
                "{\"a\": []}",
                "{\"a\": [[]]}",
                "{\"a\": {}}",
                "{\"a\": 0}");
        assertMatchesNone("{\"a\": {\"$ne\": null}}", "{\"a\": [1, null]}", "{\"a\": null}", "{}");
    }

    @Test
    void rule_015_null_at_a_dotted_path_matches_where_the_field_lacks() {
        assertMatches(
                "{\"a.b\": null}",
                "{}",
                "{\"a\": null}",
                "{\"a\": 4}",
                "{\"a\": {}}",
                "{\"a\": {\"b\": null}}",
                "{\"a\": [{}]}",
                "{\"a\": [1, {\"c\": 1}]}",
                "{\"a\": [{\"b\": 1}, {\"b\": null}]}");
        assertMatchesNone("{\"a.b\": null}", "{\"a\": {\"b\": 1}}", "{\"a\": [{\"b\": 1}]}");
    }

    @Test
    void rule_016_null_at_a_dotted_path_does_not_match_arrays_without_documents() {
        assertMatchesNone(
                "{\"a.b\": null}",
                "{\"a\": []}",
                "{\"a\": [1, 2]}",
                "{\"a\": [null]}",
                "{\"a\": [[]]}",
                "{\"a\": [[{}]]}");
        assertMatches("{\"a.b\": {\"$ne\": null}}", "{\"a\": []}", "{\"a\": [1, 2]}");
    }

    /** As MongoDB 9 does: what is no document lacks the field, and so does an empty array. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1, 2]",
                "[null]",
                "[[]]",
                "[[1]]",
                "[[null]]",
                "[[{}]]",
                "[[{'b': 3}]]",
                "[[[{'b': 3}]]]",
                "[[], {'b': 3}]",
                "[{'b': 2}, [{'b': 3}]]",
                "[5, {'b': 5}]"
            })
    void rule_016_elements_without_fields_lack_them_where_that_is_asked_for(String array) {
        String document = "{\"a\": " + array.replace('\'', '"') + "}";
        assertMatchesNone("{\"a.b\": null}", document);
        assertMatches("{\"a.b\": {\"$ne\": null}}", document);
        LACKING.within(
                () -> {
                    assertMatches("{\"a.b\": null}", document);
                    assertMatches("{\"a.b\": {\"$in\": [7, null]}}", document);
                    assertMatches("{\"a.b\": {\"$lte\": null}}", document);
                    assertMatchesNone("{\"a.b\": {\"$ne\": null}}", document);
                    assertMatchesNone("{\"a.b\": {\"$nin\": [7, null]}}", document);
                    return document;
                });
    }

    @Test
    void rule_016_what_has_the_field_or_names_an_index_matches_as_ever() {
        LACKING.within(
                () -> {
                    assertMatchesNone(
                            "{\"a.b\": null}",
                            "{\"a\": [{\"b\": [[3]]}]}",
                            "{\"a\": {\"b\": []}}",
                            "{\"a\": [{\"b\": 1}, {\"b\": 2}]}");
                    assertMatches("{\"a.b\": null}", "{}", "{\"a\": 4}", "{\"a\": [{}]}");
                    assertMatches("{\"a\": {\"$ne\": null}}", "{\"a\": []}");
                    assertMatchesNone("{\"a.1\": null}", "{\"a\": [5]}", "{\"a\": []}");
                    assertMatchesNone("{\"a.0.b\": null}", "{\"a\": [5]}");
                    assertMatches("{\"a.b\": {\"$exists\": false}}", "{\"a\": [1]}");
                    assertMatchesNone("{\"a.b\": {\"$exists\": true}}", "{\"a\": [1]}");
                    return LACKING;
                });
    }

    @Test
    void rule_016_what_has_been_read_stays_as_it_was_meant() {
        Predicate lacking = LACKING.within(() -> Matching.parse("{\"a.b\": null}"));
        Predicate plain = Matching.parse("{\"a.b\": null}");
        Document document = Matching.read("{\"a\": [{\"b\": 1}, 5]}");
        assertTrue(lacking.matches(document));
        assertTrue(lacking.under(ValueOrder.ASCENDING).matches(document));
        assertFalse(LACKING.within(() -> plain.matches(document)));
        assertNotEquals(plain, lacking);
        assertEquals(OptionalInt.of(1), lacking.elementPosition(document));
        assertEquals(
                Matching.parse("{\"a.b\": 1, \"a\": null}"),
                LACKING.within(() -> Matching.parse("{\"a.b\": 1, \"a\": null}")));
    }

    @Test
    void rule_017_elem_match_of_null_needs_a_null_element() {
        assertMatches("{\"a\": {\"$elemMatch\": {\"$eq\": null}}}", "{\"a\": [1, null]}");
        assertMatchesNone(
                "{\"a\": {\"$elemMatch\": {\"$eq\": null}}}",
                "{}",
                "{\"a\": null}",
                "{\"a\": []}",
                "{\"a\": [1]}");
    }

    @Test
    void rule_018_one_level_of_array_is_looked_into() {
        assertMatches("{\"a\": 1}", "{\"a\": [1, 2]}");
        assertMatchesNone("{\"a\": 1}", "{\"a\": [[1]]}");
        assertMatches("{\"a.b\": 1}", "{\"a\": [{\"b\": 1}]}", "{\"a\": [{\"b\": [2, 1]}]}");
        assertMatchesNone("{\"a.b\": 1}", "{\"a\": [[{\"b\": 1}]]}", "{\"a\": {\"b\": [[1]]}}");
    }

    @Test
    void rule_019_an_array_matches_whole_or_as_an_element() {
        assertMatches("{\"a\": [1, 2]}", "{\"a\": [1, 2]}", "{\"a\": [[1, 2], 3]}");
        assertMatchesNone(
                "{\"a\": [1, 2]}",
                "{\"a\": [2, 1]}",
                "{\"a\": [1, 2, 3]}",
                "{\"a\": [[[1, 2]]]}",
                "{\"a\": 1}");
        assertMatches("{\"a\": []}", "{\"a\": []}", "{\"a\": [[]]}");
        assertMatchesNone("{\"a\": []}", "{}", "{\"a\": null}", "{\"a\": [1]}");
    }

    @Test
    void rule_020_each_operator_may_find_its_own_element() {
        assertMatches("{\"a\": {\"$gte\": 3, \"$lte\": 6}}", "{\"a\": [1, 9]}");
        assertMatchesNone(
                "{\"a\": {\"$elemMatch\": {\"$gte\": 3, \"$lte\": 6}}}", "{\"a\": [1, 9]}");
        assertMatches(
                "{\"a\": {\"$elemMatch\": {\"$gte\": 3, \"$lte\": 6}}}", "{\"a\": [1, 5, 9]}");
    }

    @Test
    void rule_021_a_numeric_step_is_an_index_and_a_name() {
        assertMatches("{\"a.0\": 5}", "{\"a\": [5, 6]}", "{\"a\": {\"0\": 5}}");
        assertMatches("{\"a.1\": 4}", "{\"a\": [{\"1\": 4}, 5]}");
        assertMatches("{\"a.1\": 5}", "{\"a\": [{\"1\": 4}, 5]}");
        assertMatches("{\"a.0.1\": 8}", "{\"a\": [[7, 8]]}");
        assertMatches("{\"a.1.b\": 5}", "{\"a\": [{\"1\": {\"b\": 4}}, {\"b\": 5}]}");
        assertMatches("{\"a.1.b\": 4}", "{\"a\": [{\"1\": {\"b\": 4}}, {\"b\": 5}]}");
        assertMatches("{\"a.0.b\": 1}", "{\"a\": [[{\"b\": 1}]]}");
        assertMatchesNone("{\"a.1\": 5}", "{\"a\": [5]}", "{\"a\": 5}", "{\"a\": [[0, 5]]}");
        assertMatchesNone("{\"a.00\": 5}", "{\"a\": [5]}");
    }

    @Test
    void rule_021_an_element_named_by_its_index_is_not_looked_into() {
        assertMatches("{\"a.0\": [1, 2]}", "{\"a\": [[1, 2]]}");
        assertMatchesNone("{\"a.0\": 1}", "{\"a\": [[1, 2]]}");
        assertMatches("{\"a.0\": 1}", "{\"a\": {\"0\": [1, 2]}}");
    }

    @Test
    void a_numeric_step_lacks_in_documents_but_not_beyond_the_end_of_an_array() {
        assertMatchesNone("{\"a.1\": null}", "{\"a\": [5]}", "{\"a\": []}");
        assertMatches("{\"a.1\": null}", "{\"a\": [5, null]}", "{\"a\": [{}]}", "{\"a\": 5}");
        assertMatchesNone("{\"a.0.b\": null}", "{\"a\": [5]}");
        assertMatches("{\"a.0.b\": null}", "{\"a\": [{\"b\": 4}]}");
    }

    @Test
    void rule_022_existence_of_an_index() {
        assertMatches("{\"a.1\": {\"$exists\": true}}", "{\"a\": [1, null]}");
        assertMatchesNone("{\"a.1\": {\"$exists\": true}}", "{\"a\": [1]}", "{\"a\": 1}", "{}");
        assertMatches(
                "{\"a.1\": {\"$exists\": false}}",
                "{\"a\": [1]}",
                "{\"a\": 1}",
                "{\"a\": null}",
                "{}");
        assertMatchesNone("{\"a.1\": {\"$exists\": false}}", "{\"a\": [1, 2]}");
    }

    @Test
    void exists_takes_null_as_present_and_any_operand_as_true_or_false() {
        assertMatches("{\"a\": {\"$exists\": true}}", "{\"a\": null}", "{\"a\": []}");
        assertMatchesNone("{\"a\": {\"$exists\": true}}", "{\"b\": 1}");
        assertMatches("{\"a\": {\"$exists\": 0}}", "{}");
        assertMatches("{\"a\": {\"$exists\": null}}", "{}");
        assertMatches("{\"a\": {\"$exists\": \"\"}}", "{\"a\": 1}");
    }

    @Test
    void rule_023_operators_deeper_in_a_document_are_plain_names() {
        assertMatches(
                "{\"a\": {\"b\": {\"$exists\": true}}}", "{\"a\": {\"b\": {\"$exists\": true}}}");
        assertMatchesNone("{\"a\": {\"b\": {\"$exists\": true}}}", "{\"a\": {\"b\": 1}}");
    }

    @Test
    void rule_024_a_first_name_without_dollar_makes_a_literal() {
        assertMatches("{\"x\": {\"y\": 23, \"$lt\": 10}}", "{\"x\": {\"y\": 23, \"$lt\": 10}}");
        assertMatches("{\"x\": {}}", "{\"x\": {}}");
        assertMatchesNone("{\"x\": {}}", "{\"x\": {\"y\": 1}}", "{}");
        assertMatches(
                "{\"x\": {\"$ref\": \"c\", \"$id\": 1}}", "{\"x\": {\"$ref\": \"c\", \"$id\": 1}}");
    }

    @Test
    void rule_025_all() {
        assertMatchesNone("{\"a\": {\"$all\": []}}", "{}", "{\"a\": []}", "{\"a\": 1}");
        assertMatches("{\"a\": {\"$all\": [1]}}", "{\"a\": 1}", "{\"a\": [2, 1]}");
        assertMatches("{\"a\": {\"$all\": [1, 2]}}", "{\"a\": [3, 2, 1]}");
        assertMatchesNone("{\"a\": {\"$all\": [1, 2]}}", "{\"a\": [1]}", "{\"a\": 1}");
        assertMatches("{\"a\": {\"$all\": [[1, 2]]}}", "{\"a\": [1, 2]}", "{\"a\": [[1, 2], 3]}");
        assertMatches(
                "{\"a\": {\"$all\": [{\"$elemMatch\": {\"b\": 1}}, {\"$elemMatch\": {\"b\": 2}}]}}",
                "{\"a\": [{\"b\": 2}, {\"b\": 1}]}");
        assertMatchesNone(
                "{\"a\": {\"$all\": [{\"$elemMatch\": {\"b\": 1}}, {\"$elemMatch\": {\"b\": 2}}]}}",
                "{\"a\": [{\"b\": 2}]}");
        assertMatches(
                "{\"a\": {\"$all\": [{\"$regularExpression\": {\"pattern\": \"^x\","
                        + " \"options\": \"\"}}, \"y\"]}}",
                "{\"a\": [\"y\", \"xx\"]}");
    }

    @Test
    void rule_026_elem_match_takes_arrays_only() {
        assertMatchesNone(
                "{\"a\": {\"$elemMatch\": {\"b\": 1}}}",
                "{\"a\": {\"b\": 1}}",
                "{\"a\": 1}",
                "{}",
                "{\"a\": [[{\"b\": 1}]]}",
                "{\"a\": [1]}");
        assertMatches(
                "{\"a\": {\"$elemMatch\": {\"b\": 1, \"c\": 2}}}",
                "{\"a\": [{\"b\": 1}, {\"c\": 2, \"b\": 1}]}");
        assertMatchesNone(
                "{\"a\": {\"$elemMatch\": {\"b\": 1, \"c\": 2}}}",
                "{\"a\": [{\"b\": 1}, {\"c\": 2}]}");
    }

    @Test
    void elem_match_in_its_forms() {
        assertMatches("{\"a\": {\"$elemMatch\": {\"0\": 5}}}", "{\"a\": [[5]]}");
        assertMatches("{\"a\": {\"$elemMatch\": {}}}", "{\"a\": [{}]}", "{\"a\": [[]]}");
        assertMatchesNone("{\"a\": {\"$elemMatch\": {}}}", "{\"a\": [1]}", "{\"a\": []}");
        assertMatches(
                "{\"a\": {\"$elemMatch\": {\"$or\": [{\"b\": 1}, {\"c\": 1}]}}}",
                "{\"a\": [{\"c\": 1}]}");
        assertMatches("{\"a\": {\"$elemMatch\": {\"$not\": {\"$gt\": 3}}}}", "{\"a\": [4, 3]}");
        assertMatchesNone("{\"a\": {\"$elemMatch\": {\"$nin\": [4, 3]}}}", "{\"a\": [4, 3]}");
        assertMatches(
                "{\"a\": {\"$elemMatch\": {\"$elemMatch\": {\"$gt\": 1}}}}", "{\"a\": [[2]]}");
        assertMatchesNone("{\"a\": {\"$elemMatch\": {\"$eq\": 1}}}", "{\"a\": [[1]]}");
        assertMatches("{\"a\": {\"$elemMatch\": {\"$size\": 2}}}", "{\"a\": [1, [1, 2]]}");
        assertMatches("{\"a.b\": {\"$elemMatch\": {\"$eq\": 1}}}", "{\"a\": [{\"b\": [1]}]}");
        assertMatches(
                "{\"a\": {\"$elemMatch\": {\"$id\": 1}}}",
                "{\"a\": [{\"$ref\": \"c\", \"$id\": 1}]}");
    }

    @Test
    void rule_027_size_counts_elements_of_the_array_itself() {
        assertMatches("{\"a\": {\"$size\": 2}}", "{\"a\": [1, 2]}", "{\"a\": [[1], []]}");
        assertMatches("{\"a\": {\"$size\": 0}}", "{\"a\": []}");
        assertMatches("{\"a\": {\"$size\": 2.0}}", "{\"a\": [1, 2]}");
        assertMatchesNone(
                "{\"a\": {\"$size\": 2}}", "{}", "{\"a\": 2}", "{\"a\": [[1, 2]]}", "{\"a\": [1]}");
    }

    @Test
    void rule_028_not_matches_absent_fields_too() {
        assertMatches("{\"a\": {\"$not\": {\"$gt\": 3}}}", "{}", "{\"a\": \"x\"}", "{\"a\": 3}");
        assertMatchesNone("{\"a\": {\"$not\": {\"$gt\": 3}}}", "{\"a\": 4}", "{\"a\": [1, 4]}");
        assertMatches("{\"a\": {\"$not\": {\"$gt\": 3, \"$lt\": 9}}}", "{\"a\": 3}", "{\"a\": 9}");
        assertMatchesNone("{\"a\": {\"$not\": {\"$gt\": 3, \"$lt\": 9}}}", "{\"a\": 5}");
        assertMatches("{\"a\": {\"$not\": {\"$regex\": \"^x\"}}}", "{\"a\": \"y\"}", "{}");
        assertMatchesNone("{\"a\": {\"$ne\": 1}}", "{\"a\": [2, 1]}");
        assertMatches("{\"a\": {\"$ne\": 1}}", "{}", "{\"a\": [2]}");
    }

    @Test
    void rule_029_and_or_nor() {
        assertMatches("{\"$and\": [{\"a\": 1}, {\"b\": 2}]}", "{\"a\": 1, \"b\": 2}");
        assertMatchesNone("{\"$and\": [{\"a\": 1}, {\"b\": 2}]}", "{\"a\": 1}");
        assertMatches("{\"$or\": [{\"a\": 1}, {\"b\": 2}]}", "{\"b\": 2}");
        assertMatchesNone("{\"$or\": [{\"a\": 1}, {\"b\": 2}]}", "{\"b\": 1}");
        assertMatches("{\"$nor\": [{\"a\": 1}, {\"b\": 2}]}", "{\"b\": 1}");
        assertMatchesNone("{\"$nor\": [{\"a\": 1}, {\"b\": 2}]}", "{\"b\": 2}");
        assertMatches("{\"$or\": [{}]}", "{}");
    }

    @Test
    void rule_030_type() {
        assertMatches("{\"a\": {\"$type\": \"array\"}}", "{\"a\": [1]}", "{\"a\": []}");
        assertMatchesNone("{\"a\": {\"$type\": \"array\"}}", "{\"a\": 1}");
        assertMatches("{\"a\": {\"$type\": \"string\"}}", "{\"a\": [1, \"x\"]}", "{\"a\": \"\"}");
        assertMatchesNone("{\"a\": {\"$type\": \"object\"}}", "{\"a\": [1]}", "{}");
        assertMatches("{\"a\": {\"$type\": 2}}", "{\"a\": \"x\"}");
        assertMatches("{\"a\": {\"$type\": 16.0}}", "{\"a\": 1}");
        assertMatches(
                "{\"a\": {\"$type\": \"number\"}}",
                "{\"a\": 1}",
                "{\"a\": 1.5}",
                "{\"a\": {\"$numberLong\": \"1\"}}",
                "{\"a\": {\"$numberDecimal\": \"1\"}}");
        assertMatches("{\"a\": {\"$type\": [\"bool\", -1]}}", "{\"a\": {\"$minKey\": 1}}");
        assertMatches("{\"a\": {\"$type\": \"null\"}}", "{\"a\": null}");
        assertMatchesNone("{\"a\": {\"$type\": \"null\"}}", "{}");
    }

    @Test
    void constants_and_comments() {
        assertMatches("{}", "{}", "{\"a\": 1}");
        assertMatches("{\"$alwaysTrue\": 1}", "{}");
        assertMatchesNone("{\"$alwaysFalse\": 1}", "{}");
        assertMatches("{\"$comment\": \"why\", \"a\": 1}", "{\"a\": 1}");
    }
}
