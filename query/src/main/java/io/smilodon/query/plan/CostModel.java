package io.smilodon.query.plan;

import io.smilodon.engine.value.NullValue;
import io.smilodon.index.geo.NearCells;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a plan is expected to cost. The unit is reading one document in a scan; fetching one by its
 * id costs more, reading an index entry less. Immutable and thread-safe.
 */
public final class CostModel {

    public static final double SCANNED_DOCUMENT = 1.0;
    public static final double FETCHED_DOCUMENT = 2.0;
    public static final double INDEX_ENTRY = 0.5;
    static final double COVERED_DOCUMENT = 0.05;
    static final double SORTED_DOCUMENT = 0.3;
    public static final double OPENED_SCAN = 1.0;
    static final double HASHED_ENTRY = 0.15;

    /** That of one document by a key of a unique index. */
    static final Estimate UNIQUE_LOOKUP = new Estimate(1, 0, INDEX_ENTRY + FETCHED_DOCUMENT);

    private static final IntervalSet NULL = IntervalSet.point(NullValue.INSTANCE);

    /** Inputs of a merge that are looked at. */
    private static final int MERGED_ESTIMATED = 8;

    /** About so many rings are looked at until something is found. */
    private static final int RINGS = 8;

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
            case PlanStage.UniqueLookup lookup -> UNIQUE_LOOKUP;
            case PlanStage.TextMatch match -> each(of(match.input()), FETCHED_DOCUMENT, 1);
            case PlanStage.Fetch fetch -> fetch(fetch);
            case PlanStage.GeoNear near -> near(near);
            case PlanStage.ProjectCovered covered -> each(of(covered.input()), covered(covered), 1);
            case PlanStage.Sort sort -> sort(sort);
            case PlanStage.Skip skip -> of(skip.input()).without(skip.count());
            case PlanStage.Limit limit -> of(limit.input()).stoppedAfter(limit.count());
            case PlanStage.Project project -> of(project.input());
        };
    }

    Estimate of(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> scan(scan);
            case EntryStage.DistinctScan distinct -> scan(distinct.scan()); // if all are different
            case EntryStage.TextScan scan -> scan(scan);
            case EntryStage.IdEntries ids -> new Estimate(ids.ids().size(), 0, 0);
            case EntryStage.Union union -> union(union);
            case EntryStage.MergeSort merge -> merge(merge);
            case EntryStage.Intersection intersection -> intersection(intersection);
        };
    }

    /**
     * All places that are near enough are found in the end, if nobody stops. Each ring looks anew
     * for what the parts before the places lead to.
     */
    private Estimate near(PlanStage.GeoNear near) {
        IndexCandidate index = near.access().index();
        NearCells cells =
                new NearCells(near.nearness(), index.definition(), index.isMultikey(near.part()));
        double entries = statistics.reading(index, near.bounds(cells.all())).found();
        double entriesOfDocument = statistics.entries(index) / statistics.documents();
        double found = entries / Math.max(1, entriesOfDocument);
        double ring = statistics.reading(index, near.bounds(cells.first())).examined();
        double startup = OPENED_SCAN + RINGS * ring * INDEX_ENTRY;
        double total = startup + entries * INDEX_ENTRY + found * FETCHED_DOCUMENT;
        return new Estimate(found * share(near.filter()), startup, total);
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
        if (ids == 1) {
            return new Estimate(1, 0, FETCHED_DOCUMENT); // the usual case: nothing to weigh up
        }
        return new Estimate(ids * share(filter), 0, ids * FETCHED_DOCUMENT);
    }

    private Estimate fetch(PlanStage.Fetch fetch) {
        Estimate input = of(fetch.input());
        return each(input, FETCHED_DOCUMENT, matching(fetch, input.rows()));
    }

    /** About which share of the documents that the entries lead to matches. */
    private double matching(PlanStage.Fetch fetch, double rows) {
        if (isOfBranches(fetch.input())) { // what the entries say differs from branch to branch
            double matching = statistics.documents() * share(fetch.filter());
            return Math.min(1, matching / Math.max(rows, 1));
        }
        return shareOfNews(fetch.filter(), fetch.input());
    }

    /** The same of what is not known of all documents that the entries lead to. */
    private double shareOfNews(Predicate filter, EntryStage entries) {
        List<Predicate> news = new ArrayList<>();
        for (Predicate conjunct : NormalForm.conjuncts(filter)) {
            if (!isInBounds(entries, conjunct)) {
                news.add(conjunct);
            }
        }
        return share(NormalForm.allOf(news));
    }

    private static boolean isOfBranches(EntryStage entries) {
        return entries instanceof EntryStage.Union
                || entries instanceof EntryStage.MergeSort merge && !merge.isOfOneFilter();
    }

    /** A key that holds null does not tell whether there is a field: its document is read. */
    private double covered(PlanStage.ProjectCovered covered) {
        double cost = COVERED_DOCUMENT;
        if (covered.output().isPresent() && covered.input() instanceof EntryStage.IndexScan scan) {
            for (int part : covered.parts()) {
                if (scan.bounds().part(part).contains(NullValue.INSTANCE)) {
                    cost += FETCHED_DOCUMENT * statistics.share(scan.index(), part, NULL);
                }
            }
        }
        return cost;
    }

    /** Whether the entries are fewer for the conjunct already, though it is checked again. */
    private static boolean isInBounds(EntryStage entries, Predicate conjunct) {
        return switch (entries) {
            case EntryStage.IndexScan scan ->
                    scan.access().bounding().contains(conjunct)
                            || isInFilter(scan.index(), conjunct);
            case EntryStage.DistinctScan distinct -> isInBounds(distinct.scan(), conjunct);
            case EntryStage.TextScan scan -> true;
            case EntryStage.MergeSort merge -> isInBounds(merge.inputs().get(0), conjunct);
            case EntryStage.Intersection intersection ->
                    intersection.inputs().stream().anyMatch(scan -> isInBounds(scan, conjunct));
            case EntryStage.Union union -> true;
            case EntryStage.IdEntries ids -> true;
        };
    }

    /** Whether all documents of a partial index satisfy it. */
    private static boolean isInFilter(IndexCandidate index, Predicate conjunct) {
        return index.filter()
                .map(filter -> NormalForm.conjuncts(NormalForm.of(filter)))
                .map(held -> new Implication(index.comparesAlike()).holds(held, conjunct))
                .orElse(false);
    }

    private static Estimate each(Estimate input, double cost, double share) {
        double rows = input.rows();
        return new Estimate(rows * share, input.startup(), input.total() + rows * cost);
    }

    /** The cost of sorting some rows, of which some are kept. */
    public static double sorting(double rows, double kept) {
        return rows * SORTED_DOCUMENT * Math.log(Math.max(kept, 2)) / Math.log(2);
    }

    private Estimate sort(PlanStage.Sort sort) {
        Estimate input = of(sort.input());
        double kept = sort.limit() > 0 ? Math.min(sort.limit(), input.rows()) : input.rows();
        double cost = input.total() + sorting(input.rows(), kept);
        return new Estimate(kept, cost, cost);
    }

    private Estimate scan(EntryStage.IndexScan scan) {
        IndexCandidate index = scan.index();
        Statistics.Reading reading = statistics.reading(index, scan.bounds());
        double found = reading.found();
        if (scan.repeats()) {
            found *= Math.min(1, statistics.documents() / Math.max(1, entries(index)));
        }
        double share =
                scan.filter().map(filter -> shareOfNews(filter.predicate(), scan)).orElse(1.0);
        return new Estimate(
                found * share, OPENED_SCAN, OPENED_SCAN + reading.examined() * INDEX_ENTRY);
    }

    /** Of a wildcard index those under the names that are read. */
    private double entries(IndexCandidate index) {
        double share =
                index.wildcard()
                        .map(use -> statistics.share(index, use.namePart(), use.names()))
                        .orElse(1.0);
        return statistics.entries(index) * share;
    }

    /** Each word is in a small part of the documents. */
    private Estimate scan(EntryStage.TextScan scan) {
        double words = scan.search().keys().size();
        double found = words * statistics.documents() * GuessedStatistics.POINT_SHARE;
        double cost = words * OPENED_SCAN + found * INDEX_ENTRY;
        return new Estimate(found, scan.isByScore() ? cost : 0, cost);
    }

    /** Documents that are in all of the inputs, as if those had nothing to do with each other. */
    private Estimate intersection(EntryStage.Intersection intersection) {
        List<Estimate> inputs = intersection.inputs().stream().map(this::of).toList();
        double rows = statistics.documents();
        double fewest = rows;
        double total = 0;
        for (Estimate input : inputs) {
            rows *= Math.min(1, input.rows() / statistics.documents());
            fewest = Math.min(fewest, input.rows());
            total += input.total() + input.rows() * intersectedEntry(intersection);
        }
        List<Predicate> bounding = new ArrayList<>();
        for (EntryStage.IndexScan scan : intersection.inputs()) {
            bounding.addAll(scan.access().bounding());
        }
        double together = statistics.documents() * share(new Predicate.And(bounding));
        double startup = intersection.isOrdered() ? 0 : inputs.get(0).total();
        return new Estimate(Math.min(fewest, Math.max(rows, together)), startup, total);
    }

    private static double intersectedEntry(EntryStage.Intersection intersection) {
        return intersection.isOrdered() ? COVERED_DOCUMENT : HASHED_ENTRY;
    }

    private Estimate union(EntryStage.Union union) {
        List<Estimate> inputs = union.inputs().stream().map(this::of).toList();
        double rows = Math.min(statistics.documents(), total(inputs, Estimate::rows));
        return new Estimate(rows, inputs.get(0).startup(), total(inputs, Estimate::total));
    }

    /** All inputs are opened before the first entry; of many, some stand for the others. */
    private Estimate merge(EntryStage.MergeSort merge) {
        List<EntryStage.IndexScan> all = merge.inputs();
        int step = Math.max(1, all.size() / MERGED_ESTIMATED);
        List<Estimate> inputs = new ArrayList<>();
        for (int at = 0; at < all.size(); at += step) {
            inputs.add(of(all.get(at)));
        }
        double factor = (double) all.size() / inputs.size();
        return new Estimate(
                Math.min(statistics.documents(), factor * total(inputs, Estimate::rows)),
                factor * total(inputs, Estimate::startup),
                factor * total(inputs, Estimate::total));
    }

    private static double total(List<Estimate> inputs, ToDoubleFunction<Estimate> what) {
        return inputs.stream().mapToDouble(what).sum();
    }

    /** About which share of documents matches. */
    private double share(Predicate predicate) {
        if (NormalForm.isEverything(predicate)) {
            return 1;
        }
        return statistics.share(predicate);
    }
}
