package io.smilodon.query.plan;

import io.smilodon.engine.value.NullValue;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the bounds of an index scan from what a filter says about the index's parts.
 *
 * <p>Two constraints are used together only if every matching document has <em>one</em> key that
 * satisfies both. Where the paths go through a common array, they may hold for different elements:
 * then the narrower one is used and the other checked on the document, unless both stand in one
 * {@code $elemMatch} on that array.
 */
final class BoundsBuilder {

    private final IndexCandidate index;
    private final Statistics statistics;
    private final Set<Integer> openParts;
    private final List<Constraint> used = new ArrayList<>();

    /** One used constraint of each place: whether another is compatible depends on that alone. */
    private final Map<Place, Constraint> usedPlaces = new HashMap<>();

    /** What a constraint is about. */
    private record Place(int part, ElementScope scope) {}

    /**
     * @param openParts parts to leave unbounded, because a sort needs all of their keys
     */
    BoundsBuilder(IndexCandidate index, Statistics statistics, Set<Integer> openParts) {
        this.index = index;
        this.statistics = statistics;
        this.openParts = openParts;
    }

    IndexAccess build(List<Predicate> conjuncts) {
        List<Constraint> constraints = ConstraintCollector.collect(index, conjuncts);
        if (!index.isSingleKey()) {
            constraints.sort(Comparator.comparingDouble(this::share)); // else all go together
        }
        int parts = index.pattern().length();
        List<IntervalSet> bounds = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            bounds.add(openParts.contains(part) ? IntervalSet.ALL : bound(part, constraints));
        }
        if (mayLack(bounds)) {
            used.clear();
            bounds.replaceAll(values -> IntervalSet.ALL);
        }
        index.wildcard().ifPresent(use -> bounds.set(use.namePart(), use.names()));
        return new IndexAccess(
                index, new IndexBounds(bounds), residual(conjuncts), bounding(conjuncts));
    }

    /**
     * Whether a document may match and have no key inside the bounds. Of an element of an array
     * that lacks all its fields a sparse index has no key, though it has others of the document.
     */
    private boolean mayLack(List<IntervalSet> bounds) {
        return index.definition().options().sparse()
                && !index.isSingleKey()
                && bounds.stream().allMatch(values -> values.contains(NullValue.INSTANCE));
    }

    /**
     * @param constraints narrowest first
     */
    private IntervalSet bound(int part, List<Constraint> constraints) {
        List<IntervalSet> values = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint.part() == part && isCompatibleWithUsed(constraint)) {
                used.add(constraint);
                usedPlaces.putIfAbsent(new Place(part, constraint.scope()), constraint);
                values.add(constraint.values());
            }
        }
        return IntervalSet.intersectionOf(values);
    }

    private boolean isCompatibleWithUsed(Constraint constraint) {
        for (Constraint other : usedPlaces.values()) {
            if (!constraint.isCompatibleWith(other, index)) {
                return false;
            }
        }
        return true;
    }

    private double share(Constraint constraint) {
        return statistics.share(index, constraint.part(), constraint.values());
    }

    private List<Predicate> bounding(List<Predicate> conjuncts) {
        List<Predicate> bounding = new ArrayList<>(used.size());
        Set<Predicate> sources = sources(false);
        for (Predicate conjunct : conjuncts) {
            if (sources.contains(conjunct)) {
                bounding.add(conjunct);
            }
        }
        return bounding;
    }

    private List<Predicate> residual(List<Predicate> conjuncts) {
        if (index.traits().holdsCutKeys()) {
            return conjuncts;
        }
        List<Predicate> residual = new ArrayList<>(conjuncts.size());
        Set<Predicate> proven = sources(true);
        for (Predicate conjunct : conjuncts) {
            if (!proven.contains(conjunct)) {
                residual.add(conjunct);
            }
        }
        return residual;
    }

    /** The conjuncts whose constraints are used: the objects themselves, so none is hashed. */
    private Set<Predicate> sources(boolean onlyExact) {
        Set<Predicate> sources = Collections.newSetFromMap(new IdentityHashMap<>(used.size()));
        for (Constraint constraint : used) {
            if (constraint.isExact() || !onlyExact) {
                sources.add(constraint.source());
            }
        }
        return sources;
    }
}
