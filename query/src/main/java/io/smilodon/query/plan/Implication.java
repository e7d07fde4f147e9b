package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Exists;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TypeIs;
import io.smilodon.query.predicate.ValueTest;
import java.util.List;

/**
 * Whether every document that matches a filter also matches that of a partial index. What it
 * affirms is so; some of what is so it does not see.
 *
 * @param comparesAlike whether both compare strings in the same way
 */
record Implication(boolean comparesAlike) {

    /**
     * @param conjuncts what a query asks, in normal form
     * @param wanted the filter of an index
     */
    boolean holds(List<Predicate> conjuncts, Predicate wanted) {
        return switch (wanted) {
            case Predicate.And and -> and.children().stream().allMatch(c -> holds(conjuncts, c));
            case Predicate.Or or ->
                    or.children().stream().anyMatch(c -> holds(conjuncts, c))
                            || conjuncts.stream().anyMatch(c -> isDivided(c, wanted));
            case Predicate.At at -> conjuncts.stream().anyMatch(c -> holds(c, at));
            case Predicate.Not not -> conjuncts.contains(wanted);
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }

    /** Whether each branch of a disjunction demands some branch of the other. */
    private boolean isDivided(Predicate conjunct, Predicate wanted) {
        return switch (conjunct) {
            case Predicate.Or or ->
                    or.children().stream()
                            .allMatch(child -> holds(NormalForm.conjuncts(child), wanted));
            case Predicate.And and -> holds(and.children(), wanted);
            default -> false;
        };
    }

    private boolean holds(Predicate conjunct, Predicate.At wanted) {
        return switch (conjunct) {
            case Predicate.At at ->
                    at.path().equals(wanted.path())
                            && at.elementsLackFields() == wanted.elementsLackFields()
                            && holds(at.test(), wanted.test(), isOfElement(at.path()));
            case Predicate.And and -> and.children().stream().anyMatch(c -> holds(c, wanted));
            case Predicate.Or or ->
                    !or.children().isEmpty()
                            && or.children().stream().allMatch(c -> holds(c, wanted));
            case Predicate.Not not -> isPresent(not, wanted);
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }

    /** {@code {a: {$ne: null}}}: at a path of one step, what absent fields fail is there. */
    private static boolean isPresent(Predicate.Not not, Predicate.At wanted) {
        return wanted.test() instanceof Exists
                && not.child() instanceof Predicate.At at
                && at.path().equals(wanted.path())
                && at.path().length() == 1
                && at.test().test(Missing.INSTANCE);
    }

    /** Whether a path may end at an element of an array, which no test reaches into. */
    private static boolean isOfElement(FieldPath path) {
        return FieldPath.isIndex(path.steps().get(path.length() - 1));
    }

    /** Every value that passes the first passes the second, and is one an index key tells of. */
    private boolean holds(ValueTest test, ValueTest wanted, boolean isOfElement) {
        if (comparesAlike && test.equals(wanted)) {
            return true;
        }
        if (test.test(Missing.INSTANCE)) {
            return false;
        }
        if (wanted instanceof Exists) {
            return true;
        }
        if (test instanceof TypeIs some && wanted instanceof TypeIs types) {
            return types.types().containsAll(some.types());
        }
        IntervalSet values = IntervalSet.of(test.intervals());
        IntervalSet allowed = IntervalSet.of(wanted.intervals());
        boolean isComparable =
                comparesAlike || !values.dependsOnCollation() && !allowed.dependsOnCollation();
        return wanted.isExact()
                && wanted.reachesIntoArrays()
                && (test.reachesIntoArrays() || !isOfElement)
                && isComparable
                && values.intersection(allowed).equals(values);
    }
}
