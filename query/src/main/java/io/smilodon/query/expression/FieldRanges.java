package io.smilodon.query.expression;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the truth of an expression says of single fields: of a document for which it is true, the
 * key that an index has of the field is one of these values, as long as there is no array on the
 * way to the field or at its end, for expressions do not look into arrays. Being among them proves
 * nothing: absent fields have the key of null.
 *
 * @param keys the values for each field of which something is said
 */
public record FieldRanges(Map<FieldPath, IntervalSet> keys) {

    /** Nothing is said of any field. */
    public static final FieldRanges NONE = new FieldRanges(Map.of());

    public FieldRanges {
        keys = Map.copyOf(keys);
    }

    /** Keys of one field. */
    public static FieldRanges of(FieldPath path, IntervalSet keys) {
        return new FieldRanges(Map.of(path, keys));
    }

    /** The keys of the field: all of them if nothing is said of it. */
    public IntervalSet at(FieldPath path) {
        return keys.getOrDefault(path, IntervalSet.ALL);
    }

    /** What is said where all of these are true. */
    public static FieldRanges ofAll(List<FieldRanges> ranges) {
        Map<FieldPath, IntervalSet> common = new HashMap<>();
        byField(ranges).forEach((path, sets) -> common.put(path, IntervalSet.intersectionOf(sets)));
        return new FieldRanges(common);
    }

    /** What is said where one of these is true: nothing of fields of which one says nothing. */
    public static FieldRanges ofAny(List<FieldRanges> ranges) {
        Map<FieldPath, IntervalSet> unions = new HashMap<>();
        byField(ranges)
                .forEach(
                        (path, sets) -> {
                            if (sets.size() == ranges.size()) {
                                unions.put(path, union(sets));
                            }
                        });
        return new FieldRanges(unions);
    }

    private static IntervalSet union(List<IntervalSet> sets) {
        List<Interval> all = new ArrayList<>();
        sets.forEach(set -> all.addAll(set.intervals()));
        return IntervalSet.of(all);
    }

    private static Map<FieldPath, List<IntervalSet>> byField(List<FieldRanges> ranges) {
        Map<FieldPath, List<IntervalSet>> sets = new HashMap<>();
        for (FieldRanges some : ranges) {
            some.keys.forEach(
                    (path, own) -> sets.computeIfAbsent(path, p -> new ArrayList<>()).add(own));
        }
        return sets;
    }
}
