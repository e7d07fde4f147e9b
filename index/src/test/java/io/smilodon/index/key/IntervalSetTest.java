package io.smilodon.index.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.engine.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IntervalSetTest {

    /** The laws of sets, asked of each value that is an end or near one. */
    @RepeatedTest(300)
    void sets_of_intervals_are_sets_of_values() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        List<Value> probes = new ArrayList<>(List.of(MinKey.INSTANCE, MaxKey.INSTANCE));
        IntervalSet left = RandomBounds.set(values, probes);
        IntervalSet right = RandomBounds.set(values, probes);
        List.copyOf(probes).forEach(probe -> probes.add(values.near(probe)));

        for (Value probe : probes) {
            boolean inLeft = left.contains(probe);
            boolean inRight = right.contains(probe);
            String where = "seed " + seed + ": " + probe + " " + left + " " + right;
            assertEquals(inLeft || inRight, left.union(right).contains(probe), where);
            assertEquals(inLeft && inRight, left.intersection(right).contains(probe), where);
            assertEquals(!inLeft, left.complement().contains(probe), where);
        }
        assertCanonical(left.union(right), seed);
        assertCanonical(left.intersection(right), seed);
        assertCanonical(left.complement(), seed);
    }

    /** Ascending, and between two neighbours there is something that belongs to neither. */
    private static void assertCanonical(IntervalSet set, long seed) {
        List<Interval> intervals = set.intervals();
        for (int i = 1; i < intervals.size(); i++) {
            Interval before = intervals.get(i - 1);
            Interval after = intervals.get(i);
            int gap = ValueOrder.ASCENDING.compare(before.high(), after.low());
            assertTrue(
                    gap < 0 || (gap == 0 && !before.highIncluded() && !after.lowIncluded()),
                    () -> "seed " + seed + ": " + set);
        }
        assertEquals(set, IntervalSet.of(intervals), () -> "seed " + seed);
    }

    @RepeatedTest(50)
    void many_sets_have_in_common_what_they_have_one_after_the_other() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        List<IntervalSet> sets = new ArrayList<>();
        IntervalSet expected = IntervalSet.ALL;
        for (int i = 0; i < 7; i++) {
            assertEquals(expected, IntervalSet.intersectionOf(sets), "seed " + seed);
            IntervalSet next = RandomBounds.set(values, new ArrayList<>());
            sets.add(next.complement());
            expected = expected.intersection(next.complement());
        }
    }

    @Test
    void touching_intervals_become_one() {
        Interval low = new Interval(Value.of(1), true, Value.of(2), false);
        Interval high = new Interval(Value.of(2), true, Value.of(3), true);

        assertEquals("[[1, 3]]", IntervalSet.of(high, low).toString());
    }

    @Test
    void empty_intervals_vanish() {
        Interval empty = new Interval(Value.of(2), true, Value.of(2), false);

        assertTrue(IntervalSet.of(empty).isEmpty());
        assertTrue(IntervalSet.ALL.complement().isEmpty());
        assertTrue(IntervalSet.NONE.complement().isAll());
    }

    @Test
    void points_are_recognised() {
        IntervalSet one = IntervalSet.point(Value.of(1));
        IntervalSet two = one.union(IntervalSet.point(Value.of(3)));

        assertTrue(one.isPoint() && one.isPoints() && two.isPoints());
        assertTrue(!two.isPoint() && !IntervalSet.ALL.isPoints());
    }

    /** As MongoDB's explain: the open end of a type is its highest value where it has one. */
    @Test
    void bounds_are_written_as_in_mongodb() {
        assertText("(18, inf]", Interval.above(Value.of(18), false));
        assertText("[18.5, 20]", new Interval(Value.of(18.5), true, Value.of(20), true));
        assertText("[\"a\", \"b\")", new Interval(Value.of("a"), true, Value.of("b"), false));
        assertText("[\"a\", {})", Interval.above(Value.of("a"), true));
        assertText("[MinKey, MaxKey]", Interval.ALL);
        assertText("[null, null]", Interval.point(NullValue.INSTANCE));
        assertText("[nan, 5)", Interval.below(Value.of(5), false));
        assertText("[false, true]", Interval.ofRank(TypeRank.BOOLEAN));
        assertText("(false, true]", Interval.above(BooleanValue.FALSE, false));
        assertText(
                "(new Date(0), new Date(9223372036854775807)]",
                Interval.above(new DateValue(0), false));
        assertText(
                "(ObjectId('000000010000000200000003'), ObjectId('ffffffffffffffffffffffff')]",
                Interval.above(new ObjectId(1, 2, 3), false));
    }

    private static void assertText(String expected, Interval interval) {
        assertEquals(expected, interval.describe(Direction.FORWARD));
    }

    @Test
    void bounds_are_written_in_the_order_of_the_scan() {
        KeyPattern pattern =
                KeyPattern.parse(ExtendedJson.readDocument("{\"a\": 1, \"b\": -1}"), Location.ROOT);
        IntervalSet points = IntervalSet.point(Value.of(1)).union(IntervalSet.point(Value.of(2)));
        IndexBounds bounds =
                IndexBounds.of(points, IntervalSet.of(Interval.above(Value.of(5), false)));

        assertEquals(
                "{ a: [ \"[1, 1]\", \"[2, 2]\" ], b: [ \"[inf, 5)\" ] }",
                ValueText.of(bounds.describe(pattern, Direction.FORWARD)));
        assertEquals(
                "{ a: [ \"[2, 2]\", \"[1, 1]\" ], b: [ \"(5, inf]\" ] }",
                ValueText.of(bounds.describe(pattern, Direction.BACKWARD)));
        assertEquals(
                "{ a: [ \"[MinKey, MaxKey]\" ], b: [ \"[MaxKey, MinKey]\" ] }",
                ValueText.of(IndexBounds.ALL.describe(pattern, Direction.FORWARD)));
    }

    @Test
    void values_are_written_for_people() {
        assertEquals(
                "{ _id: 1, a: [ null, 2.0 ], b: \"x\\\"y\", c: {}, d: [] }",
                ValueText.of(
                        ExtendedJson.readDocument(
                                "{\"_id\": 1, \"a\": [null, 2.0], \"b\": \"x\\\"y\","
                                        + " \"c\": {}, \"d\": []}")));
        assertEquals("\"" + "x".repeat(160) + "...\"", ValueText.of(Value.of("x".repeat(161))));
    }
}
