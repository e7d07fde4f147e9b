package io.smilodon.query.plan;

import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a plan is expected to cost. The unit is reading one document in a scan; fetching one by its
 * id costs more, reading an index entry less. Immutable and thread-safe.
 */
final class CostModel {

    static final double SCANNED_DOCUMENT = 1.0;
    static final double FETCHED_DOCUMENT = 2.0;
    static final double INDEX_ENTRY = 0.5;
    static final double COVERED_DOCUMENT = 0.05;
    static final double SORTED_DOCUMENT = 0.3;
    static final double OPENED_SCAN = 1.0;

    /** What is left by a test that says nothing of the values it passes. */
    private static final double UNKNOWN_SHARE = 0.5;

    private final Statistics statistics;

    CostModel(Statistics statistics) {
        this.statistics = statistics;
    }

    Estimate of(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Nothing nothing -> new Estimate(0, 0, 0);
            case PlanStage.CollectionScan scan -> scan(scan);
            case PlanStage.NaturalScan scan -> scan(scan);
            case PlanStage.IdLookup lookup -> lookup(lookup.ids().size(), lookup.filter());
            case PlanStage.Fetch fetch -> fetch(fetch);
            case PlanStage.ProjectCovered covered -> each(of(covered.input()), COVERED_DOCUMENT, 1);
            case PlanStage.Sort sort -> sort(sort);
            case PlanStage.Skip skip -> of(skip.input()).without(skip.count());
            case PlanStage.Limit limit -> of(limit.input()).stoppedAfter(limit.count());
            case PlanStage.Project project -> of(project.input());
        };
    }

    Estimate of(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> scan(scan);
            case EntryStage.IdEntries ids -> new Estimate(ids.ids().size(), 0, 0);
            case EntryStage.Union union -> sum(union.inputs().stream().map(this::of).toList());
            case EntryStage.MergeSort merge -> sum(merge.inputs().stream().map(this::of).toList());
        };
    }

    private Estimate scan(PlanStage.CollectionScan scan) {
        double inRange =
                statistics.documents()
                        * GuessedStatistics.share(scan.ids(), 1 / statistics.documents());
        double cost = OPENED_SCAN * scan.ids().intervals().size() + inRange * SCANNED_DOCUMENT;
        return new Estimate(inRange * share(scan.filter()), 0, cost);
    }

    /** Each document is looked up by the id that its order says. */
    private Estimate scan(PlanStage.NaturalScan scan) {
        double documents = statistics.documents();
        double cost = OPENED_SCAN + documents * (INDEX_ENTRY + FETCHED_DOCUMENT);
        return new Estimate(documents * share(scan.filter()), 0, cost);
    }

    private Estimate lookup(int ids, Predicate filter) {
        return new Estimate(ids * share(filter), 0, ids * FETCHED_DOCUMENT);
    }

    private Estimate fetch(PlanStage.Fetch fetch) {
        double share = 1;
        for (Predicate conjunct : NormalForm.conjuncts(fetch.filter())) {
            share *= isInBounds(fetch.input(), conjunct) ? 1 : share(conjunct);
        }
        return each(of(fetch.input()), FETCHED_DOCUMENT, share);
    }

    /** Whether the entries are fewer for the conjunct already, though it is checked again. */
    private static boolean isInBounds(EntryStage entries, Predicate conjunct) {
        return switch (entries) {
            case EntryStage.IndexScan scan -> scan.access().bounding().contains(conjunct);
            case EntryStage.MergeSort merge -> isInBounds(merge.inputs().get(0), conjunct);
            case EntryStage.Union union -> true;
            case EntryStage.IdEntries ids -> true;
        };
    }

    private static Estimate each(Estimate input, double cost, double share) {
        double rows = input.rows();
        return new Estimate(rows * share, input.startup(), input.total() + rows * cost);
    }

    private Estimate sort(PlanStage.Sort sort) {
        Estimate input = of(sort.input());
        double kept = sort.limit() > 0 ? Math.min(sort.limit(), input.rows()) : input.rows();
        double comparing = Math.log(Math.max(kept, 2)) / Math.log(2);
        double cost = input.total() + input.rows() * SORTED_DOCUMENT * comparing;
        return new Estimate(kept, cost, cost);
    }

    private Estimate scan(EntryStage.IndexScan scan) {
        IndexCandidate index = scan.index();
        double read = statistics.entries(index);
        double found = read;
        boolean isPrefix = true;
        for (int part = 0; part < index.pattern().length(); part++) {
            IntervalSet values = scan.bounds().part(part);
            double share = statistics.share(index, part, values);
            found *= share;
            read *= isPrefix ? share : 1;
            isPrefix &= values.isPoints();
        }
        if (isPrefix && index.definition().options().unique()) {
            read = Math.min(read, points(scan));
            found = Math.min(found, read);
        }
        if (scan.repeats()) {
            found *= statistics.documents() / statistics.entries(index);
        }
        double share = scan.filter().map(filter -> share(filter.predicate())).orElse(1.0);
        return new Estimate(found * share, 0, OPENED_SCAN + read * INDEX_ENTRY);
    }

    private static double points(EntryStage.IndexScan scan) {
        double points = 1;
        for (int part = 0; part < scan.index().pattern().length(); part++) {
            points *= scan.bounds().part(part).intervals().size();
        }
        return points;
    }

    private static Estimate sum(List<Estimate> inputs) {
        return new Estimate(
                total(inputs, Estimate::rows),
                total(inputs, Estimate::startup),
                total(inputs, Estimate::total));
    }

    private static double total(List<Estimate> inputs, ToDoubleFunction<Estimate> what) {
        return inputs.stream().mapToDouble(what).sum();
    }

    /** About which share of documents matches. */
    private static double share(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> {
                double share = 1;
                for (Predicate child : and.children()) {
                    share *= share(child);
                }
                yield share;
            }
            case Predicate.Or or ->
                    Math.min(1, or.children().stream().mapToDouble(CostModel::share).sum());
            case Predicate.Not not -> 1 - share(not.child());
            case Predicate.At at -> {
                IntervalSet values = IntervalSet.of(at.test().intervals());
                yield values.isAll()
                        ? UNKNOWN_SHARE
                        : GuessedStatistics.share(values, GuessedStatistics.POINT_SHARE);
            }
            case Predicate.Computed computed -> UNKNOWN_SHARE;
            case Predicate.Whole whole -> UNKNOWN_SHARE;
        };
    }
}
