package io.smilodon.query.plan;

import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
        List<IntervalSet> bounds = new ArrayList<>();
        for (int part = 0; part < index.pattern().length(); part++) {
            bounds.add(openParts.contains(part) ? IntervalSet.ALL : bound(part, constraints));
        }
        List<Predicate> bounding = used.stream().map(Constraint::source).distinct().toList();
        return new IndexAccess(index, new IndexBounds(bounds), residual(conjuncts), bounding);
    }

    private IntervalSet bound(int part, List<Constraint> constraints) {
        IntervalSet values = IntervalSet.ALL;
        List<Constraint> narrowestFirst =
                constraints.stream()
                        .filter(constraint -> constraint.part() == part)
                        .sorted(Comparator.comparingDouble(this::share))
                        .toList();
        for (Constraint constraint : narrowestFirst) {
            if (used.stream().allMatch(other -> constraint.isCompatibleWith(other, index))) {
                used.add(constraint);
                values = values.intersection(constraint.values());
            }
        }
        return values;
    }

    private double share(Constraint constraint) {
        return statistics.share(index, constraint.part(), constraint.values());
    }

    private List<Predicate> residual(List<Predicate> conjuncts) {
        if (index.traits().holdsCutKeys()) {
            return conjuncts;
        }
        Set<Predicate> proven = new HashSet<>();
        for (Constraint constraint : used) {
            if (constraint.isExact()) {
                proven.add(constraint.source());
            }
        }
        return conjuncts.stream().filter(conjunct -> !proven.contains(conjunct)).toList();
    }
}
