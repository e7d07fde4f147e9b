package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.store.ReadView;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.plan.CollectionStructure;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.PlanDecision;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryPlanner;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.plan.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plans queries, carries plans out and learns from what they did. As safe as its access. */
final class Plans {

    private final Access access;
    private final Instance instance;

    Plans(Access access) {
        this.access = access;
        this.instance = access.instance();
    }

    /** What the planner may choose from, as this version of the catalog's entry has it. */
    CollectionStructure structure(CollectionEntry entry, ReadView view) {
        long documents = access.estimate(entry, view);
        return entry.indexes().isEmpty()
                ? structure(entry, Statistics.guessed(documents))
                : whole(entry, view);
    }

    /** The same for supposing indexes: with all that is known, even if there is no index yet. */
    CollectionStructure whole(CollectionEntry entry, ReadView view) {
        long documents = access.estimate(entry, view);
        return structure(entry, new PlanningStatistics(instance.samples(), entry, view, documents));
    }

    private static CollectionStructure structure(CollectionEntry entry, Statistics statistics) {
        List<IndexCandidate> readable = new ArrayList<>(entry.indexes().size());
        for (IndexEntry index : entry.indexes()) {
            if (index.isReady() && !index.definition().options().hidden()) {
                readable.add(index.candidate());
            }
        }
        return new CollectionStructure(
                entry.namespace().toString(),
                readable,
                statistics,
                entry.isCapped(),
                entry.collation());
    }

    /** The plan to carry out; the way may be remembered from a query of the same shape. */
    PlanChoice choose(Query query, CollectionEntry entry, ReadView view) {
        CollectionStructure structure = structure(entry, view);
        return entry.indexes().isEmpty()
                ? QueryPlanner.plan(query, structure)
                : QueryPlanner.plan(query, structure, instance.planCache().on(entry));
    }

    /** The plan with all that it was chosen from. */
    PlanChoice chooseAnew(Query query, CollectionEntry entry, ReadView view) {
        return QueryPlanner.plan(query, structure(entry, view));
    }

    /** Carries out what was planned for a query. */
    Cursor open(Planned planned, CollectionEntry entry, ReadView view, OperationContext operation) {
        PlanStage plan = planned.choice.winningPlan();
        instance.indexUses().count(entry, plan);
        StoredView stored = new StoredView(entry, view);
        return planned.isById()
                ? PlanExecutor.open(plan, stored, operation)
                : PlanExecutor.open(
                        plan, stored, operation, done -> learn(planned, entry.id(), done));
    }

    /** A query and the plan for it. */
    record Planned(Query query, PlanChoice choice) {

        /** Whether nothing can be learnt from it. */
        boolean isById() {
            return choice.winningPlan() instanceof PlanStage.IdLookup
                    || choice.winningPlan() instanceof PlanStage.Nothing;
        }
    }

    private void learn(Planned planned, int collectionId, ExecutionCounts done) {
        QueryShape shape = QueryShape.of(planned.query);
        instance.queryShapes().record(collectionId, shape, planned.query, done);
        double expected = planned.choice.winner().estimate().total();
        PlanDecision made = new PlanDecision("", Set.of(), expected);
        if (made.isExceededBy(done.cost())) {
            instance.planCache().forget(collectionId, shape);
            instance.samples().tellWrong(collectionId);
        }
    }
}
