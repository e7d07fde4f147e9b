package io.smilodon.index.key;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A set of values as the fewest intervals: ascending, disjoint and not touching each other.
 * Immutable and thread-safe.
 */
public final class IntervalSet {

    public static final IntervalSet ALL = new IntervalSet(List.of(Interval.ALL));
    public static final IntervalSet NONE = new IntervalSet(List.of());

    private static final Comparator<Interval> BY_LOW =
            Comparator.comparing(Cut::below, Cut.ORDER).thenComparing(Cut::above, Cut.ORDER);

    /** The types whose values may hold strings. */
    private static final IntervalSet WITH_TEXTS =
            of(
                    Interval.ofRank(TypeRank.STRING),
                    Interval.ofRank(TypeRank.DOCUMENT),
                    Interval.ofRank(TypeRank.ARRAY));

    private final List<Interval> intervals;

    private IntervalSet(List<Interval> intervals) {
        this.intervals = List.copyOf(intervals);
    }

    /** The values of all the intervals, which may overlap, be empty and come in any order. */
    public static IntervalSet of(List<Interval> intervals) {
        if (intervals.size() == 1) {
            return isNonEmpty(intervals.get(0)) ? new IntervalSet(intervals) : NONE;
        }
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.removeIf(interval -> !isNonEmpty(interval));
        sorted.sort(BY_LOW);
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            Interval last = merged.isEmpty() ? next : merged.get(merged.size() - 1);
            if (merged.isEmpty() || Cut.ORDER.compare(Cut.below(next), Cut.above(last)) > 0) {
                merged.add(next);
            } else if (Cut.ORDER.compare(Cut.above(next), Cut.above(last)) > 0) {
                merged.set(merged.size() - 1, between(Cut.below(last), Cut.above(next)));
            }
        }
        return new IntervalSet(merged);
    }

    public static IntervalSet of(Interval... intervals) {
        return of(List.of(intervals));
    }

    public static IntervalSet point(Value value) {
        return of(Interval.point(value));
    }

    /** Ascending, disjoint; unmodifiable. */
    public List<Interval> intervals() {
        return intervals;
    }

    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** Whether it holds every value. */
    public boolean isAll() {
        return intervals.size() == 1 && intervals.get(0).isAll();
    }

    /** Whether it holds exactly one value. */
    public boolean isPoint() {
        return intervals.size() == 1 && intervals.get(0).isPoint();
    }

    /** Whether it is a list of single values; true for an empty one. */
    public boolean isPoints() {
        for (Interval interval : intervals) {
            if (!interval.isPoint()) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(Value value) {
        int low = 0;
        int high = intervals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (IndexKey.compareValues(intervals.get(middle).low(), value) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Of two that begin at the value, the second may be without it.
        return low > 0 && intervals.get(low - 1).contains(value)
                || low > 1 && intervals.get(low - 2).contains(value);
    }

    public IntervalSet union(IntervalSet other) {
        List<Interval> both = new ArrayList<>(intervals);
        both.addAll(other.intervals);
        return of(both);
    }

    public IntervalSet intersection(IntervalSet other) {
        if (isAll() || other.isAll()) {
            return isAll() ? other : this;
        }
        List<Interval> common = new ArrayList<>();
        int left = 0;
        int right = 0;
        while (left < intervals.size() && right < other.intervals.size()) {
            Interval mine = intervals.get(left);
            Interval theirs = other.intervals.get(right);
            Cut low = Cut.max(Cut.below(mine), Cut.below(theirs));
            boolean mineEndsFirst = Cut.ORDER.compare(Cut.above(mine), Cut.above(theirs)) <= 0;
            Cut high = mineEndsFirst ? Cut.above(mine) : Cut.above(theirs);
            if (Cut.ORDER.compare(low, high) < 0) {
                common.add(between(low, high));
            }
            if (mineEndsFirst) {
                left++;
            } else {
                right++;
            }
        }
        return new IntervalSet(common);
    }

    /**
     * What many sets have in common; all values without any. Halves are put together first, so that
     * sets with many holes are not gone through once for each of the others.
     */
    public static IntervalSet intersectionOf(List<IntervalSet> sets) {
        if (sets.size() < 2) {
            return sets.isEmpty() ? ALL : sets.get(0);
        }
        int middle = sets.size() / 2;
        IntervalSet left = intersectionOf(sets.subList(0, middle));
        return left.intersection(intersectionOf(sets.subList(middle, sets.size())));
    }

    /** Every value that is not in this set. */
    public IntervalSet complement() {
        List<Interval> gaps = new ArrayList<>();
        Cut from = new Cut(MinKey.INSTANCE, false);
        for (Interval interval : intervals) {
            Cut to = Cut.below(interval);
            if (Cut.ORDER.compare(from, to) < 0) {
                gaps.add(between(from, to));
            }
            from = Cut.above(interval);
        }
        Cut end = new Cut(MaxKey.INSTANCE, true);
        if (Cut.ORDER.compare(from, end) < 0) {
            gaps.add(between(from, end));
        }
        return new IntervalSet(gaps);
    }

    /** Whether it depends on the collation which values are in it. */
    public boolean dependsOnCollation() {
        for (Interval interval : intervals) {
            if (interval.dependsOnCollation()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it depends on the collation in which order its values come. */
    public boolean isOrderedByCollation() {
        return !intersection(WITH_TEXTS).isEmpty() && !isPoint();
    }

    /** As MongoDB's explain shows bounds, in the order in which a scan meets them. */
    public List<String> describe(Direction direction) {
        return describe(direction, false);
    }

    /**
     * The same.
     *
     * @param isCollated whether the strings in it are keys of a collation
     */
    public List<String> describe(Direction direction, boolean isCollated) {
        List<String> texts = new ArrayList<>();
        for (Interval interval : intervals) {
            texts.add(IntervalText.of(interval, direction, isCollated));
        }
        if (direction == Direction.BACKWARD) {
            Collections.reverse(texts);
        }
        return List.copyOf(texts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntervalSet that && intervals.equals(that.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    @Override
    public String toString() {
        return describe(Direction.FORWARD).toString();
    }

    private static boolean isNonEmpty(Interval interval) {
        return Cut.ORDER.compare(Cut.below(interval), Cut.above(interval)) < 0;
    }

    private static Interval between(Cut low, Cut high) {
        return new Interval(low.value, !low.isAbove, high.value, high.isAbove);
    }

    /** A place between values: directly below or directly above one of them. */
    private record Cut(Value value, boolean isAbove) {

        static final Comparator<Cut> ORDER = Cut::compare;

        static Cut below(Interval interval) {
            return new Cut(interval.low(), !interval.lowIncluded());
        }

        static Cut above(Interval interval) {
            return new Cut(interval.high(), interval.highIncluded());
        }

        static Cut max(Cut left, Cut right) {
            return compare(left, right) >= 0 ? left : right;
        }

        private static int compare(Cut left, Cut right) {
            int byValue =
                    left.value == right.value // as the ends of a point are
                            ? 0
                            : IndexKey.compareValues(left.value, right.value);
            return byValue != 0 ? byValue : Boolean.compare(left.isAbove, right.isAbove);
        }
    }
}
