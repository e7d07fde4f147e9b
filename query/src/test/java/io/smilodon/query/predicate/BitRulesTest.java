package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules on bit operators, by their numbers in the language's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BitRulesTest {

    private static String binary(String base64) {
        return "{\"$binary\": {\"base64\": \"" + base64 + "\", \"subType\": \"00\"}}";
    }

    private static String of(String value) {
        return "{\"a\": " + value + "}";
    }

    private static String filter(String operator, String mask) {
        return of("{\"" + operator + "\": " + mask + "}");
    }

    /** 54 is 110110. */
    @Test
    void rule_035_each_operator_reads_each_kind_of_mask_alike() {
        for (String mask : new String[] {"[1, 5]", "34", "34.0", binary("Ig=="), "[5, 1, 5]"}) {
            assertMatches(filter("$bitsAllSet", mask), of("54"), of("34"), of("[1, 34]"));
            assertMatchesNone(filter("$bitsAllSet", mask), of("2"), of("20"));
            assertMatches(filter("$bitsAnySet", mask), of("54"), of("2"), of("32"));
            assertMatchesNone(filter("$bitsAnySet", mask), of("20"), of("0"));
            assertMatches(filter("$bitsAllClear", mask), of("20"), of("0"));
            assertMatchesNone(filter("$bitsAllClear", mask), of("54"), of("2"));
            assertMatches(filter("$bitsAnyClear", mask), of("20"), of("2"));
            assertMatchesNone(filter("$bitsAnyClear", mask), of("54"), of("34"));
        }
    }

    @Test
    void rule_035_whole_numbers_of_every_type_and_binary_data_have_bits() {
        assertMatches(
                filter("$bitsAllSet", "[1, 5]"),
                of("{\"$numberLong\": \"54\"}"),
                of("54.0"),
                of("{\"$numberDecimal\": \"54\"}"),
                of("{\"$numberDecimal\": \"5.4E1\"}"),
                of(binary("Zg==")));
    }

    @Test
    void rule_035_what_is_no_whole_number_of_64_bits_never_matches() {
        for (String operator :
                new String[] {"$bitsAllSet", "$bitsAnySet", "$bitsAllClear", "$bitsAnyClear"}) {
            assertMatchesNone(
                    filter(operator, "1"),
                    of("1.5"),
                    of("{\"$numberDecimal\": \"0.5\"}"),
                    of("{\"$numberDouble\": \"NaN\"}"),
                    of("{\"$numberDouble\": \"-Infinity\"}"),
                    of("{\"$numberDecimal\": \"NaN\"}"),
                    of("9223372036854775808.0"),
                    of("{\"$numberDecimal\": \"9223372036854775808\"}"),
                    of("\"1\""),
                    of("true"),
                    of("null"),
                    of("[[1]]"),
                    of("{\"b\": 1}"),
                    "{}");
        }
        assertMatches(filter("$bitsAllSet", "1"), of("{\"$numberLong\": \"9223372036854775807\"}"));
        assertMatches(
                filter("$bitsAllSet", "1"), of("{\"$numberDecimal\": \"9223372036854775807\"}"));
    }

    @Test
    void rule_035_the_sign_of_a_number_goes_on_and_binary_data_ends_in_zeros() {
        assertMatches(filter("$bitsAllSet", "[0, 63, 64, 200]"), of("-1"), of("-5"));
        assertMatchesNone(filter("$bitsAnySet", "[63, 64, 200]"), of("1"), of(binary("/w==")));
        assertMatches(filter("$bitsAllClear", "[8, 63, 64, 200]"), of("1"), of(binary("/w==")));
        assertMatches(filter("$bitsAllSet", binary("//////////8B")), of("-1"));
    }

    /** The first byte of binary data is the lowest. */
    @Test
    void rule_035_binary_data_is_little_endian() {
        assertMatches(filter("$bitsAllSet", binary("ACA=")), of("8192"));
        assertMatches(filter("$bitsAllSet", "[13]"), of(binary("ACA=")));
    }

    @Test
    void rule_035_an_empty_mask_asks_nothing_of_all_bits_and_finds_none_of_any() {
        for (String mask : new String[] {"0", "[]", binary("")}) {
            assertMatches(filter("$bitsAllSet", mask), of("0"), of("7"), of(binary("")));
            assertMatches(filter("$bitsAllClear", mask), of("0"), of("7"), of(binary("Zg==")));
            assertMatchesNone(filter("$bitsAnySet", mask), of("7"), of(binary("Zg==")));
            assertMatchesNone(filter("$bitsAnyClear", mask), of("7"), of(binary("Zg==")));
        }
    }
}
