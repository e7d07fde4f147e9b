package io.smilodon.query.plan;

import java.util.List;

/**
 * What the planner decided, and what it decided against.
 *
 * @param winner the plan to carry out
 * @param others the other plans, cheapest first; one may occur several times
 * @param unused each index that the winner does not use, by name
 */
public record PlanChoice(CostedPlan winner, List<CostedPlan> others, List<UnusedIndex> unused) {

    public PlanChoice {
        others = List.copyOf(others);
        unused = List.copyOf(unused);
    }

    /** The plans that were not chosen, cheapest first, each once. */
    public List<CostedPlan> rejected() {
        return others.stream().distinct().toList();
    }

    /** The plan to carry out. */
    public PlanStage winningPlan() {
        return winner.stage();
    }
}
