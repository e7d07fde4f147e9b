package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules of the language about expressions, by their numbers. Quotes are single. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionRulesTest {

    private static final Document DOCUMENT =
            ExtendedJson.readDocument(
                    "{\"n\": 7, \"s\": \"text\", \"none\": null, \"list\": [1, 2, 3],"
                            + " \"at\": {\"$date\": \"2024-01-01T00:00:00Z\"}}");

    private static Value value(String json) {
        return ExtendedJson.readValue(json.replace('\'', '"'));
    }

    private static Value evaluate(String expression) {
        return ExpressionParser.parse(value(expression), Location.ROOT)
                .evaluate(EvaluationContext.of(DOCUMENT, new DateValue(0)));
    }

    private static void assertGives(String result, String expression) {
        assertEquals(value(result), evaluate(expression), expression);
    }

    private static void assertFails(int code, String expression) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> evaluate(expression), expression);
        assertEquals(code, error.code().number(), expression);
    }

    @Test
    void rule_102_arithmetic_with_null_or_missing_is_null() {
        for (String operator : new String[] {"add", "subtract", "multiply", "divide", "mod"}) {
            assertGives("null", "{'$" + operator + "': ['$n', '$none']}");
            assertGives("null", "{'$" + operator + "': ['$missing', '$n']}");
        }
        for (String operator : new String[] {"abs", "ceil", "floor", "sqrt", "round", "sin"}) {
            assertGives("null", "{'$" + operator + "': '$none'}");
            assertGives("null", "{'$" + operator + "': '$missing'}");
        }
    }

    @Test
    void rule_102_a_sum_may_hold_one_date() {
        assertGives("{'$date': '2024-01-01T00:00:00.007Z'}", "{'$add': ['$n', '$at']}");
        assertFails(16612, "{'$add': ['$at', '$at']}");
        assertFails(16554, "{'$add': ['$n', '$s']}");
    }

    @Test
    void rule_102_nothing_is_divided_by_zero() {
        assertFails(16610, "{'$mod': ['$n', 0]}");
        assertFails(2, "{'$divide': ['$n', 0]}");
        assertFails(2, "{'$divide': ['$n', {'$numberDecimal': '0E+3'}]}");
    }

    @Test
    void rule_103_integers_grow_instead_of_overflowing() {
        assertGives("{'$numberLong': '2147483648'}", "{'$add': [2147483647, 1]}");
        assertGives("{'$numberLong': '4294967294'}", "{'$multiply': [2147483647, 2]}");
        assertGives(
                "1.8446744073709552e19",
                "{'$multiply': [{'$numberLong': '9223372036854775807'}, 2]}");
        assertGives(
                "9.223372036854775807e18", "{'$add': [{'$numberLong': '9223372036854775807'}, 1]}");
    }

    @Test
    void rule_103_a_quotient_is_a_double_or_a_decimal() {
        assertGives("3.0", "{'$divide': [6, 2]}");
        assertGives("3.0", "{'$divide': [{'$numberLong': '6'}, 2]}");
        assertGives("{'$numberDecimal': '3'}", "{'$divide': [6, {'$numberDecimal': '2'}]}");
    }

    @Test
    void rule_103_rounding_is_half_to_even_at_20_places_before_to_100_after_the_point() {
        assertGives("2.0", "{'$round': 2.5}");
        assertGives("-4.0", "{'$round': -3.5}");
        assertGives("120", "{'$round': [125, -1]}");
        assertGives("0", "{'$trunc': ['$n', -20]}");
        assertGives("1.5", "{'$round': [1.5, 100]}");
        for (String operator : new String[] {"$round", "$trunc"}) {
            assertFails(51083, "{'" + operator + "': [1.5, 101]}");
            assertFails(51083, "{'" + operator + "': [1.5, -21]}");
        }
    }

    @Test
    void rule_104_false_null_zero_and_absent_are_false_and_all_else_is_true() {
        String[] falsy = {
            "false",
            "0",
            "0.0",
            "{'$numberLong': '0'}",
            "{'$numberDecimal': '0'}",
            "null",
            "'$missing'",
            "{'$undefined': true}"
        };
        for (String condition : falsy) {
            assertGives("'no'", "{'$cond': [" + condition + ", 'yes', 'no']}");
            assertGives("true", "{'$not': [" + condition + "]}");
            assertGives("false", "{'$and': [" + condition + "]}");
            assertGives("false", "{'$anyElementTrue': [[" + condition + "]]}");
        }
        for (String condition : new String[] {"''", "[]", "{}", "'x'", "-1", "'$at'"}) {
            assertGives("'yes'", "{'$cond': [" + condition + ", 'yes', 'no']}");
            assertGives("true", "{'$or': [" + condition + "]}");
            assertGives("true", "{'$allElementsTrue': [[" + condition + "]]}");
        }
    }

    @Test
    void rule_106_a_part_of_a_string_ends_between_characters() {
        assertGives("'é'", "{'$substrBytes': ['café', 3, 2]}");
        assertFails(28656, "{'$substrBytes': ['café', 4, 1]}");
        assertFails(28657, "{'$substrBytes': ['café', 0, 4]}");
    }

    @Test
    void rule_106_only_strings_have_a_length_or_are_put_together() {
        for (String none : new String[] {"'$none'", "'$missing'", "5"}) {
            assertFails(34471, "{'$strLenCP': " + none + "}");
            assertFails(34473, "{'$strLenBytes': " + none + "}");
        }
        assertFails(16702, "{'$concat': ['$s', '$n']}");
        assertGives("null", "{'$concat': ['$s', '$none']}");
        assertGives("null", "{'$concat': ['$missing', '$s']}");
    }

    @Test
    void rule_107_elements_are_taken_from_arrays() {
        assertFails(28689, "{'$arrayElemAt': ['$n', 0]}");
        assertEquals(Missing.INSTANCE, evaluate("{'$arrayElemAt': ['$list', 3]}"));
        assertEquals(Missing.INSTANCE, evaluate("{'$arrayElemAt': ['$list', -4]}"));
        assertFails(17124, "{'$size': '$n'}");
        assertFails(17124, "{'$size': '$missing'}");
        assertFails(40081, "{'$in': [1, '$n']}");
    }

    @Test
    void rule_107_a_slice_has_an_array_and_integers() {
        assertFails(28724, "{'$slice': ['$n', 1]}");
        assertFails(28725, "{'$slice': ['$list', '$s']}");
        assertFails(28726, "{'$slice': ['$list', 0.5]}");
        assertFails(28727, "{'$slice': ['$list', 0, '$s']}");
        assertFails(28728, "{'$slice': ['$list', 0, 0.5]}");
        assertFails(28729, "{'$slice': ['$list', 0, 0]}");
    }

    @Test
    void rule_107_documents_are_made_of_pairs() {
        assertFails(40386, "{'$arrayToObject': '$n'}");
        assertFails(40391, "{'$arrayToObject': {'$literal': [{'k': 'a', 'v': 1}, 5]}}");
        assertFails(40392, "{'$arrayToObject': {'$literal': [{'k': 'a'}]}}");
        assertFails(40393, "{'$arrayToObject': {'$literal': [{'k': 'a', 'w': 1}]}}");
        assertFails(40394, "{'$arrayToObject': {'$literal': [{'k': 1, 'v': 1}]}}");
        assertFails(40395, "{'$arrayToObject': {'$literal': [[1, 1]]}}");
        assertFails(40396, "{'$arrayToObject': {'$literal': [['a', 1], 5]}}");
        assertFails(40397, "{'$arrayToObject': {'$literal': [['a']]}}");
        assertFails(40398, "{'$arrayToObject': {'$literal': [5]}}");
        assertFails(40390, "{'$objectToArray': '$n'}");
    }

    @Test
    void rule_108_a_choice_has_branches_and_one_applies() {
        assertFails(40066, "{'$switch': {'branches': [{'case': false, 'then': 1}]}}");
        assertFails(40068, "{'$switch': {'branches': []}}");
        assertFails(17080, "{'$cond': {'then': 1, 'else': 2}}");
        assertFails(17081, "{'$cond': {'if': 1, 'else': 2}}");
        assertFails(17082, "{'$cond': {'if': 1, 'then': 2}}");
        assertFails(17083, "{'$cond': {'if': 1, 'then': 2, 'else': 3, 'other': 4}}");
    }

    @Test
    void rule_108_only_letters_of_ascii_have_case() {
        assertGives("'ÄpfelßÉ'", "{'$concat': [{'$toUpper': 'Ä'}, {'$toLower': 'PFEL'}, 'ßÉ']}");
        assertGives("'STRAßE é'", "{'$toUpper': 'straße é'}");
        assertGives("'straße É'", "{'$toLower': 'STRAßE É'}");
        assertGives("0", "{'$strcasecmp': ['smilodon', 'SMILODON']}");
        assertGives("1", "{'$strcasecmp': ['é', 'É']}");
    }
}
