package io.smilodon.query.plan;

import java.util.List;

/**
 * What the planner decided, and what it decided against.
 *
 * @param winner the plan to carry out
 * @param rejected the other plans, cheapest first
 * @param unused each index that the winner does not use, by name
 */
public record PlanChoice(CostedPlan winner, List<CostedPlan> rejected, List<UnusedIndex> unused) {

    public PlanChoice {
        rejected = List.copyOf(rejected);
        unused = List.copyOf(unused);
    }

    /** The plan to carry out. */
    public PlanStage winningPlan() {
        return winner.stage();
    }
}
