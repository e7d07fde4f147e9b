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
 * @param choices what is said besides where several fields are in question: of each of these lists
 *     one, whose keys say something
 */
public record FieldRanges(Map<FieldPath, IntervalSet> keys, List<List<FieldRanges>> choices) {

    /** Nothing is said of any field. */
    public static final FieldRanges NONE = new FieldRanges(Map.of(), List.of());

    public FieldRanges {
        keys = Map.copyOf(keys);
        choices = List.copyOf(choices);
    }

    /** Keys of one field. */
    public static FieldRanges of(FieldPath path, IntervalSet keys) {
        return new FieldRanges(Map.of(path, keys), List.of());
    }

    /** The keys of the field: all of them if nothing is said of it. */
    public IntervalSet at(FieldPath path) {
        return keys.getOrDefault(path, IntervalSet.ALL);
    }

    /** What is said where all of these are true. */
    public static FieldRanges ofAll(List<FieldRanges> ranges) {
        Map<FieldPath, IntervalSet> common = new HashMap<>();
        byField(ranges).forEach((path, sets) -> common.put(path, IntervalSet.intersectionOf(sets)));
        return new FieldRanges(
                common, ranges.stream().flatMap(some -> some.choices.stream()).toList());
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
        List<FieldRanges> choice = choice(ranges);
        boolean isOfOneField =
                unions.size() == 1 && choice.stream().allMatch(some -> some.keys.size() == 1);
        return new FieldRanges(
                unions, choice.isEmpty() || isOfOneField ? List.of() : List.of(choice));
    }

    /** What these say one by one; nothing if one of them says nothing. */
    private static List<FieldRanges> choice(List<FieldRanges> ranges) {
        List<FieldRanges> choice = new ArrayList<>();
        for (FieldRanges some : ranges) {
            if (some.keys.values().stream().anyMatch(IntervalSet::isEmpty)) {
                continue; // never true
            }
            if (!some.keys.isEmpty()) {
                choice.add(new FieldRanges(some.keys, List.of()));
            } else if (!some.choices.isEmpty()) {
                choice.addAll(some.choices.getFirst());
            } else {
                return List.of();
            }
        }
        return List.copyOf(choice);
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
