package io.smilodon.query.predicate;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists of ranges as {@link ValueTest#intervals} promises them: ascending and disjoint. */
final class Intervals {

    static final List<Interval> ALL = List.of(Interval.ALL);

    private static final Comparator<Interval> BY_LOW =
            Comparator.comparing(Interval::low, ValueOrder.ASCENDING)
                    .thenComparing(interval -> !interval.lowIncluded());

    private Intervals() {}

    /** What lies in any of the ranges. */
    static List<Interval> union(List<Interval> ranges) {
        List<Interval> sorted = ranges.stream().sorted(BY_LOW).toList();
        List<Interval> union = new ArrayList<>();
        for (Interval next : sorted) {
            int last = union.size() - 1;
            if (last >= 0 && isJoined(union.get(last), next)) {
                union.set(last, joined(union.get(last), next));
            } else {
                union.add(next);
            }
        }
        return List.copyOf(union);
    }

    /** What lies in both lists of ranges. */
    static List<Interval> intersection(List<Interval> left, List<Interval> right) {
        List<Interval> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            Interval overlap = overlap(left.get(i), right.get(j));
            if (!isEmpty(overlap)) {
                common.add(overlap);
            }
            if (compareHigh(left.get(i), right.get(j)) < 0) {
                i++;
            } else {
                j++;
            }
        }
        return List.copyOf(common);
    }

    private static boolean isJoined(Interval left, Interval right) {
        int gap = compare(left.high(), right.low());
        return gap > 0 || (gap == 0 && (left.highIncluded() || right.lowIncluded()));
    }

    private static Interval joined(Interval left, Interval right) {
        Interval higher = compareHigh(left, right) < 0 ? right : left;
        return new Interval(left.low(), left.lowIncluded(), higher.high(), higher.highIncluded());
    }

    private static Interval overlap(Interval left, Interval right) {
        Interval low = BY_LOW.compare(left, right) < 0 ? right : left;
        Interval high = compareHigh(left, right) < 0 ? left : right;
        return new Interval(low.low(), low.lowIncluded(), high.high(), high.highIncluded());
    }

    private static boolean isEmpty(Interval interval) {
        int ends = compare(interval.low(), interval.high());
        return ends > 0 || (ends == 0 && !(interval.lowIncluded() && interval.highIncluded()));
    }

    private static int compareHigh(Interval left, Interval right) {
        int byValue = compare(left.high(), right.high());
        return byValue != 0 ? byValue : Boolean.compare(left.highIncluded(), right.highIncluded());
    }

    private static int compare(Value left, Value right) {
        return ValueOrder.ASCENDING.compare(left, right);
    }
}
