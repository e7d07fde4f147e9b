package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.plan.Query.Output.OneOfEach.Wanted;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plans that read one entry of an index for each value at a path, and jump over the others. An
 * index offers one if its bounds prove the filter and leave the parts behind the path open, and
 * those before it have one value each: then it holds each value once, and no other plan looks at
 * fewer entries. Immutable.
 */
final class DistinctPlans {

    private final Query query;
    private final Query.Output.OneOfEach output;
    private final List<Predicate> conjuncts;
    private final Statistics statistics;

    DistinctPlans(
            Query query,
            Query.Output.OneOfEach output,
            List<Predicate> conjuncts,
            Statistics statistics) {
        this.query = query;
        this.output = output;
        this.conjuncts = conjuncts;
        this.statistics = statistics;
    }

    /** Empty if the index does not lead to one document for each value. */
    Optional<Candidate> of(IndexCandidate index) {
        OptionalInt part = index.pattern().indexOf(output.path().dotted());
        if (part.isEmpty() || !isWholeQuery() || !isFit(index, part.getAsInt())) {
            return Optional.empty();
        }
        IndexAccess access = new BoundsBuilder(index, statistics, Set.of()).build(conjuncts);
        return holdsAll(access, part.getAsInt())
                ? direction(access).map(way -> candidate(access, part.getAsInt(), way))
                : Optional.empty();
    }

    private boolean isWholeQuery() {
        return query.skip() == 0 && query.limit() == 0 && query.range().isAll();
    }

    /** Whether the index has an entry for every document that matters, under the path's value. */
    private boolean isFit(IndexCandidate index, int part) {
        Wanted wanted = output.wanted();
        boolean isLacking =
                index.lack(conjuncts)
                        .filter(
                                lack -> // no field, no value
                                wanted != Wanted.VALUE
                                                || lack != Reason.SPARSE_COULD_MISS_DOCUMENTS)
                        .isPresent();
        return !isLacking
                && index.definition().pattern().kind() == PartKind.ORDERED
                && !index.traits().holdsCutKeys()
                && !index.hasNumber(part)
                && (wanted == Wanted.VALUE || !index.isMultikey(part))
                && (wanted != Wanted.LAST || index.isSingleKey());
    }

    /** Whether the bounds have each value that matters once, and prove the filter. */
    private boolean holdsAll(IndexAccess access, int part) {
        IndexCandidate index = access.index();
        if (access.bounds().isEmpty()
                || !NormalForm.isEverything(IndexPlans.residual(access))
                || !index.comparesAlike() && access.bounds().part(part).isOrderedByCollation()
                || index.isMultikey(part) && !access.bounds().part(part).isAll()) {
            return false;
        }
        for (int other = 0; other < index.pattern().length(); other++) {
            boolean isInPlace =
                    other < part
                            ? access.bounds().part(other).isPoint()
                            : other == part || access.bounds().part(other).isAll();
            if (!isInPlace || other < part && index.sharedArray(part, other) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Which way to read so that the first entry is the right one; empty if there is none. */
    private Optional<Direction> direction(IndexAccess access) {
        if (query.sort().isEmpty()) {
            return output.wanted().isForValue() ? Optional.of(Direction.FORWARD) : Optional.empty();
        }
        Optional<Direction> sorted =
                SortOrder.of(access, query.sort().get()).map(SortOrder.Provided::direction);
        return output.wanted() == Wanted.LAST ? sorted.map(Direction::reversed) : sorted;
    }

    private Candidate candidate(IndexAccess access, int part, Direction direction) {
        EntryStage entries =
                new EntryStage.DistinctScan(
                        IndexPlans.scan(access, direction),
                        part + 1,
                        output.wanted() == Wanted.VALUE);
        PlanStage stage =
                covered(access.index(), entries)
                        .orElseGet(() -> new PlanStage.Fetch(entries, Predicate.everything()));
        return new Candidate(
                new CostedPlan(stage, new CostModel(statistics).of(stage)),
                new TreeSet<>(Set.of(access.index().name())),
                access.equalityParts(),
                true);
    }

    /** The plan that reads no documents, if the entries hold all that somebody looks at. */
    private Optional<PlanStage> covered(IndexCandidate index, EntryStage entries) {
        Optional<Query.Output.Needed> needed =
                output.wanted() == Wanted.VALUE
                        ? Query.Output.Needed.of(Set.of(output.path()))
                        : output.needed();
        return needed.flatMap(
                some ->
                        Coverage.parts(index, some.paths())
                                .map(
                                        parts ->
                                                new PlanStage.ProjectCovered(
                                                        entries,
                                                        parts,
                                                        Optional.of(some.projected()))));
    }
}
