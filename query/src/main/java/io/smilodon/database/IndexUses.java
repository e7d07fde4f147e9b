package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.value.DateValue;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often plans have used which index since the database was opened, or since the index was
 * created, if that was later. Thread-safe.
 */
final class IndexUses {

    /** Stands for the index on {@code _id}, which the documents themselves are. */
    static final int ID_INDEX = 0;

    private static final int NO_INDEX = -1;

    private final DateValue openedAt = now();
    private final Map<Integer, Map<Integer, Use>> collections = new ConcurrentHashMap<>();

    /** An index. */
    private record Use(LongAdder count, DateValue since) {}

    /**
     * What is known of an index.
     *
     * @param count how many plans have used it
     * @param since from when on they were counted
     */
    record Counted(long count, DateValue since) {}

    private static DateValue now() {
        return new DateValue(System.currentTimeMillis());
    }

    /** An index has been created: it is counted from now on. */
    void begin(int collectionId, int indexId) {
        of(collectionId).put(indexId, new Use(new LongAdder(), now()));
    }

    /** A plan is about to be carried out. */
    void count(CollectionEntry entry, PlanStage plan) {
        Set<Integer> used = new HashSet<>();
        collect(plan, used);
        for (int index : used) {
            count(entry.id(), index);
        }
    }

    /** The index on {@code _id} was used without a plan. */
    void countIdLookup(int collectionId) {
        count(collectionId, ID_INDEX);
    }

    private void count(int collectionId, int indexId) {
        use(collectionId, indexId).count.increment();
    }

    Counted of(int collectionId, int indexId) {
        Use use = use(collectionId, indexId);
        return new Counted(use.count.sum(), use.since);
    }

    /** How many plans have looked at a whole collection. */
    long scans(int collectionId) {
        return of(collectionId, NO_INDEX).count;
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        collections.remove(collectionId);
    }

    /** Looks before it locks: both are there, but for the first time. */
    private Map<Integer, Use> of(int collectionId) {
        Map<Integer, Use> uses = collections.get(collectionId);
        return uses != null
                ? uses
                : collections.computeIfAbsent(collectionId, id -> new ConcurrentHashMap<>());
    }

    private Use use(int collectionId, int indexId) {
        Map<Integer, Use> uses = of(collectionId);
        Use use = uses.get(indexId);
        return use != null
                ? use
                : uses.computeIfAbsent(indexId, id -> new Use(new LongAdder(), openedAt));
    }

    private static void collect(PlanStage plan, Set<Integer> used) {
        switch (plan) {
            case PlanStage.Nothing nothing -> {}
            case PlanStage.CollectionScan scan ->
                    used.add(scan.ids().isAll() ? NO_INDEX : ID_INDEX);
            case PlanStage.NaturalScan scan -> used.add(NO_INDEX);
            case PlanStage.IdLookup lookup -> used.add(ID_INDEX);
            case PlanStage.Fetch fetch -> collect(fetch.input(), used);
            case PlanStage.TextMatch match -> collect(match.input(), used);
            case PlanStage.GeoNear near -> used.add(near.access().index().definition().id());
            case PlanStage.ProjectCovered covered -> collect(covered.input(), used);
            case PlanStage.Sort sort -> collect(sort.input(), used);
            case PlanStage.Skip skip -> collect(skip.input(), used);
            case PlanStage.Limit limit -> collect(limit.input(), used);
            case PlanStage.Project project -> collect(project.input(), used);
        }
    }

    private static void collect(EntryStage entries, Set<Integer> used) {
        switch (entries) {
            case EntryStage.IndexScan scan -> used.add(scan.index().definition().id());
            case EntryStage.DistinctScan distinct -> collect(distinct.scan(), used);
            case EntryStage.TextScan scan -> used.add(scan.index().definition().id());
            case EntryStage.IdEntries ids -> used.add(ID_INDEX);
            case EntryStage.Union union -> union.inputs().forEach(input -> collect(input, used));
            case EntryStage.Intersection intersection ->
                    intersection.inputs().forEach(input -> collect(input, used));
            case EntryStage.MergeSort merge ->
                    merge.inputs().forEach(input -> collect(input, used));
        }
    }
}
