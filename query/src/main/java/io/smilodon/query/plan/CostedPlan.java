package io.smilodon.query.plan;

/**
 * A plan and what it is expected to cost.
 *
 * @param stage the whole plan
 * @param estimate rows and cost of its outermost stage
 */
public record CostedPlan(PlanStage stage, Estimate estimate) {}
