package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules on comparisons, by their numbers in the language's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonRulesTest {

    @Test
    void rule_002_numbers_compare_by_value() {
        assertMatches(
                "{\"a\": 1}",
                "{\"a\": 1}",
                "{\"a\": 1.0}",
                "{\"a\": {\"$numberLong\": \"1\"}}",
                "{\"a\": {\"$numberDecimal\": \"1.00\"}}");
        assertMatchesNone(
                "{\"a\": {\"$numberLong\": \"9007199254740993\"}}",
                "{\"a\": {\"$numberDouble\": \"9007199254740992\"}}");
        assertMatches(
                "{\"a\": {\"$gt\": {\"$numberDouble\": \"9007199254740992\"}}}",
                "{\"a\": {\"$numberLong\": \"9007199254740993\"}}");
    }

    @Test
    void rule_003_negative_zero_equals_zero() {
        assertMatches("{\"a\": 0}", "{\"a\": -0.0}");
        assertMatchesNone("{\"a\": {\"$lt\": 0}}", "{\"a\": -0.0}");
    }

    @Test
    void rule_004_not_a_number_equals_itself_and_is_below_nothing() {
        String nan = "{\"a\": {\"$numberDouble\": \"NaN\"}}";
        String decimal = "{\"a\": {\"$numberDecimal\": \"NaN\"}}";
        assertMatches(nan, nan, decimal);
        assertMatches("{\"a\": {\"$gte\": {\"$numberDouble\": \"NaN\"}}}", nan);
        assertMatches("{\"a\": {\"$lte\": {\"$numberDouble\": \"NaN\"}}}", nan);
        assertMatchesNone("{\"a\": {\"$gte\": {\"$numberDouble\": \"NaN\"}}}", "{\"a\": 1}");
        assertMatchesNone("{\"a\": {\"$gt\": {\"$numberDouble\": \"NaN\"}}}", "{\"a\": 1}", nan);
        assertMatchesNone("{\"a\": {\"$lt\": {\"$numberDouble\": \"NaN\"}}}", "{\"a\": 1}", nan);
        assertMatchesNone("{\"a\": {\"$lt\": 5}}", nan, decimal);
        assertMatchesNone("{\"a\": {\"$lte\": 5}}", nan, decimal);
        assertMatchesNone("{\"a\": {\"$gt\": -5}}", nan, decimal);
        Value decimalNaN = Decimal128.NAN;
        for (double number : new double[] {Double.NEGATIVE_INFINITY, -5, 0, Double.MAX_VALUE}) {
            Value other = new DoubleValue(number);
            for (Value least : List.of(new DoubleValue(Double.NaN), decimalNaN)) {
                assertTrue(ValueOrder.ASCENDING.compare(least, other) < 0);
                assertTrue(ValueOrder.ASCENDING.compare(NullValue.INSTANCE, least) < 0);
            }
        }
    }

    @Test
    void rule_006_field_order_counts_in_documents() {
        assertMatches("{\"a\": {\"b\": 1, \"c\": 0}}", "{\"a\": {\"b\": 1.0, \"c\": 0}}");
        assertMatchesNone("{\"a\": {\"b\": 1, \"c\": 0}}", "{\"a\": {\"c\": 0, \"b\": 1}}");
    }

    @Test
    void rule_009_comparisons_stay_within_the_type_of_the_bound() {
        assertMatches("{\"a\": {\"$lt\": 10}}", "{\"a\": 9}", "{\"a\": 9.5}");
        assertMatchesNone(
                "{\"a\": {\"$lt\": 10}}",
                "{\"a\": \"1\"}",
                "{\"a\": null}",
                "{}",
                "{\"a\": true}",
                "{\"a\": {\"$date\": \"1970-01-01T00:00:00Z\"}}");
        assertMatchesNone("{\"a\": {\"$gt\": 10}}", "{\"a\": \"z\"}", "{\"a\": {}}", "{\"a\": []}");
        assertMatches("{\"a\": {\"$gte\": \"b\"}}", "{\"a\": \"b\"}", "{\"a\": \"c\"}");
        assertMatchesNone("{\"a\": {\"$gte\": \"b\"}}", "{\"a\": \"a\"}", "{\"a\": 5}");
        assertMatches("{\"a\": {\"$gt\": {\"b\": 1}}}", "{\"a\": {\"b\": 2}}");
        assertMatches("{\"a\": {\"$gt\": [1]}}", "{\"a\": [2]}", "{\"a\": [[1, 0]]}");
        assertMatches("{\"a\": {\"$lt\": true}}", "{\"a\": false}");
    }

    @Test
    void rule_010_min_key_and_max_key_compare_with_every_type() {
        String[] all = {"{\"a\": 1}", "{\"a\": null}", "{}", "{\"a\": \"x\"}", "{\"a\": []}"};
        String min = "{\"a\": {\"$minKey\": 1}}";
        String max = "{\"a\": {\"$maxKey\": 1}}";
        assertMatches("{\"a\": {\"$gt\": {\"$minKey\": 1}}}", all);
        assertMatches("{\"a\": {\"$gt\": {\"$minKey\": 1}}}", max);
        assertMatchesNone("{\"a\": {\"$gt\": {\"$minKey\": 1}}}", min);
        assertMatches("{\"a\": {\"$gte\": {\"$minKey\": 1}}}", all);
        assertMatches("{\"a\": {\"$gte\": {\"$minKey\": 1}}}", min);
        assertMatchesNone("{\"a\": {\"$lt\": {\"$minKey\": 1}}}", all);
        assertMatchesNone("{\"a\": {\"$lte\": {\"$minKey\": 1}}}", all);
        assertMatches("{\"a\": {\"$lte\": {\"$minKey\": 1}}}", min);
        assertMatches("{\"a\": {\"$lt\": {\"$maxKey\": 1}}}", all);
        assertMatchesNone("{\"a\": {\"$lt\": {\"$maxKey\": 1}}}", max);
        assertMatches("{\"a\": {\"$lte\": {\"$maxKey\": 1}}}", all);
        assertMatches("{\"a\": {\"$lte\": {\"$maxKey\": 1}}}", max);
        assertMatches("{\"a\": {\"$gte\": {\"$maxKey\": 1}}}", max);
        assertMatchesNone("{\"a\": {\"$gte\": {\"$maxKey\": 1}}}", all);
        assertMatchesNone("{\"a\": {\"$gt\": {\"$maxKey\": 1}}}", all);
        assertMatches(min, min);
        assertMatchesNone(min, all);
    }

    @Test
    void rule_012_bounds_of_null_are_equality_with_null_or_nothing() {
        for (String operator : new String[] {"$gte", "$lte", "$eq"}) {
            String filter = "{\"a\": {\"" + operator + "\": null}}";
            assertMatches(filter, "{}", "{\"a\": null}", "{\"a\": [null]}");
            assertMatchesNone(filter, "{\"a\": 1}", "{\"a\": []}");
        }
        for (String operator : new String[] {"$gt", "$lt"}) {
            String filter = "{\"a\": {\"" + operator + "\": null}}";
            assertMatchesNone(filter, "{}", "{\"a\": null}", "{\"a\": [null]}", "{\"a\": 1}");
        }
    }

    @Test
    void rule_025_in_of_nothing_matches_nothing_and_nin_everything() {
        assertMatchesNone("{\"a\": {\"$in\": []}}", "{}", "{\"a\": 1}", "{\"a\": []}");
        assertMatches("{\"a\": {\"$nin\": []}}", "{}", "{\"a\": 1}", "{\"a\": []}");
    }

    @Test
    void in_matches_any_of_its_values() {
        assertMatches(
                "{\"a\": {\"$in\": [3, \"x\", [1], {\"b\": 1}]}}",
                "{\"a\": 3.0}",
                "{\"a\": \"x\"}",
                "{\"a\": [9, 3]}",
                "{\"a\": [1]}",
                "{\"a\": [[1]]}",
                "{\"a\": {\"b\": 1}}");
        assertMatchesNone(
                "{\"a\": {\"$in\": [3, \"x\", [1], {\"b\": 1}]}}",
                "{}",
                "{\"a\": null}",
                "{\"a\": 1}",
                "{\"a\": [[3]]}");
        assertMatches("{\"a\": {\"$in\": [1, null]}}", "{}", "{\"a\": null}", "{\"a\": [null]}");
        assertMatchesNone("{\"a\": {\"$nin\": [1, null]}}", "{}", "{\"a\": [2, 1]}");
        assertMatches("{\"a\": {\"$nin\": [1, null]}}", "{\"a\": [2]}", "{\"a\": []}");
    }

    @Test
    void in_finds_among_very_many_values() {
        StringBuilder list = new StringBuilder("0");
        for (int i = 2; i < 200_000; i += 2) {
            list.append(',').append(i);
        }
        Predicate even = Matching.parse("{\"a\": {\"$in\": [" + list + "]}}");

        assertTrue(even.matches(Document.of("a", Value.of(123_456.0))));
        assertFalse(even.matches(Document.of("a", Value.of(123_457))));
    }

    @Test
    void rule_031_mod_takes_numbers_without_their_fraction() {
        assertMatches(
                "{\"a\": {\"$mod\": [4.99, 1.2]}}",
                "{\"a\": 5}",
                "{\"a\": 5.9}",
                "{\"a\": {\"$numberDecimal\": \"9.5\"}}",
                "{\"a\": [0, 1]}");
        assertMatches("{\"a\": {\"$mod\": [4, -1]}}", "{\"a\": -5}");
        assertMatches("{\"a\": {\"$mod\": [-4, 1]}}", "{\"a\": 5}");
        assertMatchesNone(
                "{\"a\": {\"$mod\": [4, 0]}}",
                "{}",
                "{\"a\": \"4\"}",
                "{\"a\": null}",
                "{\"a\": {\"$numberDouble\": \"NaN\"}}",
                "{\"a\": {\"$numberDouble\": \"Infinity\"}}",
                "{\"a\": 1e300}",
                "{\"a\": 5}");
        assertMatchesNone("{\"a\": {\"$mod\": [4, 3]}}", "{\"a\": -5}");
        assertMatches(
                "{\"a\": {\"$mod\": [10, 7]}}",
                "{\"a\": {\"$numberLong\": \"9223372036854775807\"}}");
    }
}
