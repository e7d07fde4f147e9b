package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Carries out plans: opens a cursor for each stage. Used once for one plan; not thread-safe. */
public final class PlanExecutor {

    private final CollectionView view;
    private final OperationContext operation;
    private final boolean isTimed;
    private final List<Runnable> leaves = new ArrayList<>();
    private final List<ExecutionCounts.Counted> counts = new ArrayList<>();

    private PlanExecutor(CollectionView view, OperationContext operation, boolean isTimed) {
        this.view = view;
        this.operation = operation;
        this.isTimed = isTimed;
    }

    /** The documents that a plan yields; closing the cursor closes all that the plan reads. */
    public static Cursor open(PlanStage plan, CollectionView view, OperationContext operation) {
        return new PlanExecutor(view, operation, false).openWhole(plan, Long.MAX_VALUE);
    }

    /**
     * The same; when the cursor is closed, somebody is told what was done. The time is that from
     * the opening to the last document, the reader's own included.
     */
    public static Cursor open(
            PlanStage plan,
            CollectionView view,
            OperationContext operation,
            Consumer<ExecutionCounts> onClose) {
        PlanExecutor executor = new PlanExecutor(view, operation, false);
        Cursor cursor = executor.openWhole(plan, Long.MAX_VALUE);
        return new ReportingCursor(
                cursor,
                (returned, nanos) ->
                        onClose.accept(new ExecutionCounts(returned, nanos, executor.counts)));
    }

    /** What running a plan to its end did, stage by stage. */
    public static ExecutionCounts measure(
            PlanStage plan, CollectionView view, OperationContext operation) {
        return measure(plan, view, operation, Long.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param seen takes each document that the plan gives
     */
    public static ExecutionCounts measure(
            PlanStage plan,
            CollectionView view,
            OperationContext operation,
            Consumer<Document> seen) {
        PlanExecutor executor = new PlanExecutor(view, operation, true);
        long start = System.nanoTime();
        long returned = 0;
        try (Cursor cursor = executor.openWhole(plan, Long.MAX_VALUE)) {
            while (cursor.advance()) {
                seen.accept(cursor.current());
                returned++;
            }
        }
        return new ExecutionCounts(returned, System.nanoTime() - start, executor.counts);
    }

    /**
     * The same, or until it has given so many documents.
     *
     * @param resultsMax 1 or more
     */
    public static ExecutionCounts measure(
            PlanStage plan, CollectionView view, OperationContext operation, long resultsMax) {
        PlanExecutor executor = new PlanExecutor(view, operation, true);
        long start = System.nanoTime();
        long returned = 0;
        try (Cursor cursor = executor.openWhole(plan, resultsMax)) {
            while (returned < resultsMax && cursor.advance()) {
                returned++;
            }
        }
        return new ExecutionCounts(returned, System.nanoTime() - start, executor.counts);
    }

    /** Opens all of a plan or nothing: what was opened before a failure is closed. */
    private Cursor openWhole(PlanStage plan, long wanted) {
        try {
            return open(plan, wanted);
        } catch (RuntimeException failure) {
            leaves.forEach(Runnable::run);
            throw failure;
        }
    }

    private Cursor leaf(Cursor cursor) {
        leaves.add(cursor::close);
        return cursor;
    }

    private EntryCursor leaf(EntryCursor cursor) {
        leaves.add(cursor::close);
        return cursor;
    }

    private StageScope scope(Object stage) {
        StageCounts own = new StageCounts(operation.examined());
        counts.add(new ExecutionCounts.Counted(stage, own));
        return new StageScope(view, operation, own);
    }

    /** Opens a stage of which all may be asked for. */
    private Cursor open(PlanStage stage) {
        return open(stage, Long.MAX_VALUE);
    }

    /** Opens a stage of which no more than so many documents will be asked for. */
    private Cursor open(PlanStage stage, long wanted) {
        StageScope scope = scope(stage);
        Cursor cursor = open(stage, scope, wanted);
        return isTimed ? new TimedCursor(cursor, scope.counts()) : cursor;
    }

    private Cursor open(PlanStage stage, StageScope scope, long wanted) {
        return switch (stage) {
            case PlanStage.Nothing nothing -> new EmptyCursor();
            case PlanStage.CollectionScan scan -> leaf(new CollectionScanCursor(scan, scope));
            case PlanStage.NaturalScan scan -> leaf(new NaturalScanCursor(scan, scope));
            case PlanStage.IdLookup lookup -> new IdLookupCursor(lookup, scope);
            case PlanStage.UniqueLookup lookup -> new UniqueLookupCursor(lookup, scope);
            case PlanStage.TextMatch match -> open(match, scope, wanted);
            case PlanStage.Fetch fetch ->
                    new FetchCursor(open(fetch.input()), fetch.filter(), scope, wanted);
            case PlanStage.GeoNear near -> new GeoNearCursor(near, scope);
            case PlanStage.ProjectCovered covered ->
                    new CoveredCursor(open(covered.input()), fields(covered), scope);
            case PlanStage.Sort sort -> new SortCursor(open(sort.input()), sort, scope);
            case PlanStage.Skip skip ->
                    new SkipCursor(
                            open(skip.input(), sum(wanted, skip.count())),
                            skip.count(),
                            scope.counts());
            case PlanStage.Limit limit ->
                    new LimitCursor(
                            open(limit.input(), Math.min(wanted, limit.count())),
                            limit.count(),
                            scope.counts());
            case PlanStage.Project project ->
                    new ProjectCursor(input(project, wanted), project.output().projection(), scope);
        };
    }

    private static long sum(long wanted, long skipped) {
        return wanted > Long.MAX_VALUE - skipped ? Long.MAX_VALUE : wanted + skipped;
    }

    private Cursor input(PlanStage.Project project, long wanted) {
        Cursor input = open(project.input(), wanted);
        return project.output().readsMetadata()
                ? AnnotatingCursor.found(input, project.input(), view, project.output().order())
                : input;
    }

    private Cursor open(PlanStage.TextMatch match, StageScope scope, long wanted) {
        Cursor found = new FetchCursor(open(match.input()), match.filter(), scope, wanted);
        return match.isScored() ? new TextScoreCursor(found, match.matcher()) : found;
    }

    private EntryCursor open(EntryStage stage) {
        StageScope scope = scope(stage);
        return switch (stage) {
            case EntryStage.IndexScan scan -> leaf(new IndexScanCursor(scan, scope));
            case EntryStage.DistinctScan distinct -> leaf(new DistinctScanCursor(distinct, scope));
            case EntryStage.TextScan scan -> leaf(new TextScanCursor(scan, scope));
            case EntryStage.IdEntries ids -> new IdEntryCursor(ids.ids(), scope.counts());
            case EntryStage.Union union ->
                    new UnionCursor(openAll(union.inputs()), seen(union), scope.counts());
            case EntryStage.MergeSort merge ->
                    new MergeSortCursor(
                            merge, openAll(merge.inputs()), seen(merge), scope.counts());
            case EntryStage.Intersection intersection ->
                    intersection.isOrdered()
                            ? new OrderedIntersectionCursor(
                                    openAll(intersection.inputs()), scope.counts())
                            : new HashedIntersectionCursor(
                                    openAll(intersection.inputs()),
                                    () -> seen(intersection),
                                    scope.counts());
        };
    }

    private List<EntryCursor> openAll(List<? extends EntryStage> stages) {
        List<EntryCursor> cursors = new ArrayList<>();
        stages.forEach(stage -> cursors.add(open(stage)));
        return cursors;
    }

    private SeenIds seen(EntryStage stage) {
        return new SeenIds(stage.stageName(), operation);
    }

    private static CoveredCursor.CoveredFields fields(PlanStage.ProjectCovered covered) {
        List<FieldPath> paths = new ArrayList<>();
        for (int part : covered.parts()) {
            paths.add(pattern(covered.input()).part(part).path());
        }
        return new CoveredCursor.CoveredFields(
                covered.parts(), paths, covered.output().map(Query.Output.Projected::projection));
    }

    private static KeyPattern pattern(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> scan.index().pattern();
            case EntryStage.DistinctScan distinct -> pattern(distinct.scan());
            case EntryStage.MergeSort merge -> pattern(merge.inputs().get(0));
            case EntryStage.Union union -> throw new AssertionError("a union covers nothing");
            case EntryStage.Intersection both -> throw new AssertionError("it covers nothing");
            case EntryStage.TextScan scan -> throw new AssertionError("words cover nothing");
            case EntryStage.IdEntries ids -> throw new AssertionError("ids cover nothing");
        };
    }
}
