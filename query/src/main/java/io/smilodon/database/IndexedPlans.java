package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.plan.CostedPlan;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.PlanIndexes;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The plans that read no whole collection: what MongoDB's parameter {@code notablescan} leaves of a
 * choice. It lets filters pass that ask for everything, and the server's own collections.
 */
final class IndexedPlans {

    private IndexedPlans() {}

    /** Whether nothing is left to choose where scans are refused: whatever is chosen may run. */
    static boolean mayRun(PlanChoice choice, Query query, Namespace namespace) {
        return !scans(choice.winningPlan())
                || query.filter().equals(Predicate.everything())
                || namespace.collection().startsWith("system.")
                || namespace.database().equals("local");
    }

    /**
     * The cheapest plan with an index.
     *
     * @throws SmilodonException 291 if there is none
     */
    static PlanChoice of(PlanChoice choice) {
        List<CostedPlan> plans = new ArrayList<>(List.of(choice.winner()));
        plans.addAll(choice.others());
        List<CostedPlan> indexed = plans.stream().filter(plan -> !scans(plan.stage())).toList();
        if (indexed.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.NO_QUERY_EXECUTION_PLANS,
                    "No indexed plans available, and running with 'notablescan'",
                    Map.of("plan", choice.winningPlan().getClass().getSimpleName()));
        }
        return new PlanChoice(
                indexed.getFirst(), indexed.subList(1, indexed.size()), choice.unused());
    }

    private static boolean scans(PlanStage stage) {
        return PlanIndexes.of(stage).contains(PlanIndexes.NONE);
    }
}
