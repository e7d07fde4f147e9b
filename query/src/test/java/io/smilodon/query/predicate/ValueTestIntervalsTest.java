package io.smilodon.query.predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which index keys cover which test. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValueTestIntervalsTest {

    private static final Interval NULL = Interval.point(NullValue.INSTANCE);
    private static final Interval UNDEFINED = Interval.point(UndefinedValue.INSTANCE);

    private static ValueTest test(String operators) {
        Predicate predicate = Matching.parse("{\"a\": " + operators + "}");
        return ((Predicate.At) predicate).test();
    }

    private static void covers(String operators, boolean isExact, Interval... intervals) {
        assertEquals(List.of(intervals), test(operators).intervals(), operators);
        assertEquals(isExact, test(operators).isExact(), operators);
    }

    @Test
    void equality() {
        covers("5", true, Interval.point(Value.of(5)));
        covers("null", false, NULL);
        covers("{\"b\": 1}", true, Interval.point(Document.of("b", Value.of(1))));
    }

    @Test
    void a_list_longer_than_a_filter_may_have_is_covered_by_everything() {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < FilterLimits.LIST_VALUES_MAX; i++) {
            values.add(Value.of(i));
        }
        assertEquals(values.size(), new In(values, List.of()).intervals().size());
        values.add(Value.of("x"));
        In longer = new In(values, List.of());
        assertEquals(List.of(Interval.ALL), longer.intervals());
        assertFalse(longer.isExact());
        assertTrue(longer.test(Value.of("x")));
        assertFalse(longer.test(Value.of("y")));
    }

    @Test
    void an_array_is_found_by_its_first_element_or_whole() {
        ArrayValue pair = ArrayValue.of(Value.of(1), Value.of(2));
        covers("[1, 2]", false, Interval.point(Value.of(1)), Interval.point(pair));
        covers("[]", false, UNDEFINED, Interval.point(ArrayValue.EMPTY));
        covers(
                "[[]]",
                false,
                UNDEFINED,
                Interval.point(ArrayValue.EMPTY),
                Interval.point(ArrayValue.of(ArrayValue.EMPTY)));
    }

    @Test
    void ranges() {
        Value five = Value.of(5);
        covers("{\"$gt\": 5}", true, new Interval(five, false, Value.of(""), false));
        covers("{\"$gte\": 5}", true, new Interval(five, true, Value.of(""), false));
        Value nan = new DoubleValue(Double.NaN);
        covers("{\"$lt\": 5}", true, new Interval(nan, false, five, false));
        covers("{\"$lte\": 5}", true, new Interval(nan, false, five, true));
        covers("{\"$lt\": \"b\"}", true, new Interval(Value.of(""), true, Value.of("b"), false));
        covers("{\"$gt\": [1]}", false, Interval.ALL);
        covers("{\"$lt\": [1]}", false, Interval.ALL);
        covers(
                "{\"$gt\": {\"$minKey\": 1}}",
                true,
                new Interval(MinKey.INSTANCE, false, MaxKey.INSTANCE, true));
        covers(
                "{\"$lt\": {\"$maxKey\": 1}}",
                true,
                new Interval(MinKey.INSTANCE, true, MaxKey.INSTANCE, false));
        covers("{\"$lte\": {\"$maxKey\": 1}}", true, Interval.ALL);
        covers("{\"$gt\": null}", true);
    }

    @Test
    void lists() {
        covers(
                "{\"$in\": [7, 3, 7.0]}",
                true,
                Interval.point(Value.of(3)),
                Interval.point(Value.of(7)));
        covers("{\"$in\": [3, null]}", false, NULL, Interval.point(Value.of(3)));
        covers("{\"$in\": []}", true);
    }

    @Test
    void types() {
        covers("{\"$type\": \"number\"}", true, Interval.ofRank(TypeRank.NUMBER));
        covers("{\"$type\": \"int\"}", false, Interval.ofRank(TypeRank.NUMBER));
        covers("{\"$type\": \"string\"}", false, Interval.ofRank(TypeRank.STRING));
        covers("{\"$type\": \"date\"}", true, Interval.ofRank(TypeRank.DATE));
        covers("{\"$type\": \"null\"}", false, Interval.ofRank(TypeRank.NULL));
        covers("{\"$type\": \"array\"}", false, Interval.ALL);
        covers("{\"$exists\": true}", false, Interval.ALL);
    }

    @Test
    void numbers_and_sizes() {
        covers("{\"$mod\": [4, 1]}", false, Interval.ofRank(TypeRank.NUMBER));
        covers("{\"$size\": 0}", false, UNDEFINED);
        covers("{\"$size\": 1}", false, Interval.ALL);
    }

    @Test
    void rule_093_regular_expressions() {
        MatchesRegex anchored = (MatchesRegex) test("{\"$regex\": \"^abc\"}");
        assertEquals(
                List.of(
                        new Interval(Value.of("abc"), true, Value.of("abd"), false),
                        Interval.point(anchored.regex())),
                anchored.intervals());
        assertEquals(true, anchored.isExact());
        MatchesRegex free = (MatchesRegex) test("{\"$regex\": \"abc\"}");
        assertEquals(
                List.of(Interval.ofRank(TypeRank.STRING), Interval.point(free.regex())),
                free.intervals());
        assertEquals(false, free.isExact());
    }

    @Test
    void bits_and_keys_have_the_ranges_of_their_types() {
        for (String operator : List.of("AllSet", "AnySet", "AllClear", "AnyClear")) {
            covers(
                    "{\"$bits" + operator + "\": 5}",
                    false,
                    Interval.ofRank(TypeRank.NUMBER),
                    Interval.ofRank(TypeRank.BINARY));
        }
        covers("{\"$keyMapMatch\": {\"$eq\": \"x\"}}", false, Interval.ofRank(TypeRank.DOCUMENT));
    }

    @Test
    void a_prefix_is_one_exact_range() {
        covers(
                "{\"$beginsWith\": \"ab.\"}",
                true,
                new Interval(Value.of("ab."), true, Value.of("ab/"), false));
        covers("{\"$beginsWith\": \"\"}", true, Interval.ofRank(TypeRank.STRING));
    }

    @Test
    void every_element_is_found_by_one() {
        covers(
                "{\"$allMatch\": {\"$gte\": 3, \"$lt\": 6}}",
                false,
                new Interval(Value.of(3), true, Value.of(6), false));
        covers("{\"$allMatch\": {\"b\": 3}}", false, Interval.ALL);
    }

    @Test
    void elements() {
        covers(
                "{\"$elemMatch\": {\"$gte\": 3, \"$lt\": 6}}",
                false,
                new Interval(Value.of(3), true, Value.of(6), false));
        covers("{\"$elemMatch\": {\"$gte\": 6, \"$lt\": 3}}", false);
        covers(
                "{\"$elemMatch\": {\"$in\": [1, 5, 9], \"$gt\": 1, \"$lt\": 9}}",
                false,
                Interval.point(Value.of(5)));
        covers("{\"$elemMatch\": {\"$elemMatch\": {\"$gt\": 3}}}", false, Interval.ALL);
        covers("{\"$elemMatch\": {\"$not\": {\"$gt\": 3}}}", false, Interval.ALL);
        covers("{\"$elemMatch\": {\"b\": 3}}", false, Interval.ALL);
    }
}
