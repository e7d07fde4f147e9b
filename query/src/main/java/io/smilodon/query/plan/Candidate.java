package io.smilodon.query.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;

/**
 * A whole plan for a query, and what decides between plans of one cost.
 *
 * @param plan the plan with its cost
 * @param indexes the names of the indexes it uses
 * @param equalityParts how many leading parts of its index are bound to single values
 * @param isSorted whether it needs no sort in memory
 */
record Candidate(CostedPlan plan, SortedSet<String> indexes, int equalityParts, boolean isSorted) {

    /** The indexes of a plan that uses none. */
    static final SortedSet<String> NO_INDEX = Collections.emptySortedSet();

    /** Cheapest first; the rest makes the choice the same every time. */
    static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble((Candidate candidate) -> candidate.plan.estimate().total())
                    .thenComparing(Candidate::equalityParts, Comparator.reverseOrder())
                    .thenComparing(candidate -> !candidate.isSorted)
                    .thenComparing(candidate -> String.join(",", candidate.indexes));

    boolean uses(String index) {
        return indexes.contains(index);
    }
}
