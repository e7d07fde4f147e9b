package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueText;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Plans for people: in a few words, or as a tree of lines. */
public final class PlanText {

    private static final String INDENT = "  ";

    private PlanText() {}

    /** How the documents are found, on one line: {@code IXSCAN year_1}. */
    public static String summary(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Nothing nothing -> nothing.stageName();
            case PlanStage.CollectionScan scan -> scan.stageName();
            case PlanStage.NaturalScan scan -> scan.stageName();
            case PlanStage.IdLookup lookup -> lookup.stageName();
            case PlanStage.UniqueLookup lookup -> lookup.stageName() + " " + lookup.index().name();
            case PlanStage.Fetch fetch -> summary(fetch.input());
            case PlanStage.TextMatch match -> summary(match.input());
            case PlanStage.GeoNear near -> near.stageName() + " " + near.access().index().name();
            case PlanStage.ProjectCovered covered -> summary(covered.input());
            case PlanStage.Sort sort -> summary(sort.input());
            case PlanStage.Skip skip -> summary(skip.input());
            case PlanStage.Limit limit -> summary(limit.input());
            case PlanStage.Project project -> summary(project.input());
        };
    }

    private static String summary(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> scan.stageName() + " " + scan.index().name();
            case EntryStage.DistinctScan distinct ->
                    distinct.stageName() + " " + distinct.scan().index().name();
            case EntryStage.TextScan scan -> "TEXT_MATCH " + scan.index().name();
            case EntryStage.IdEntries ids -> ids.stageName() + " _id_";
            case EntryStage.Union union -> summary(union.inputs());
            case EntryStage.MergeSort merge -> summary(merge.inputs());
            case EntryStage.Intersection intersection -> summary(intersection.inputs());
        };
    }

    private static String summary(List<? extends EntryStage> stages) {
        return stages.stream().map(PlanText::summary).distinct().collect(Collectors.joining(", "));
    }

    /** One line per stage, inputs below their stage and further to the right. */
    public static String tree(PlanStage stage) {
        List<String> lines = new ArrayList<>();
        add(lines, stage, "");
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, PlanStage stage, String indent) {
        lines.add(indent + stage.stageName() + details(stage));
        switch (stage) {
            case PlanStage.Nothing nothing -> {}
            case PlanStage.CollectionScan scan -> {}
            case PlanStage.NaturalScan scan -> {}
            case PlanStage.IdLookup lookup -> {}
            case PlanStage.UniqueLookup lookup -> {}
            case PlanStage.Fetch fetch -> add(lines, fetch.input(), indent + INDENT);
            case PlanStage.TextMatch match -> add(lines, match.input(), indent + INDENT);
            case PlanStage.GeoNear near -> {}
            case PlanStage.ProjectCovered covered -> add(lines, covered.input(), indent + INDENT);
            case PlanStage.Sort sort -> add(lines, sort.input(), indent + INDENT);
            case PlanStage.Skip skip -> add(lines, skip.input(), indent + INDENT);
            case PlanStage.Limit limit -> add(lines, limit.input(), indent + INDENT);
            case PlanStage.Project project -> add(lines, project.input(), indent + INDENT);
        }
    }

    private static void add(List<String> lines, EntryStage stage, String indent) {
        lines.add(indent + stage.stageName() + details(stage));
        switch (stage) {
            case EntryStage.IndexScan scan -> {}
            case EntryStage.DistinctScan distinct -> {}
            case EntryStage.TextScan scan -> {}
            case EntryStage.IdEntries ids -> {}
            case EntryStage.Union union ->
                    union.inputs().forEach(input -> add(lines, input, indent + INDENT));
            case EntryStage.MergeSort merge ->
                    merge.inputs().forEach(input -> add(lines, input, indent + INDENT));
            case EntryStage.Intersection intersection ->
                    intersection.inputs().forEach(input -> add(lines, input, indent + INDENT));
        }
    }

    private static String details(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Nothing nothing -> "";
            case PlanStage.CollectionScan scan ->
                    " "
                            + Explain.direction(scan.direction())
                            + (scan.ids().isAll() ? "" : " _id: " + scan.ids())
                            + filter(scan.filter());
            case PlanStage.NaturalScan scan ->
                    " " + Explain.direction(scan.direction()) + " natural" + filter(scan.filter());
            case PlanStage.IdLookup lookup ->
                    lookup.ids().stream()
                            .map(ValueText::of)
                            .collect(Collectors.joining(", ", " ", filter(lookup.filter())));
            case PlanStage.UniqueLookup lookup ->
                    " " + lookup.index().name() + " " + lookup.key() + filter(lookup.filter());
            case PlanStage.Fetch fetch -> filter(fetch.filter());
            case PlanStage.TextMatch match -> filter(match.filter());
            case PlanStage.GeoNear near ->
                    " " + near.access().index().name() + filter(near.filter());
            case PlanStage.ProjectCovered covered ->
                    covered.output().map(what -> text(what.specification())).orElse("");
            case PlanStage.Sort sort ->
                    text(sort.pattern().toDocument())
                            + (sort.limit() > 0 ? " limit " + sort.limit() : "");
            case PlanStage.Skip skip -> " " + skip.count();
            case PlanStage.Limit limit -> " " + limit.count();
            case PlanStage.Project project -> text(project.output().specification());
        };
    }

    private static String details(EntryStage stage) {
        return switch (stage) {
            case EntryStage.IndexScan scan -> details(scan);
            case EntryStage.DistinctScan distinct -> details(distinct.scan());
            case EntryStage.TextScan scan -> " " + scan.index().name() + " " + scan.search().keys();
            case EntryStage.IdEntries ids ->
                    ids.ids().stream()
                            .map(ValueText::of)
                            .collect(Collectors.joining(", ", " _id_ ", ""));
            case EntryStage.Union union -> "";
            case EntryStage.MergeSort merge -> text(merge.pattern().toDocument());
            case EntryStage.Intersection intersection -> "";
        };
    }

    private static String details(EntryStage.IndexScan scan) {
        IndexCandidate index = scan.index();
        return " "
                + index.name()
                + " "
                + Explain.direction(scan.direction())
                + text(scan.bounds().describe(index.pattern(), scan.direction()))
                + scan.filter().map(filter -> filter(filter.predicate())).orElse("");
    }

    private static String filter(Predicate predicate) {
        var asked = predicate.toDocument();
        return asked.isEmpty() ? "" : " filter" + text(asked);
    }

    private static String text(Document document) {
        return " " + ValueText.of(document);
    }
}
