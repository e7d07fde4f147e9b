package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * MongoDB's <code>returnKey</code>: of each document the key of the index that led to it, of those
 * inside the bounds the first; nothing of a document that was found without an index. Not
 * thread-safe.
 */
public final class ReturnedKeys implements Cursor {

    private final Cursor input;
    private final List<EntryStage.IndexScan> scans = new ArrayList<>();
    private boolean isById;

    /**
     * @param input what the plan yields: whole documents
     */
    public ReturnedKeys(Cursor input, PlanStage plan) {
        this.input = input;
        collect(plan);
    }

    private void collect(PlanStage stage) {
        switch (stage) {
            case PlanStage.Nothing nothing -> {}
            case PlanStage.CollectionScan scan -> isById = scan.isById();
            case PlanStage.NaturalScan scan -> {}
            case PlanStage.IdLookup lookup -> isById = true;
            case PlanStage.UniqueLookup lookup -> {}
            case PlanStage.Fetch fetch -> collect(fetch.input());
            case PlanStage.TextMatch match -> collect(match.input());
            case PlanStage.GeoNear near -> {}
            case PlanStage.ProjectCovered covered -> collect(covered.input());
            case PlanStage.Sort sort -> collect(sort.input());
            case PlanStage.Skip skip -> collect(skip.input());
            case PlanStage.Limit limit -> collect(limit.input());
            case PlanStage.Project project -> collect(project.input());
        }
    }

    private void collect(EntryStage stage) {
        switch (stage) {
            case EntryStage.IndexScan scan -> scans.add(scan);
            case EntryStage.DistinctScan distinct -> scans.add(distinct.scan());
            case EntryStage.TextScan scan -> {}
            case EntryStage.IdEntries ids -> isById = true;
            case EntryStage.Union union -> union.inputs().forEach(this::collect);
            case EntryStage.MergeSort merge -> merge.inputs().forEach(this::collect);
            case EntryStage.Intersection both -> both.inputs().forEach(this::collect);
        }
    }

    @Override
    public boolean advance() {
        return input.advance();
    }

    @Override
    public Document current() {
        return keyOf(input.current());
    }

    /** The key that led to this document. */
    Document keyOf(Document document) {
        for (EntryStage.IndexScan scan : scans) {
            Optional<IndexKey> key = key(scan, document);
            if (key.isPresent()) {
                return scan.index().pattern().describe(key.get());
            }
        }
        return isById ? Document.of("_id", document.get("_id")) : Document.EMPTY;
    }

    private static Optional<IndexKey> key(EntryStage.IndexScan scan, Document document) {
        IndexDefinition definition = scan.index().definition();
        Comparator<IndexKey> order = scan.index().pattern().keyOrder();
        return definition.keys().keys(document).keys().stream()
                .filter(key -> scan.bounds().contains(key))
                .filter(key -> scan.span().map(span -> span.contains(key)).orElse(true))
                .min(scan.direction() == Direction.FORWARD ? order : order.reversed());
    }

    @Override
    public void close() {
        input.close();
    }
}
