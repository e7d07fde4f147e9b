package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPart;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The plans that need no index: the documents lie in order of {@code _id}, so they are looked up or
 * scanned there. Immutable.
 */
final class IdPlans {

    private static final IndexTraits NO_ARRAYS = IndexTraits.none(IndexDefinition.onId());

    private static final IndexCandidate ON_ID =
            new IndexCandidate(IndexDefinition.onId(), NO_ARRAYS);

    /** Where the strings among the ids lie in another order than that of the query. */
    private static final IndexCandidate ON_ID_OF_OTHER_ORDER = ON_ID.comparingOtherwise();

    private static final SortedSet<String> ID_INDEX =
            Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(IndexDefinition.ID_INDEX_NAME)));

    private final List<Predicate> conjuncts;
    private final Statistics statistics;
    private final boolean isCapped;
    private final boolean isCounted;
    private final boolean isHinted;
    private final PlanAssembler assembler;
    private final IndexAccess access;

    IdPlans(Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        this.conjuncts = conjuncts;
        this.statistics = structure.statistics();
        this.isCapped = structure.isCapped();
        this.isCounted = query.output() instanceof Query.Output.Counted;
        this.isHinted = query.hint() != Hint.NONE;
        this.assembler = new PlanAssembler(query);
        this.access = access(query, conjuncts, structure);
    }

    /** What the conjuncts say about {@code _id}. */
    static IndexAccess access(
            Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        boolean comparesAlike = structure.collation().equals(query.collation());
        IndexCandidate onId = comparesAlike ? ON_ID : ON_ID_OF_OTHER_ORDER;
        return new BoundsBuilder(onId, structure.statistics(), Set.of()).build(conjuncts);
    }

    /** The values of a list of single ones, ascending. */
    static List<Value> values(IntervalSet points) {
        return points.intervals().stream().map(Interval::low).toList();
    }

    /** Whether the filter leaves one id at most that exists. */
    boolean areOfOne() {
        return access.bounds().part(0).isPoint();
    }

    /** Reads by id or in the order of ids, no more than the filter on {@code _id} demands. */
    Candidate plan() {
        IntervalSet ids = access.bounds().part(0);
        Predicate filter = NormalForm.allOf(access.residual());
        Direction direction = sortById(ids).orElse(Direction.FORWARD);
        if (ids.isEmpty()) {
            return byBounds(new PlanStage.Nothing());
        }
        PlanStage source =
                ids.isPoints()
                        ? new PlanStage.IdLookup(values(ids), direction, filter)
                        : scan(ids, direction, filter);
        boolean isSorted = ids.isPoint() || sortById(ids).isPresent();
        return byBounds(assembler.ofDocuments(source, isSorted));
    }

    /** A capped collection shows its order where no other is asked for. */
    private PlanStage scan(IntervalSet ids, Direction direction, Predicate filter) {
        boolean showsOrder = isCapped && ids.isAll() && !isCounted && assembler.sort().isEmpty();
        return showsOrder
                ? new PlanStage.NaturalScan(direction, filter)
                : new PlanStage.CollectionScan(ids, direction, filter, isById(ids));
    }

    /** Whether it is because of the ids that they are gone through. */
    private boolean isById(IntervalSet ids) {
        return !ids.isAll() || isHinted || sortById(ids).isPresent();
    }

    /** Reads everything in its natural order, in this direction. */
    Candidate scan(Direction direction) {
        Predicate filter = NormalForm.allOf(conjuncts);
        PlanStage source =
                isCapped
                        ? new PlanStage.NaturalScan(direction, filter)
                        : new PlanStage.CollectionScan(IntervalSet.ALL, direction, filter, false);
        boolean isSorted = !isCapped && sortById(IntervalSet.ALL).equals(Optional.of(direction));
        return candidate(assembler.ofDocuments(source, isSorted), Candidate.NO_INDEX, 0);
    }

    /** Reads a part of the ids in their order, whatever the filter says about them. */
    Candidate inside(KeySpan span) {
        IntervalSet ids = span.bounds().part(0);
        Optional<Direction> order = sortById(ids);
        PlanStage source =
                new PlanStage.CollectionScan(
                        ids, order.orElse(Direction.FORWARD), NormalForm.allOf(conjuncts), true);
        PlanStage stage = assembler.ofDocuments(source, order.isPresent());
        return candidate(stage, ID_INDEX, 0);
    }

    /** The direction in which the documents lie as the sort wants them: ids are unique. */
    private Optional<Direction> sortById(IntervalSet ids) {
        if (!access.index().comparesAlike() && ids.isOrderedByCollation()) {
            return Optional.empty();
        }
        return assembler
                .sort()
                .filter(pattern -> !pattern.readsMetadata())
                .map(pattern -> pattern.parts().get(0))
                .filter(first -> first.path().equals(ON_ID.pattern().part(0).path()))
                .map(IdPlans::direction);
    }

    private static Direction direction(SortPart part) {
        return part.isAscending() ? Direction.FORWARD : Direction.BACKWARD;
    }

    private Candidate byBounds(PlanStage stage) {
        return candidate(
                stage,
                access.isSelective() ? ID_INDEX : Candidate.NO_INDEX,
                access.equalityParts());
    }

    private Candidate candidate(PlanStage stage, SortedSet<String> indexes, int equalityParts) {
        CostedPlan plan = new CostedPlan(stage, new CostModel(statistics).of(stage));
        return new Candidate(plan, indexes, equalityParts, true);
    }
}
