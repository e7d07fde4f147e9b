package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.ElementMatches;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Exists;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what the conjuncts of a filter say about the parts of one index. Not thread-safe. */
final class ConstraintCollector {

    /** What the keys of absent fields are those of, whatever arrays lead to them. */
    private static final ValueTest ABSENT = new Equal(NullValue.INSTANCE);

    private final IndexCandidate index;
    private final List<Constraint> found = new ArrayList<>();

    private ConstraintCollector(IndexCandidate index) {
        this.index = index;
    }

    /**
     * @param conjuncts in normal form
     */
    static List<Constraint> collect(IndexCandidate index, List<Predicate> conjuncts) {
        ConstraintCollector collector = new ConstraintCollector(index);
        for (Predicate conjunct : conjuncts) {
            collector.collect(
                    new Place(Optional.empty(), ElementScope.DOCUMENT, conjunct), conjunct);
        }
        return collector.found;
    }

    /** Where a predicate's paths start, and the conjunct of the whole filter it is part of. */
    private record Place(Optional<FieldPath> base, ElementScope scope, Predicate source) {

        FieldPath absolute(FieldPath path) {
            return base.map(prefix -> joined(prefix, path)).orElse(path);
        }

        private static FieldPath joined(FieldPath prefix, FieldPath path) {
            List<String> steps = new ArrayList<>(prefix.steps());
            steps.addAll(path.steps());
            return new FieldPath(steps);
        }
    }

    private void collect(Place place, Predicate predicate) {
        for (int part = 0; part < index.pattern().length(); part++) {
            addIfBound(place, part, predicate);
        }
        switch (predicate) {
            case Predicate.And and -> and.children().forEach(child -> collect(place, child));
            case Predicate.At at -> collectInElement(place, at);
            case Predicate.Or or -> {} // as a whole, above
            case Predicate.Not not -> {} // says nothing about single elements
            case Predicate.Whole whole -> {} // asks about no key
            case Predicate.Computed computed -> {} // as a whole, above
        }
    }

    private void addIfBound(Place place, int part, Predicate predicate) {
        if (predicate instanceof Predicate.And || isHiddenFrom(place, part)) {
            return;
        }
        values(place, part, predicate)
                .filter(values -> !values.isAll())
                .ifPresent(
                        values ->
                                found.add(
                                        new Constraint(
                                                part,
                                                values,
                                                isExact(place, part, predicate),
                                                place.scope,
                                                place.source)));
    }

    /** A numeric step is an index of an array for the document, but a name for an element. */
    private boolean isHiddenFrom(Place place, int part) {
        return !place.scope.isDocument() && index.hasNumber(part);
    }

    private void collectInElement(Place place, Predicate.At at) {
        if (at.test() instanceof ElementMatches matches) {
            FieldPath array = place.absolute(at.path());
            ElementScope scope = place.scope.inElement(array.length());
            Place inside = new Place(Optional.of(array), scope, place.source);
            collect(inside, NormalForm.of(matches.predicate()));
        }
    }

    /**
     * Whether a document can match although none of its keys tells. {@code {'a.0.x': null}} matches
     * {@code a: [{x: 1}]}, because the element has no field named 0, but the one key is that of the
     * element at index 0. And an array at index 0 is one key, not one for each of its elements, so
     * that tests of arrays find nothing by element.
     */
    private boolean isMissedByNumber(int part, ValueTest test) {
        return index.namesElement(part)
                && (test.test(Missing.INSTANCE) || !test.reachesIntoArrays());
    }

    /** The values of which a matching document has one in this part; empty if nothing is said. */
    private Optional<IntervalSet> values(Place place, int part, Predicate predicate) {
        return switch (predicate) {
            case Predicate.At at ->
                    isAt(part, place.absolute(at.path())) && !isMissedByNumber(part, at.test())
                            ? keys(part, at.test())
                            : Optional.empty();
            case Predicate.Not not -> valuesOfNegation(place, part, not.child());
            case Predicate.Or or -> valuesOfAny(place, part, or.children());
            case Predicate.And and -> valuesOfAll(place, part, and.children());
            case Predicate.Computed computed -> keys(part, computed);
            case Predicate.Whole whole -> Optional.empty();
        };
    }

    private Optional<IntervalSet> keys(int part, ValueTest test) {
        IntervalSet keys = IntervalSet.of(test.intervals());
        if (!isTold(keys)
                || index.isWildcard(part)
                        && !index.wildcard().orElseThrow().hasEntries(test, keys)) {
            return Optional.empty();
        }
        if (index.holdsValues(part)) {
            return Optional.of(keys);
        }
        return GeoBounds.isOfCells(index.pattern().part(part).kind())
                ? GeoBounds.of(index, part, test)
                : HashedBounds.of(keys);
    }

    /** Expressions take arrays as wholes, and a number in a path for the name of a field. */
    private Optional<IntervalSet> keys(int part, Predicate.Computed computed) {
        IntervalSet keys = computed.ranges().at(index.pattern().part(part).path());
        if (!isTold(keys)
                || index.isMultikey(part)
                || index.hasNumber(part)
                || index.isWildcard(part)
                || GeoBounds.isOfCells(index.pattern().part(part).kind())) {
            return Optional.empty();
        }
        return index.holdsValues(part) ? Optional.of(keys) : HashedBounds.of(keys);
    }

    /**
     * Whether the keys of the index tell, and are not made of strings that it compares otherwise.
     */
    private boolean isTold(IntervalSet keys) {
        return index.comparesAlike() || !keys.dependsOnCollation();
    }

    /** Of what passes itself sound only where a document has one key, which tells exactly that. */
    private Optional<IntervalSet> valuesOfNegation(Place place, int part, Predicate child) {
        if (!(child instanceof Predicate.At at) || !isAt(part, place.absolute(at.path()))) {
            return Optional.empty();
        }
        if (at.test() instanceof Exists) {
            return isMissedByNumber(part, ABSENT) ? Optional.empty() : keys(part, ABSENT);
        }
        if (isSingle(place, part)
                && index.holdsValues(part)
                && !index.isWildcard(part)
                && isDecided(at.test())) {
            return keys(part, at.test()).map(IntervalSet::complement);
        }
        return Optional.empty();
    }

    private Optional<IntervalSet> valuesOfAny(Place place, int part, List<Predicate> children) {
        List<Interval> union = new ArrayList<>();
        for (Predicate child : children) {
            Optional<IntervalSet> values = values(place, part, child);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            union.addAll(values.get().intervals());
        }
        return Optional.of(IntervalSet.of(union));
    }

    private Optional<IntervalSet> valuesOfAll(Place place, int part, List<Predicate> children) {
        List<IntervalSet> known = new ArrayList<>();
        for (Predicate child : children) {
            values(place, part, child).ifPresent(known::add);
        }
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isSingle(place, part) ? IntervalSet.intersectionOf(known) : known.get(0));
    }

    private boolean isExact(Place place, int part, Predicate predicate) {
        if (!place.scope.isDocument() || !index.holdsValues(part)) {
            return false;
        }
        boolean isSingle = isSingle(place, part);
        return switch (predicate) {
            case Predicate.At at ->
                    isSingle ? at.test().isExact() : isExactForElements(part, at.test());
            case Predicate.Not not -> isSingle && !isOfPresence(not.child());
            case Predicate.Or or -> or.children().stream().allMatch(c -> isExact(place, part, c));
            case Predicate.And and -> isSingle && isExactAt(place, part, and.children());
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }

    /** Absent fields have the key of null, as null has. */
    private static boolean isOfPresence(Predicate child) {
        return child instanceof Predicate.At at && at.test() instanceof Exists;
    }

    /** Whether a key inside the bounds is that of a value which makes its document match. */
    private boolean isExactForElements(int part, ValueTest test) {
        return test.isExactForElements()
                && !index.hasNumber(part)
                && !index.traits().holdsCutKeys()
                && !index.isWildcard(part);
    }

    private boolean isExactAt(Place place, int part, List<Predicate> children) {
        return children.stream()
                .allMatch(c -> isExact(place, part, c) && values(place, part, c).isPresent());
    }

    private boolean isAt(int part, FieldPath path) {
        return index.pattern().part(part).path().equals(path);
    }

    /** Whether one document, or one element that is looked at, has one key in this part. */
    private boolean isSingle(Place place, int part) {
        return index.sharedArray(part, part) <= place.scope.arrayLength()
                && !index.traits().holdsCutKeys();
    }

    /**
     * Whether the key of a single value tells whether it passes; null is the key of absent ones.
     */
    private static boolean isDecided(ValueTest test) {
        return switch (test) {
            case Equal equal -> equal.isExact() || equal.value() instanceof NullValue;
            case In in ->
                    in.isListed()
                            && in.values().stream().allMatch(value -> isDecided(new Equal(value)))
                            && new In(List.of(), in.patterns()).isExact();
            default -> test.isExact();
        };
    }
}
