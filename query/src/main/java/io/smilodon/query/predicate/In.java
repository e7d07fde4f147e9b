package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code {field: {$in: [...]}}}: values equal to one of the list, or matched by one of its regular
 * expressions. Null in the list stands for absent fields too.
 *
 * @param values sorted by the constructor, each once, for a binary search
 * @param patterns the regular expressions of the list
 * @param order how values compare
 */
public record In(List<Value> values, List<MatchesRegex> patterns, ValueOrder order)
        implements ValueTest {

    public In {
        values = sorted(values, order);
        patterns = List.copyOf(patterns);
    }

    /** The test without a collation. */
    public In(List<Value> values, List<MatchesRegex> patterns) {
        this(values, patterns, ValueOrder.ASCENDING);
    }

    @Override
    public ValueTest under(ValueOrder other) {
        List<MatchesRegex> matches = new ArrayList<>(patterns.size());
        patterns.forEach(pattern -> matches.add(pattern.under(other)));
        return new In(values, matches, other);
    }

    private static List<Value> sorted(List<Value> values, ValueOrder order) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(Steps.counted(order));
        List<Value> distinct = new ArrayList<>(sorted.size());
        for (Value value : sorted) {
            Steps.take();
            int last = distinct.size() - 1;
            if (last < 0 || order.compare(distinct.get(last), value) != 0) {
                distinct.add(value);
            }
        }
        return List.copyOf(distinct);
    }

    /** Whether nothing can pass. */
    boolean isEmpty() {
        return values.isEmpty() && patterns.isEmpty();
    }

    @Override
    public boolean test(Value value) {
        Value sought = value == Missing.INSTANCE ? NullValue.INSTANCE : value;
        if (Collections.binarySearch(values, sought, order) >= 0) {
            return true;
        }
        for (MatchesRegex pattern : patterns) {
            if (pattern.test(value)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is worth while to look at each of the values in an index. */
    public boolean isListed() {
        return values.size() <= FilterLimits.LIST_VALUES_MAX;
    }

    /** Those of the values; everything if they are more than a filter may list, as in joins. */
    @Override
    public List<Interval> intervals() {
        if (!isListed()) {
            return List.of(Interval.ALL);
        }
        List<Interval> ranges = new ArrayList<>();
        values.forEach(value -> ranges.addAll(Equal.intervals(order.key(value))));
        patterns.forEach(pattern -> ranges.addAll(pattern.intervals()));
        return IntervalSet.of(ranges).intervals();
    }

    @Override
    public boolean isOfListedValues() {
        return true;
    }

    @Override
    public boolean isExact() {
        return isListed()
                && values.stream().allMatch(Equal::isExact)
                && patterns.stream().allMatch(MatchesRegex::isExact);
    }

    @Override
    public boolean isExactForElements() {
        return isExact()
                && patterns.isEmpty()
                && values.stream().allMatch(value -> new Equal(value).isExactForElements());
    }

    @Override
    public Document toDocument() {
        List<Value> list = new ArrayList<>(values);
        patterns.forEach(pattern -> list.add(pattern.regex()));
        return Document.of("$in", ArrayValue.of(list));
    }
}
