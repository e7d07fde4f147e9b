package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The plans that read two or three indexes, each for some of the conjuncts, and fetch only the
 * documents that are in all of them. Immutable.
 */
final class IntersectionPlans {

    /** Of the indexes, those that find the fewest documents are worth joining. */
    private static final int INPUTS_MAX = 4;

    /** More than so many find too few documents to pay for what is read of them. */
    private static final int TOGETHER_MAX = 3;

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
                add(candidates, List.of(best.get(left), best.get(right)));
            }
        }
        if (best.size() >= TOGETHER_MAX) {
            add(candidates, best.subList(0, TOGETHER_MAX));
        }
        return candidates;
    }

    private void add(List<Candidate> candidates, List<IndexPlans.Branch> together) {
        for (IndexPlans.Branch one : together) {
            for (IndexPlans.Branch other : together) {
                if (one != other && !saysNews(one.scan(), other.scan())) {
                    return;
                }
            }
        }
        candidates.add(candidate(together));
    }

    /** Whether one is bound by a conjunct that does not bind the other. */
    private static boolean saysNews(EntryStage.IndexScan scan, EntryStage.IndexScan other) {
        return !other.access().bounding().containsAll(scan.access().bounding());
    }

    private Candidate candidate(List<IndexPlans.Branch> together) {
        List<EntryStage.IndexScan> inputs = together.stream().map(IndexPlans.Branch::scan).toList();
        boolean isOrdered = inputs.stream().allMatch(IntersectionPlans::isInOrderOfIds);
        List<Predicate> residual =
                new ArrayList<>(NormalForm.conjuncts(together.get(0).residual()));
        for (IndexPlans.Branch other : together.subList(1, together.size())) {
            residual.retainAll(NormalForm.conjuncts(other.residual()));
        }
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
