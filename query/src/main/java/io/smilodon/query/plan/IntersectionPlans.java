package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The plans that read two indexes, each for some of the conjuncts, and fetch only the documents
 * that are in both. Immutable.
 */
final class IntersectionPlans {

    /** Of the indexes, those that find the fewest documents are worth joining. */
    private static final int INPUTS_MAX = 4;

    private final Query query;
    private final IndexPlans plans;
    private final CostModel costs;

    IntersectionPlans(Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        this.query = query;
        this.plans = new IndexPlans(query, conjuncts, structure.statistics());
        this.costs = new CostModel(structure.statistics());
    }

    /**
     * @param usable the indexes that lead to every document that can match
     */
    List<Candidate> of(List<IndexCandidate> usable) {
        if (usable.size() < 2) {
            return List.of(); // nor are the bounds of the only one computed once more
        }
        List<IndexPlans.Branch> inputs = new ArrayList<>();
        for (IndexCandidate index : usable) {
            plans.branch(index).ifPresent(inputs::add);
        }
        if (inputs.size() < 2) {
            return List.of();
        }
        inputs.sort(Comparator.comparingDouble(branch -> costs.of(branch.entries()).rows()));
        List<IndexPlans.Branch> best = inputs.subList(0, Math.min(INPUTS_MAX, inputs.size()));
        List<Candidate> candidates = new ArrayList<>();
        for (int left = 0; left < best.size(); left++) {
            for (int right = left + 1; right < best.size(); right++) {
                add(candidates, best.get(left), best.get(right));
            }
        }
        return candidates;
    }

    private void add(List<Candidate> candidates, IndexPlans.Branch left, IndexPlans.Branch right) {
        if (saysNews(left.scan(), right.scan()) && saysNews(right.scan(), left.scan())) {
            candidates.add(candidate(left, right));
        }
    }

    /** Whether one is bound by a conjunct that does not bind the other. */
    private static boolean saysNews(EntryStage.IndexScan scan, EntryStage.IndexScan other) {
        return !other.access().bounding().containsAll(scan.access().bounding());
    }

    private Candidate candidate(IndexPlans.Branch left, IndexPlans.Branch right) {
        List<EntryStage.IndexScan> inputs = List.of(left.scan(), right.scan());
        boolean isOrdered = inputs.stream().allMatch(IntersectionPlans::isInOrderOfIds);
        List<Predicate> residual = new ArrayList<>(NormalForm.conjuncts(left.residual()));
        residual.retainAll(NormalForm.conjuncts(right.residual()));
        PlanAssembler assembler = new PlanAssembler(query);
        boolean isSorted = assembler.sort().isEmpty();
        PlanStage stage =
                assembler.ofEntries(
                        new EntryStage.Intersection(inputs, isOrdered),
                        NormalForm.allOf(residual),
                        isSorted);
        SortedSet<String> names = new TreeSet<>();
        inputs.forEach(scan -> names.add(scan.index().name()));
        return new Candidate(new CostedPlan(stage, costs.of(stage)), names, 0, isSorted);
    }

    /** Entries of one key lie in the order of the ids of their documents. */
    private static boolean isInOrderOfIds(EntryStage.IndexScan scan) {
        for (int part = 0; part < scan.index().pattern().length(); part++) {
            if (!scan.bounds().part(part).isPoint()) {
                return false;
            }
        }
        return !scan.index().traits().holdsCutKeys() && scan.direction() == Direction.FORWARD;
    }
}
