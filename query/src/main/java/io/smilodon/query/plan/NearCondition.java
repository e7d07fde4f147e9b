package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.geo.Nearness;
import io.smilodon.query.predicate.AllElementsMatch;
import io.smilodon.query.predicate.ElementMatches;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one {@code $near} of a filter: it stands beside all other conditions, for it gives the
 * documents their order.
 *
 * @param at the condition
 * @param others what else the documents have to satisfy
 */
record NearCondition(Predicate.At at, List<Predicate> others) {

    NearCondition {
        others = List.copyOf(others);
    }

    /**
     * Finds it.
     *
     * @param conjuncts of the whole filter
     * @throws SmilodonException 2 if there are several, or if one stands inside another condition
     */
    static Optional<NearCondition> in(List<Predicate> conjuncts) {
        List<Predicate> others = new ArrayList<>(conjuncts.size());
        Optional<Predicate.At> found = Optional.empty();
        for (Predicate conjunct : conjuncts) {
            if (!isNear(conjunct)) {
                requireNone(conjunct);
                others.add(conjunct);
            } else if (found.isPresent()) {
                throw new SmilodonException(ErrorCode.BAD_VALUE, "Too many geoNear expressions");
            } else {
                found = Optional.of((Predicate.At) conjunct);
            }
        }
        return found.map(at -> new NearCondition(at, others));
    }

    /** The same on another path. */
    NearCondition on(FieldPath path) {
        return new NearCondition(new Predicate.At(path, at.test()), others);
    }

    Nearness nearness() {
        return ((Near) at.test()).nearness();
    }

    private static boolean isNear(Predicate predicate) {
        return predicate instanceof Predicate.At at && at.test() instanceof Near;
    }

    private static void requireNone(Predicate predicate) {
        switch (predicate) {
            case Predicate.And and -> and.children().forEach(NearCondition::requireNone);
            case Predicate.Or or -> or.children().forEach(NearCondition::requireNone);
            case Predicate.Not not -> requireNone(not.child());
            case Predicate.At at -> requireNone(at);
            case Predicate.Computed computed -> {}
            case Predicate.Whole whole -> {}
        }
    }

    private static void requireNone(Predicate.At at) {
        switch (at.test()) {
            case Near near ->
                    throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "geoNear must be top-level expr");
            case ElementMatches inside -> requireNone(inside.predicate());
            case AllElementsMatch inside -> requireNone(inside.predicate());
            default -> {} // the others hold no conditions
        }
    }
}
