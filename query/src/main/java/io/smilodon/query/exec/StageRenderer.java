package io.smilodon.query.exec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as a document, with what its stages did if that is known. */
final class StageRenderer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Optional<ExecutionCounts> counts;
    private final boolean isCollated;

    /**
     * @param isCollated whether strings in bounds are keys of a collation
     */
    StageRenderer(Optional<ExecutionCounts> counts, boolean isCollated) {
        this.counts = counts;
        this.isCollated = isCollated;
    }

    Document render(PlanStage stage) {
        DocumentBuilder builder = start(stage, stage.stageName());
        switch (stage) {
            case PlanStage.Nothing nothing -> {}
            case PlanStage.CollectionScan scan -> describe(scan, builder);
            case PlanStage.NaturalScan scan -> {
                putFilter(builder, scan.filter());
                builder.put("direction", Explain.direction(scan.direction()));
            }
            case PlanStage.IdLookup lookup -> describe(lookup, builder);
            case PlanStage.UniqueLookup lookup -> describe(lookup, builder);
            case PlanStage.TextMatch match -> {
                new TextStages(this::render).describe(match, builder);
            }
            case PlanStage.Fetch fetch -> {
                putFilter(builder, fetch.filter());
                builder.put("inputStage", render(fetch.input()));
            }
            case PlanStage.GeoNear near -> describe(near, builder);
            case PlanStage.ProjectCovered covered -> {
                covered.output()
                        .ifPresent(what -> builder.put("transformBy", what.specification()));
                builder.put("inputStage", render(covered.input()));
            }
            case PlanStage.Sort sort -> describe(sort, builder);
            case PlanStage.Skip skip ->
                    builder.put("skipAmount", Explain.number(skip.count()))
                            .put("inputStage", render(skip.input()));
            case PlanStage.Limit limit ->
                    builder.put("limitAmount", Explain.number(limit.count()))
                            .put("inputStage", render(limit.input()));
            case PlanStage.Project project ->
                    builder.put("transformBy", project.output().specification())
                            .put("inputStage", render(project.input()));
        }
        return builder.build();
    }

    private Document render(EntryStage stage) {
        DocumentBuilder builder = start(stage, stage.stageName());
        switch (stage) {
            case EntryStage.IndexScan scan -> describe(scan, builder);
            case EntryStage.DistinctScan distinct -> describe(distinct.scan(), builder);
            case EntryStage.TextScan scan -> TextStages.describe(scan, builder);
            case EntryStage.IdEntries ids -> {
                putIndex(builder, IndexDefinition.onId());
                IntervalSet points =
                        IntervalSet.of(ids.ids().stream().map(Interval::point).toList());
                builder.put("indexBounds", idBounds(points, Direction.FORWARD));
            }
            case EntryStage.Union union -> builder.put("inputStages", renderAll(union.inputs()));
            case EntryStage.Intersection intersection ->
                    builder.put("inputStages", renderAll(intersection.inputs()));
            case EntryStage.MergeSort merge ->
                    builder.put("sortPattern", merge.pattern().toDocument())
                            .put("inputStages", renderAll(merge.inputs()));
        }
        return builder.build();
    }

    private ArrayValue renderAll(List<? extends EntryStage> stages) {
        List<Value> rendered = new ArrayList<>();
        stages.forEach(stage -> rendered.add(render(stage)));
        return ArrayValue.of(rendered);
    }

    private DocumentBuilder start(Object stage, String name) {
        DocumentBuilder builder = Document.builder().put("stage", name);
        counts.ifPresent(
                known -> {
                    StageCounts own = known.of(stage);
                    builder.put("nReturned", Explain.number(own.returned()))
                            .put(
                                    "executionTimeMillisEstimate",
                                    Explain.number(own.nanos() / NANOS_PER_MILLI))
                            .put("works", Explain.number(works(own)))
                            .put("advanced", Explain.number(own.returned()))
                            .put("needTime", Explain.number(works(own) - own.returned() - 1))
                            .put("needYield", 0)
                            .put("keysExamined", Explain.number(own.keysExamined()))
                            .put("docsExamined", Explain.number(own.documentsExamined()));
                });
        return builder;
    }

    /** Steps of the stage: what it looked at or handed on, and the end. */
    private static long works(StageCounts own) {
        return Math.max(own.returned(), own.keysExamined() + own.documentsExamined()) + 1;
    }

    private void describe(PlanStage.CollectionScan scan, DocumentBuilder builder) {
        putFilter(builder, scan.filter());
        builder.put("direction", Explain.direction(scan.direction()));
        if (!scan.ids().isAll()) {
            putIndex(builder, IndexDefinition.onId());
            builder.put("indexBounds", idBounds(scan.ids(), scan.direction()));
        }
    }

    private void describe(PlanStage.IdLookup lookup, DocumentBuilder builder) {
        putFilter(builder, lookup.filter());
        putIndex(builder, IndexDefinition.onId());
        IntervalSet points = IntervalSet.of(lookup.ids().stream().map(Interval::point).toList());
        builder.put("indexBounds", idBounds(points, lookup.direction()));
    }

    private void describe(PlanStage.UniqueLookup lookup, DocumentBuilder builder) {
        KeyPattern pattern = lookup.index().pattern();
        putFilter(builder, lookup.filter());
        putIndex(builder, lookup.index().definition());
        IndexBounds bounds =
                new IndexBounds(lookup.key().values().stream().map(IntervalSet::point).toList());
        builder.put("indexBounds", bounds.describe(pattern, Direction.FORWARD, isCollated));
    }

    private void describe(PlanStage.GeoNear near, DocumentBuilder builder) {
        IndexDefinition index = near.access().index().definition();
        putFilter(builder, near.filter());
        putIndex(builder, index);
        builder.put("nearPath", near.near().path().dotted())
                .put(
                        "indexBounds",
                        near.access()
                                .bounds()
                                .describe(index.pattern(), Direction.FORWARD, isCollated));
    }

    private void describe(PlanStage.Sort sort, DocumentBuilder builder) {
        builder.put("sortPattern", sort.pattern().toDocument());
        if (sort.limit() > 0) {
            builder.put("limitAmount", Explain.number(sort.limit()));
        }
        counts.ifPresent(known -> builder.put("usedDisk", known.of(sort).usedDisk()));
        builder.put("inputStage", render(sort.input()));
    }

    private void describe(EntryStage.IndexScan scan, DocumentBuilder builder) {
        IndexCandidate index = scan.index();
        KeyPattern pattern = index.pattern();
        scan.filter().ifPresent(filter -> putFilter(builder, filter.predicate()));
        putIndex(builder, index.definition(), pattern);
        builder.put("isMultiKey", index.traits().multikeyPaths().isMultikey());
        DocumentBuilder arrays = Document.builder();
        for (int part = 0; part < pattern.length(); part++) {
            arrays.put(pattern.part(part).path().dotted(), arrayPrefixes(index, part));
        }
        builder.put("multiKeyPaths", arrays.build())
                .put("isUnique", index.definition().options().unique())
                .put("isSparse", index.isSparse())
                .put("direction", Explain.direction(scan.direction()))
                .put("indexBounds", scan.bounds().describe(pattern, scan.direction(), isCollated));
    }

    private static ArrayValue arrayPrefixes(IndexCandidate index, int part) {
        FieldPath path = index.pattern().part(part).path();
        List<Value> prefixes = new ArrayList<>();
        for (int length = 1; length <= path.length(); length++) {
            if (index.traits().multikeyPaths().isArray(part, length)) {
                prefixes.add(Value.of(path.prefix(length).dotted()));
            }
        }
        return ArrayValue.of(prefixes);
    }

    private static void putIndex(DocumentBuilder builder, IndexDefinition index) {
        putIndex(builder, index, index.pattern());
    }

    /**
     * @param pattern of its keys: a wildcard index shows the path that it serves
     */
    private static void putIndex(
            DocumentBuilder builder, IndexDefinition index, KeyPattern pattern) {
        builder.put("keyPattern", pattern.toDocument()).put("indexName", index.name());
        if (!index.options().collation().isSimple()) {
            builder.put("collation", index.options().collation().toDocument());
        }
    }

    private Document idBounds(IntervalSet ids, Direction direction) {
        List<Value> texts = ids.describe(direction, isCollated).stream().map(Value::of).toList();
        return Document.of("_id", ArrayValue.of(texts));
    }

    static void putFilter(DocumentBuilder builder, Predicate filter) {
        Document asked = filter.toDocument();
        if (!asked.isEmpty()) {
            builder.put("filter", asked);
        }
    }
}
