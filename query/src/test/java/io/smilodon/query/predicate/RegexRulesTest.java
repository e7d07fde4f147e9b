package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules on regular expressions, by their numbers in the language's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegexRulesTest {

    private static final String VALUE =
            "{\"$regularExpression\": {\"pattern\": \"^ab\", \"options\": \"i\"}}";

    @Test
    void rule_032_a_regular_expression_matches_strings_and_elements() {
        for (String operand :
                new String[] {
                    VALUE,
                    "{\"$regex\": \"^ab\", \"$options\": \"i\"}",
                    "{\"$options\": \"i\", \"$regex\": \"^ab\"}",
                    "{\"$in\": [1, " + VALUE + "]}"
                }) {
            String filter = "{\"a\": " + operand + "}";
            assertMatches(filter, "{\"a\": \"ABC\"}", "{\"a\": [5, \"abc\"]}");
            assertMatches(filter, "{\"a\": {\"$symbol\": \"abc\"}}");
            assertMatchesNone(filter, "{\"a\": \"cab\"}", "{}", "{\"a\": null}", "{\"a\": 7}");
            assertMatchesNone(filter, "{\"a\": [[\"abc\"]]}", "{\"a\": {\"b\": \"abc\"}}");
        }
    }

    @Test
    void rule_032_a_regular_expression_matches_itself_as_a_stored_value() {
        assertMatches("{\"a\": " + VALUE + "}", "{\"a\": " + VALUE + "}");
        assertMatchesNone(
                "{\"a\": {\"$regex\": \"^ab\"}}",
                "{\"a\": " + VALUE + "}",
                "{\"a\": {\"$regularExpression\": {\"pattern\": \"b\", \"options\": \"\"}}}");
    }

    @Test
    void eq_compares_a_regular_expression_as_a_value() {
        assertMatches("{\"a\": {\"$eq\": " + VALUE + "}}", "{\"a\": " + VALUE + "}");
        assertMatchesNone("{\"a\": {\"$eq\": " + VALUE + "}}", "{\"a\": \"abc\"}");
    }

    @Test
    void not_takes_a_regular_expression() {
        assertMatches("{\"a\": {\"$not\": " + VALUE + "}}", "{\"a\": \"x\"}", "{}", "{\"a\": 1}");
        assertMatchesNone("{\"a\": {\"$not\": " + VALUE + "}}", "{\"a\": \"abc\"}");
    }

    @Test
    void options_may_be_empty_before_a_value_with_options_of_its_own() {
        assertMatches(
                "{\"a\": {\"$options\": \"\", \"$regex\": " + VALUE + "}}", "{\"a\": \"ABC\"}");
        assertMatches("{\"a\": {\"$regex\": " + VALUE + "}}", "{\"a\": \"ABC\"}");
    }

    @Test
    void rule_032_each_option_has_its_effect() {
        matchesOnlyWith("i", "ÄB", "äb");
        matchesOnlyWith("m", "^b", "a\\nb");
        matchesOnlyWith("s", "a.b", "a\\nb");
        matchesOnlyWith("x", "a b # both", "ab");
        assertMatches("{\"a\": {\"$regex\": \"^.$\", \"$options\": \"u\"}}", "{\"a\": \"ä\"}");
        assertMatches("{\"a\": {\"$regex\": \"^.$\"}}", "{\"a\": \"ä\"}", "{\"a\": \"😀\"}");
        matchesOnlyWith("xsmi", "^A . B", "c\\na\\nb");
    }

    private static void matchesOnlyWith(String options, String pattern, String text) {
        String document = "{\"a\": \"" + text + "\"}";
        String regex = "\"$regex\": \"" + pattern + "\"";
        assertMatches("{\"a\": {" + regex + ", \"$options\": \"" + options + "\"}}", document);
        assertMatchesNone("{\"a\": {" + regex + "}}", document);
    }
}
