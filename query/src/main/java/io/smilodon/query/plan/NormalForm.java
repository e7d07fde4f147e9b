package io.smilodon.query.plan;

import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings filters into one shape: flat conjunctions and disjunctions without duplicates, negation
 * pushed down to single tests. Chance is kept as it is: asked twice it is another one. A predicate
 * is true or false of a whole document, so De Morgan's laws hold whatever arrays are in it; only
 * the negation of a test stays as it is, because on an array it is not a test of its own.
 */
final class NormalForm {

    /** Matches no document. */
    static final Predicate NOTHING = Predicate.nothing();

    private NormalForm() {}

    static Predicate of(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> conjunction(and.children());
            case Predicate.Or or -> disjunction(or.children());
            case Predicate.Not not -> negation(not.child());
            case Predicate.At at -> isImpossible(at) ? NOTHING : at;
            case Predicate.Computed computed -> computed;
            case Predicate.Whole whole -> whole;
        };
    }

    /** The predicates that all have to hold, for a predicate in normal form. */
    static List<Predicate> conjuncts(Predicate predicate) {
        return predicate instanceof Predicate.And and ? and.children() : List.of(predicate);
    }

    /** One predicate in normal form that holds if all of these in normal form do. */
    static Predicate allOf(List<Predicate> conjuncts) {
        return conjuncts.size() == 1 ? conjuncts.get(0) : new Predicate.And(conjuncts);
    }

    static boolean isNothing(Predicate predicate) {
        return predicate instanceof Predicate.Or or && or.children().isEmpty();
    }

    static boolean isEverything(Predicate predicate) {
        return predicate instanceof Predicate.And and && and.children().isEmpty();
    }

    private static Predicate conjunction(List<Predicate> children) {
        Set<Predicate> flat = new LinkedHashSet<>();
        List<Predicate> chances = new ArrayList<>();
        for (Predicate child : children) {
            Predicate normal = of(child);
            if (isNothing(normal)) {
                return NOTHING;
            }
            for (Predicate conjunct : conjuncts(normal)) {
                (conjunct.isChance() ? chances : flat).add(conjunct);
            }
        }
        List<Predicate> all = new ArrayList<>(flat);
        all.addAll(chances);
        return allOf(all);
    }

    private static Predicate disjunction(List<Predicate> children) {
        Set<Predicate> flat = new LinkedHashSet<>();
        for (Predicate child : children) {
            Predicate normal = of(child);
            if (isEverything(normal)) {
                return normal;
            }
            flat.addAll(normal instanceof Predicate.Or or ? or.children() : List.of(normal));
        }
        return flat.size() == 1 ? flat.iterator().next() : new Predicate.Or(List.copyOf(flat));
    }

    private static Predicate negation(Predicate child) {
        return switch (child) {
            case Predicate.And and -> disjunction(negations(and.children()));
            case Predicate.Or or -> conjunction(negations(or.children()));
            case Predicate.Not not -> of(not.child());
            case Predicate.At at ->
                    isImpossible(at) ? Predicate.everything() : new Predicate.Not(at);
            case Predicate.Computed computed -> new Predicate.Not(computed);
            case Predicate.Whole whole -> new Predicate.Not(whole);
        };
    }

    private static List<Predicate> negations(List<Predicate> children) {
        List<Predicate> negations = new ArrayList<>(children.size());
        for (Predicate child : children) {
            negations.add(new Predicate.Not(child));
        }
        return negations;
    }

    private static boolean isImpossible(Predicate.At at) {
        return IntervalSet.of(at.test().intervals()).isEmpty();
    }

    /** How many predicates it is made of. */
    static long size(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> 1 + sizeOf(and.children());
            case Predicate.Or or -> 1 + sizeOf(or.children());
            case Predicate.Not not -> 1 + size(not.child());
            case Predicate.At at -> 1;
            case Predicate.Computed computed -> 1;
            case Predicate.Whole whole -> 1;
        };
    }

    static long sizeOf(List<Predicate> predicates) {
        return predicates.stream().mapToLong(NormalForm::size).sum();
    }
}
