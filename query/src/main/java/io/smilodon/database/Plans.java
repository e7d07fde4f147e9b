package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.ReadView;
import io.smilodon.query.exec.ChosenPlan;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.AllowedPlans;
import io.smilodon.query.plan.CollectionStructure;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.PlanDecision;
import io.smilodon.query.plan.PlanMemory;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryPlanner;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.plan.Reason;
import io.smilodon.query.plan.RememberedPlan;
import io.smilodon.query.plan.Statistics;
import io.smilodon.query.plan.UniquePlans;
import io.smilodon.query.plan.UnusedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return entry.indexes().isEmpty()
                ? structure(entry, Statistics.guessed(access.estimate(entry, view)))
                : whole(entry, view);
    }

    /** The same for supposing indexes: with all that is known, even if there is no index yet. */
    CollectionStructure whole(CollectionEntry entry, ReadView view) {
        return structure(entry, statistics(entry, view));
    }

    private Statistics statistics(CollectionEntry entry, ReadView view) {
        return new PlanningStatistics(
                instance.samples(), entry, view, () -> access.estimate(entry, view));
    }

    private static CollectionStructure structure(CollectionEntry entry, Statistics statistics) {
        return new CollectionStructure(
                entry.namespace().toString(),
                readable(entry),
                statistics,
                entry.isCapped(),
                entry.collation(),
                AllowedIndexes.ALL,
                () -> unreadable(entry));
    }

    /**
     * Which indexes a query may use: as settings say of the operation, else as an index filter
     * does.
     */
    AllowedIndexes allowed(Query query, CollectionEntry entry, OperationContext operation) {
        if (!AllowedPlans.matterTo(query)) {
            return AllowedIndexes.ALL;
        }
        AllowedIndexes settled = operation.allowed(entry.namespace()::toString);
        return settled.areAll() ? instance.indexFilters().allowed(entry.id(), query) : settled;
    }

    private static List<IndexCandidate> readable(CollectionEntry entry) {
        List<IndexCandidate> readable = new ArrayList<>(entry.indexes().size());
        for (IndexEntry index : entry.indexes()) {
            if (isReadable(index)) {
                readable.add(index.candidate());
            }
        }
        return readable;
    }

    /** What replaces another index is not there until it does. */
    private static List<UnusedIndex> unreadable(CollectionEntry entry) {
        List<UnusedIndex> unreadable = new ArrayList<>();
        for (IndexEntry index : entry.lastingIndexes()) {
            String name = index.definition().name();
            barrier(index).ifPresent(reason -> unreadable.add(new UnusedIndex(name, reason)));
        }
        return unreadable;
    }

    private static List<IndexCandidate> unique(CollectionEntry entry) {
        List<IndexCandidate> unique = List.of();
        for (IndexEntry index : entry.indexes()) {
            if (index.definition().options().hasUniqueEntries() && isReadable(index)) {
                unique = unique.isEmpty() ? new ArrayList<>(1) : unique;
                unique.add(index.candidate());
            }
        }
        return unique;
    }

    private static boolean isReadable(IndexEntry index) {
        return barrier(index).isEmpty();
    }

    /** Why no query may read the index; empty if queries may. */
    private static Optional<Reason> barrier(IndexEntry index) {
        if (index.definition().options().hidden()) {
            return Optional.of(Reason.HIDDEN);
        }
        return index.isReady() ? Optional.empty() : Optional.of(Reason.BUILDING);
    }

    /** The plan where there is no collection, hence no index that a hint could name. */
    static PlanChoice ofNothing(Query query, Namespace namespace) {
        CollectionStructure nothing =
                new CollectionStructure(namespace.toString(), List.of(), Statistics.guessed(0));
        return QueryPlanner.plan(query.ofNothing(), nothing);
    }

    /** The plan to carry out; the way may be remembered from a query of the same shape. */
    Planned choose(Query asked, CollectionEntry entry, ReadView view, OperationContext operation) {
        Query query = offered(asked, entry);
        AllowedIndexes allowed = allowed(query, entry, operation);
        Planned planned = chooseAny(query, entry, view, allowed);
        return mayRun(planned.choice, query, entry, allowed)
                ? planned
                : new Planned(
                        query, chooseAnew(query, entry, view, allowed), planned.known, allowed);
    }

    /** The query for whole documents, if no index has all that is looked at of them. */
    private static Query offered(Query query, CollectionEntry entry) {
        if (!(query.output() instanceof Query.Output.Needed needed)) {
            return query;
        }
        for (IndexEntry index : entry.indexes()) {
            if (needed.mayBeIn(index.definition().pattern())) {
                return query;
            }
        }
        return query.whole();
    }

    private Planned chooseAny(
            Query query, CollectionEntry entry, ReadView view, AllowedIndexes allowed) {
        Optional<PlanChoice> lookup =
                allowed.areAll() ? UniquePlans.of(query, unique(entry)) : Optional.empty();
        if (lookup.isPresent()) {
            learnLookup(query, entry, lookup.get());
            return new Planned(query, lookup.get(), Optional.empty(), allowed);
        }
        if (entry.indexes().isEmpty()) {
            CollectionStructure all = structure(entry, view).allowing(allowed);
            PlanChoice choice = AllowedPlans.of(query, all, PlanMemory.NONE);
            return new Planned(query, choice, Optional.empty(), allowed);
        }
        PlanMemory memory = instance.planCache().on(entry, allowed);
        QueryShape shape = QueryShape.of(query);
        PlanChoice choice =
                RememberedPlan.of(query, shape, statistics(entry, view), memory)
                        .orElseGet(
                                () ->
                                        AllowedPlans.of(
                                                query,
                                                structure(entry, view).allowing(allowed),
                                                memory));
        return new Planned(query, choice, Optional.of(shape), allowed);
    }

    private void learnLookup(Query query, CollectionEntry entry, PlanChoice choice) {
        if (choice.winningPlan() instanceof PlanStage.UniqueLookup lookup) {
            instance.knownLookups().learn(query, entry, lookup, instance.indexUses());
        }
    }

    /** The plan with all that it was chosen from. */
    PlanChoice chooseAnew(
            Query asked, CollectionEntry entry, ReadView view, AllowedIndexes allowed) {
        Query query = offered(asked, entry);
        CollectionStructure all = structure(entry, view).allowing(allowed);
        PlanChoice choice = AllowedPlans.of(query, all, PlanMemory.NONE);
        return mayRun(choice, query, entry, allowed) ? choice : IndexedPlans.of(choice);
    }

    /** Settings that let all documents be read go before the parameter that refuses it. */
    private boolean mayRun(
            PlanChoice choice, Query query, CollectionEntry entry, AllowedIndexes allowed) {
        return !instance.refusesScans()
                || allowed.scan().isPresent()
                || IndexedPlans.mayRun(choice, query, entry.namespace());
    }

    /** Carries out what was planned for a query. */
    Cursor open(Planned planned, CollectionEntry entry, ReadView view, OperationContext operation) {
        PlanStage plan = planned.plan();
        OperationScope.carriesOut(planned);
        instance.indexUses().count(entry, plan);
        StoredView stored = new StoredView(entry, view);
        return planned.isById()
                ? PlanExecutor.open(plan, stored, operation)
                : PlanExecutor.open(
                        plan, stored, operation, done -> learn(planned, entry.id(), done));
    }

    /**
     * A query and the plan for it.
     *
     * @param known its shape, if somebody asked for it
     * @param allowed the indexes that it could be made of
     */
    record Planned(
            Query query, PlanChoice choice, Optional<QueryShape> known, AllowedIndexes allowed)
            implements ChosenPlan {

        @Override
        public String summary() {
            return PlanText.summary(plan());
        }

        @Override
        public String shapeHash() {
            return shape().hash();
        }

        PlanStage plan() {
            return choice.winningPlan();
        }

        /** Whether nothing can be learnt from it. */
        boolean isById() {
            return plan() instanceof PlanStage.IdLookup || plan() instanceof PlanStage.Nothing;
        }

        QueryShape shape() {
            return known.orElseGet(() -> QueryShape.of(query));
        }
    }

    private void learn(Planned planned, int collectionId, ExecutionCounts done) {
        QueryShape shape = planned.shape();
        instance.queryShapes().record(collectionId, shape, planned.query, done);
        double expected = planned.choice.winner().estimate().total();
        if (PlanDecision.isFarFrom(expected, done.cost())) {
            instance.planCache().forget(collectionId, shape, planned.allowed);
            instance.samples().tellWrong(collectionId);
        }
    }
}
