package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.List;
import java.util.Optional;

/**
 * Plans queries where an administrator says which indexes they may read: then nobody's hint counts.
 * Pure functions.
 */
public final class AllowedPlans {

    private AllowedPlans() {}

    /**
     * Whether it matters to a query what is allowed: not to one that asks for keys of one index, or
     * for documents in their natural order.
     */
    public static boolean matterTo(Query query) {
        return query.range().isAll()
                && !(query.hint() instanceof Hint.Natural natural && natural.isOrder());
    }

    /**
     * The plan.
     *
     * @param structure says what is allowed
     * @param memory of queries with the same permission
     * @throws SmilodonException as {@link QueryPlanner#plan(Query, CollectionStructure)}; 291 and
     *     27 also for what an index filter leaves out
     */
    public static PlanChoice of(Query query, CollectionStructure structure, PlanMemory memory) {
        Query free = query.withHint(Hint.NONE);
        return switch (structure.allowed().origin()) {
            case NOBODY -> QueryPlanner.plan(query, structure, memory);
            case FILTER -> QueryPlanner.plan(free, structure, memory);
            case SETTINGS ->
                    byIndex(free, structure, memory).orElseGet(() -> otherwise(query, structure));
        };
    }

    private static Optional<PlanChoice> byIndex(
            Query free, CollectionStructure structure, PlanMemory memory) {
        try {
            return Optional.of(QueryPlanner.plan(free, structure, memory))
                    .filter(choice -> !PlanIndexes.areNone(choice.winningPlan()));
        } catch (SmilodonException failure) {
            boolean isOfIndexes =
                    failure.code() == ErrorCode.NO_QUERY_EXECUTION_PLANS
                            || failure.code() == ErrorCode.INDEX_NOT_FOUND;
            if (!isOfIndexes) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** Reads all documents if that is allowed and possible, else as if nothing were said. */
    private static PlanChoice otherwise(Query query, CollectionStructure structure) {
        List<Predicate> conjuncts = NormalForm.conjuncts(NormalForm.of(query.filter()));
        boolean mayScan =
                NearCondition.in(conjuncts).isEmpty() && TextTest.in(query.filter()).isEmpty();
        Query asked =
                structure
                        .allowed()
                        .scan()
                        .filter(scan -> mayScan)
                        .map(query::withHint)
                        .orElse(query);
        return QueryPlanner.plan(asked, structure.allowing(AllowedIndexes.ALL));
    }
}
