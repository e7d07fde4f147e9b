package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plan of a query whose way is remembered as one scan of one index: of the bounds on that
 * index alone. No other plan is looked at, and the cost is estimated only where it may be too high
 * at all. Used once for one query.
 */
public final class RememberedPlan {

    private static final FieldPath ID = FieldPath.parse("_id");
    private static final double COST_PER_ENTRY = CostModel.INDEX_ENTRY + CostModel.FETCHED_DOCUMENT;

    private final Query query;
    private final PlanDecision decision;
    private final Statistics statistics;

    private RememberedPlan(Query query, PlanDecision decision, Statistics statistics) {
        this.query = query;
        this.decision = decision;
        this.statistics = statistics;
    }

    /**
     * The plan.
     *
     * @param shape that of the query
     * @return empty if no such way is remembered, or if this query is better planned anew
     */
    public static Optional<PlanChoice> of(
            Query query, QueryShape shape, Statistics statistics, PlanMemory memory) {
        if (query.hint() != Hint.NONE || !query.range().isAll()) {
            return Optional.empty();
        }
        Optional<PlanDecision> decision = memory.recall(shape);
        return decision.isEmpty() || decision.get().only().isEmpty()
                ? Optional.empty()
                : new RememberedPlan(query, decision.get(), statistics)
                        .on(decision.get().only().get());
    }

    private Optional<PlanChoice> on(IndexCandidate index) {
        List<Predicate> conjuncts = NormalForm.conjuncts(NormalForm.of(query.filter()));
        if (isOtherwiseFound(conjuncts) || index.lack(conjuncts).isPresent()) {
            return Optional.empty();
        }
        Optional<PlanStage> scan = new IndexPlans(query, conjuncts, statistics).scanOf(index);
        if (scan.isEmpty() || !PlanDecision.way(scan.get()).equals(decision.way())) {
            return Optional.empty();
        }
        Estimate estimate = estimate(scan.get());
        return decision.isExceededBy(estimate.total())
                ? Optional.empty()
                : Optional.of(
                        new PlanChoice(new CostedPlan(scan.get(), estimate), List.of(), List.of()));
    }

    /** Whether there may be a way to the documents that need not be weighed up. */
    private static boolean isOtherwiseFound(List<Predicate> conjuncts) {
        for (Predicate conjunct : conjuncts) {
            if (isOfIds(conjunct) || NormalForm.isNothing(conjunct)) {
                return true;
            }
        }
        return NearCondition.in(conjuncts).isPresent();
    }

    /** Whether it may leave one id only: then nothing else is to be weighed up. */
    private static boolean isOfIds(Predicate conjunct) {
        return conjunct instanceof Predicate.At at && at.path().equals(ID);
    }

    /** What the plan costs at most, if that is little whatever the values are. */
    private Estimate estimate(PlanStage plan) {
        double rows = rowsMax(plan);
        Estimate most = new Estimate(rows, 0, CostModel.OPENED_SCAN + rows * COST_PER_ENTRY);
        return decision.isExceededBy(most.total())
                ? new CostModel(statistics.quick()).of(plan)
                : most;
    }

    /** How many entries it reads at most; infinitely many if that depends on the values. */
    private double rowsMax(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Skip skip -> rowsMax(skip.input());
            case PlanStage.Limit limit -> rowsMax(limit.input());
            case PlanStage.Project project -> rowsMax(project.input());
            case PlanStage.Fetch fetch ->
                    rowsMax(fetch.input(), NormalForm.isEverything(fetch.filter()));
            case PlanStage.ProjectCovered covered -> rowsMax(covered.input(), true);
            default -> Double.POSITIVE_INFINITY;
        };
    }

    /**
     * The same of entries.
     *
     * @param areAllWanted whether each leads to a result
     */
    private double rowsMax(EntryStage entries, boolean areAllWanted) {
        if (entries instanceof EntryStage.IndexScan scan) {
            if (isOfOne(scan)) {
                return 1;
            }
            if (query.limit() > 0
                    && areAllWanted
                    && scan.filter().isEmpty()
                    && !scan.repeats()
                    && isRange(scan.bounds())) {
                return (double) query.skip() + query.limit();
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Whether it looks for one key of which there is one entry at most. */
    private static boolean isOfOne(EntryStage.IndexScan scan) {
        IndexCandidate index = scan.index();
        return index.definition().options().unique()
                && !index.traits().holdsCutKeys()
                && scan.access().equalityParts() == index.pattern().length()
                && isRange(scan.bounds());
    }

    /** Single values, one interval, then anything: no entry in between is outside. */
    private static boolean isRange(IndexBounds bounds) {
        boolean isBehind = false;
        for (IntervalSet part : bounds.parts()) {
            if (isBehind ? !part.isAll() : part.intervals().size() != 1) {
                return false;
            }
            isBehind |= !part.isPoint();
        }
        return true;
    }
}
