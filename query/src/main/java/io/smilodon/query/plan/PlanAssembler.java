package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPattern;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Completes a way to the documents with what else a query asks for. Immutable. */
final class PlanAssembler {

    private final Query query;

    PlanAssembler(Query query) {
        this.query = query;
    }

    /** The order that has to be provided; a count has none. */
    Optional<SortPattern> sort() {
        return query.output() instanceof Query.Output.Counted ? Optional.empty() : query.sort();
    }

    /** A plan over documents. */
    PlanStage ofDocuments(PlanStage documents, boolean isSorted) {
        PlanStage ordered = documents;
        if (!isSorted && sort().isPresent()) {
            ordered = new PlanStage.Sort(documents, sort().get(), wanted());
        }
        PlanStage window = window(ordered);
        return projection()
                .<PlanStage>map(projection -> new PlanStage.Project(window, projection))
                .orElse(window);
    }

    /** A plan over index entries, which reads the documents only if it has to. */
    PlanStage ofEntries(EntryStage entries, Predicate residual, boolean isSorted) {
        return covered(entries, residual, isSorted)
                .orElseGet(() -> ofDocuments(new PlanStage.Fetch(entries, residual), isSorted));
    }

    /** The plan that reads no documents, if the entries hold all that is asked for. */
    Optional<PlanStage> covered(EntryStage entries, Predicate residual, boolean isSorted) {
        boolean needsSort = !isSorted && sort().isPresent();
        if (needsSort || !NormalForm.isEverything(residual)) {
            return Optional.empty();
        }
        return parts(entries)
                .map(parts -> window(new PlanStage.ProjectCovered(entries, parts, ofKeys())));
    }

    private Optional<List<Integer>> parts(EntryStage entries) {
        return switch (query.output()) {
            case Query.Output.Whole whole -> Optional.empty();
            case Query.Output.Needed needed -> parts(entries, needed.paths());
            case Query.Output.OneOfEach one ->
                    one.needed().flatMap(needed -> parts(entries, needed.paths()));
            case Query.Output.Keys keys -> Optional.empty();
            case Query.Output.Annotated annotated -> Optional.empty();
            case Query.Output.Counted counted ->
                    showsDocuments(entries) ? Optional.of(List.of()) : Optional.empty();
            case Query.Output.Projected projected ->
                    projected
                            .projection()
                            .onlyPaths()
                            .flatMap(paths -> parts(entries, Set.copyOf(paths)));
        };
    }

    /** Whether every entry stands for a document that exists; an id that is looked up may not. */
    private static boolean showsDocuments(EntryStage entries) {
        return switch (entries) {
            case EntryStage.IndexScan scan -> true;
            case EntryStage.DistinctScan distinct -> true;
            case EntryStage.TextScan scan -> false;
            case EntryStage.MergeSort merge -> true;
            case EntryStage.Intersection intersection -> true;
            case EntryStage.Union union ->
                    union.inputs().stream().allMatch(PlanAssembler::showsDocuments);
            case EntryStage.IdEntries ids -> false;
        };
    }

    private static Optional<List<Integer>> parts(EntryStage entries, Collection<FieldPath> paths) {
        return switch (entries) {
            case EntryStage.TextScan scan -> Optional.empty();
            case EntryStage.IndexScan scan -> Coverage.parts(scan.index(), paths);
            case EntryStage.DistinctScan distinct -> parts(distinct.scan(), paths);
            case EntryStage.MergeSort merge ->
                    merge.isOfOneIndex() ? parts(merge.inputs().get(0), paths) : Optional.empty();
            case EntryStage.Union union -> Optional.empty();
            case EntryStage.Intersection intersection -> Optional.empty();
            case EntryStage.IdEntries ids -> Optional.empty();
        };
    }

    private Optional<Query.Output.Projected> projection() {
        return query.output() instanceof Query.Output.Projected projected
                        && !projected.projection().isIdentity()
                ? Optional.of(projected)
                : Optional.empty();
    }

    /** What documents that are made of keys have; empty if nobody looks at them. */
    private Optional<Query.Output.Projected> ofKeys() {
        return switch (query.output()) {
            case Query.Output.Needed needed -> Optional.of(needed.projected());
            case Query.Output.OneOfEach one -> one.needed().map(Query.Output.Needed::projected);
            default -> projection();
        };
    }

    /** What a sort hands on is no more than is wanted already. */
    private PlanStage window(PlanStage stage) {
        PlanStage skipped = query.skip() > 0 ? new PlanStage.Skip(stage, query.skip()) : stage;
        boolean isLimited = query.limit() == 0 || stage instanceof PlanStage.Sort;
        return isLimited ? skipped : new PlanStage.Limit(skipped, query.limit());
    }

    private long wanted() {
        return query.limit() > 0 ? query.skip() + query.limit() : 0;
    }
}
