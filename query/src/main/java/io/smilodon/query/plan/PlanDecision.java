package io.smilodon.query.plan;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which way was chosen for a shape of queries. The bounds are those of each query.
 *
 * @param way the stages and the indexes, without values
 * @param indexes the names of the indexes that are used
 * @param cost what the plan was expected to cost when the way was chosen
 * @param only the index, where the way is one scan of it, as queries of the shape see it
 */
public record PlanDecision(
        String way, Set<String> indexes, double cost, Optional<IndexCandidate> only) {

    /** How many times more than expected a plan may cost until the way is chosen anew. */
    public static final double TOLERATED = 10;

    /** What costs no more than this is never too much. */
    private static final double COST_MIN = 100;

    public PlanDecision {
        indexes = Set.copyOf(indexes);
    }

    static PlanDecision of(Candidate chosen) {
        return new PlanDecision(
                way(chosen.plan().stage()),
                new TreeSet<>(chosen.indexes()),
                chosen.plan().estimate().total(),
                only(chosen.plan().stage()));
    }

    private static Optional<IndexCandidate> only(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Fetch fetch -> only(fetch.input());
            case PlanStage.ProjectCovered covered -> only(covered.input());
            case PlanStage.Sort sort -> only(sort.input());
            case PlanStage.Skip skip -> only(skip.input());
            case PlanStage.Limit limit -> only(limit.input());
            case PlanStage.Project project -> only(project.input());
            default -> Optional.empty();
        };
    }

    /** Not a wildcard index, which depends on the values in what it may be used for. */
    private static Optional<IndexCandidate> only(EntryStage entries) {
        return entries instanceof EntryStage.IndexScan scan && scan.index().wildcard().isEmpty()
                ? Optional.of(scan.index())
                : Optional.empty();
    }

    /** Whether this cost is far from what was expected. */
    boolean isExceededBy(double actual) {
        return isFarFrom(cost, actual);
    }

    /** Whether what was spent is far from what was expected. */
    public static boolean isFarFrom(double expected, double actual) {
        return actual > TOLERATED * Math.max(expected, COST_MIN);
    }

    /** The stages of a plan with the indexes that they read, without values. */
    static String way(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Nothing nothing -> nothing.stageName();
            case PlanStage.CollectionScan scan -> scan.stageName() + " " + scan.direction();
            case PlanStage.NaturalScan scan -> scan.stageName() + " " + scan.direction();
            case PlanStage.IdLookup lookup -> lookup.stageName();
            case PlanStage.UniqueLookup lookup -> lookup.stageName() + " " + lookup.index().name();
            case PlanStage.Fetch fetch -> "FETCH(" + way(fetch.input()) + ")";
            case PlanStage.TextMatch match -> "TEXT(" + way(match.input()) + ")";
            case PlanStage.GeoNear near ->
                    near.stageName() + " " + near.access().index().name() + " " + near.part();
            case PlanStage.ProjectCovered covered -> "COVERED(" + way(covered.input()) + ")";
            case PlanStage.Sort sort -> "SORT(" + way(sort.input()) + ")";
            case PlanStage.Skip skip -> way(skip.input());
            case PlanStage.Limit limit -> way(limit.input());
            case PlanStage.Project project -> way(project.input());
        };
    }

    private static String way(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> scan.index().way() + " " + scan.direction();
            case EntryStage.DistinctScan distinct ->
                    "DISTINCT(" + way(distinct.scan()) + " " + distinct.parts() + ")";
            case EntryStage.TextScan scan -> scan.index().name() + " " + scan.isByScore();
            case EntryStage.IdEntries ids -> "_id_";
            case EntryStage.Union union -> {
                StringBuilder way = new StringBuilder("OR(");
                union.inputs().forEach(input -> way.append(way(input)).append(','));
                yield way.append(')').toString();
            }
            case EntryStage.Intersection both -> {
                StringBuilder way = new StringBuilder("AND(");
                both.inputs().forEach(input -> way.append(way(input)).append(','));
                yield way.append(')').toString();
            }
            case EntryStage.MergeSort merge ->
                    merge.inputs().stream()
                            .map(PlanDecision::way)
                            .distinct()
                            .collect(Collectors.joining(",", "MERGE(", ")"));
        };
    }
}
