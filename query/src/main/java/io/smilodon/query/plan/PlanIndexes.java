package io.smilodon.query.plan;

import java.util.HashSet;
import java.util.Set;

/** What a plan reads: the numbers of its indexes. Pure functions. */
public final class PlanIndexes {

    /** Stands for the index on {@code _id}, which the documents themselves are. */
    public static final int ON_ID = 0;

    /** Stands for all documents, read without an index. */
    public static final int NONE = -1;

    /** Stands for all documents, in the order of their ids or because these are hinted. */
    public static final int ALL_BY_ID = -2;

    private PlanIndexes() {}

    /** Whether it reads all documents. */
    public static boolean areNone(PlanStage plan) {
        Set<Integer> used = of(plan);
        return used.contains(NONE) || used.contains(ALL_BY_ID);
    }

    public static Set<Integer> of(PlanStage plan) {
        if (plan instanceof PlanStage.UniqueLookup lookup) {
            return Set.of(lookup.index().definition().id());
        }
        Set<Integer> used = new HashSet<>();
        collect(plan, used);
        return used;
    }

    private static void collect(PlanStage plan, Set<Integer> used) {
        switch (plan) {
            case PlanStage.Nothing nothing -> {}
            case PlanStage.CollectionScan scan -> used.add(ofIds(scan));
            case PlanStage.NaturalScan scan -> used.add(NONE);
            case PlanStage.IdLookup lookup -> used.add(ON_ID);
            case PlanStage.UniqueLookup lookup -> used.add(lookup.index().definition().id());
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

    private static int ofIds(PlanStage.CollectionScan scan) {
        if (!scan.ids().isAll()) {
            return ON_ID;
        }
        return scan.isById() ? ALL_BY_ID : NONE;
    }

    private static void collect(EntryStage entries, Set<Integer> used) {
        switch (entries) {
            case EntryStage.IndexScan scan -> used.add(scan.index().definition().id());
            case EntryStage.DistinctScan distinct -> collect(distinct.scan(), used);
            case EntryStage.TextScan scan -> used.add(scan.index().definition().id());
            case EntryStage.IdEntries ids -> used.add(ON_ID);
            case EntryStage.Union union -> union.inputs().forEach(input -> collect(input, used));
            case EntryStage.Intersection intersection ->
                    intersection.inputs().forEach(input -> collect(input, used));
            case EntryStage.MergeSort merge ->
                    merge.inputs().forEach(input -> collect(input, used));
        }
    }
}
