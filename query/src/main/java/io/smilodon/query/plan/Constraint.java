package io.smilodon.query.plan;

import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;

/**
 * What one conjunct of a filter says about one part of an index: every document that matches has a
 * key with one of these values there.
 *
 * @param part the position in the key pattern
 * @param values the values
 * @param isExact whether, in turn, such a key proves that the document matches the conjunct
 * @param scope where the condition looks
 * @param source the conjunct
 */
record Constraint(
        int part, IntervalSet values, boolean isExact, ElementScope scope, Predicate source) {

    /**
     * Whether a document that satisfies both has one key that does. Inside an array that both paths
     * go through they may hold for different elements, unless one {@code $elemMatch} ties them.
     */
    boolean isCompatibleWith(Constraint other, IndexCandidate index) {
        int array = index.sharedArray(part, other.part);
        return array == 0 || scope.sharesElement(other.scope, array);
    }
}
