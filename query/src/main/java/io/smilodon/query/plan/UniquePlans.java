package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of a query that names the whole key of a unique index: one document at most has it, so
 * no other plan need be weighed up. Pure functions.
 */
public final class UniquePlans {

    private static final FieldPath ID = FieldPath.parse("_id");

    private UniquePlans() {}

    /**
     * The plan, if the query is one of these, and wants documents in no order.
     *
     * @param indexes those of the collection that may be read; of several that serve, that of the
     *     most fields, or else the first by name
     */
    public static Optional<PlanChoice> of(Query query, List<IndexCandidate> indexes) {
        Optional<PlanStage.UniqueLookup> found =
                isPlain(query)
                        ? lookup(
                                query, NormalForm.conjuncts(NormalForm.of(query.filter())), indexes)
                        : Optional.empty();
        return found.map(lookup -> new PlanChoice(costed(lookup), List.of(), List.of()));
    }

    /** The same for who weighs it up, of a filter in normal form. */
    static Optional<Candidate> candidate(
            Query query, List<Predicate> conjuncts, List<IndexCandidate> indexes) {
        Optional<PlanStage.UniqueLookup> found =
                isPlain(query) ? lookup(query, conjuncts, indexes) : Optional.empty();
        return found.map(
                lookup ->
                        new Candidate(
                                costed(lookup),
                                new TreeSet<>(Set.of(lookup.index().name())),
                                lookup.index().pattern().length(),
                                true));
    }

    private static CostedPlan costed(PlanStage.UniqueLookup lookup) {
        return new CostedPlan(lookup, CostModel.UNIQUE_LOOKUP);
    }

    private static boolean isPlain(Query query) {
        return isOfDocuments(query.output())
                && query.sort().isEmpty()
                && query.skip() == 0
                && query.hint() == Hint.NONE
                && query.range().isAll();
    }

    private static boolean isOfDocuments(Query.Output output) {
        return output instanceof Query.Output.Whole || output instanceof Query.Output.Needed;
    }

    /** Whether its keys hold all that is looked at: then no document need be read. */
    private static boolean isEnough(IndexCandidate index, Query.Output output) {
        return output instanceof Query.Output.Needed needed
                && Coverage.parts(index, needed.paths()).isPresent();
    }

    private static Optional<PlanStage.UniqueLookup> lookup(
            Query query, List<Predicate> conjuncts, List<IndexCandidate> indexes) {
        if (isOtherwiseFound(query, conjuncts)) {
            return Optional.empty();
        }
        Optional<PlanStage.UniqueLookup> best = Optional.empty();
        for (IndexCandidate index : indexes) {
            if (isOneOfEach(index) && index.under(query.collation()).comparesAlike()) {
                Optional<PlanStage.UniqueLookup> found = lookup(index, conjuncts);
                if (found.isPresent() && isEnough(index, query.output())) {
                    return Optional.empty();
                }
                if (found.isPresent() && (best.isEmpty() || isBefore(index, best.get().index()))) {
                    best = found;
                }
            }
        }
        return best;
    }

    private static boolean isBefore(IndexCandidate left, IndexCandidate right) {
        int byLength = Integer.compare(right.pattern().length(), left.pattern().length());
        return byLength != 0 ? byLength < 0 : left.name().compareTo(right.name()) < 0;
    }

    /** Whether something in the filter says of itself how the documents are to be found. */
    private static boolean isOtherwiseFound(Query query, List<Predicate> conjuncts) {
        for (Predicate conjunct : conjuncts) {
            if (NormalForm.isNothing(conjunct)
                    || conjunct instanceof Predicate.At at && at.path().equals(ID)) {
                return true;
            }
        }
        return conjuncts.size() > 1
                && (NearCondition.in(conjuncts).isPresent()
                        || TextTest.in(query.filter()).isPresent());
    }

    /**
     * Whether it has an entry for each document and no two of one key, and whether a key is always
     * one of values that belong together.
     */
    private static boolean isOneOfEach(IndexCandidate index) {
        KeyPattern pattern = index.definition().pattern();
        return index.definition().options().hasUniqueEntries()
                && pattern.kind() == PartKind.ORDERED
                && index.filter().isEmpty()
                && !index.traits().holdsCutKeys()
                && (index.isSingleKey() || pattern.length() == 1 && !index.hasNumber(0));
    }

    private static Optional<PlanStage.UniqueLookup> lookup(
            IndexCandidate index, List<Predicate> conjuncts) {
        List<Value> key = new ArrayList<>(index.pattern().length());
        List<Predicate> residual = new ArrayList<>(conjuncts);
        for (int part = 0; part < index.pattern().length(); part++) {
            int place = equality(index.pattern().part(part).path(), residual);
            if (place < 0) {
                return Optional.empty();
            }
            Equal equal = (Equal) ((Predicate.At) residual.remove(place)).test();
            key.add(equal.order().key(equal.value()));
        }
        return Optional.of(
                new PlanStage.UniqueLookup(index, new IndexKey(key), NormalForm.allOf(residual)));
    }

    /** Where the first condition is that a key of the path proves; less than 0 for none. */
    private static int equality(FieldPath path, List<Predicate> conjuncts) {
        for (int place = 0; place < conjuncts.size(); place++) {
            if (conjuncts.get(place) instanceof Predicate.At at
                    && at.test() instanceof Equal equal
                    && equal.isExactForElements()
                    && at.path().equals(path)) {
                return place;
            }
        }
        return -1;
    }
}
