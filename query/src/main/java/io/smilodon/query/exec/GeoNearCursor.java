package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.geo.GeoPlaces;
import io.smilodon.index.geo.NearRings;
import io.smilodon.index.geo.Nearness;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.value.MemorySize;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * The documents of a geospatial index, the nearest first. Reads the index ring by ring around the
 * centre; what lies beyond the ring that is read waits for its turn. Of the places of one document
 * the nearest counts.
 */
final class GeoNearCursor implements Cursor {

    private final PlanStage.GeoNear stage;
    private final StageScope scope;
    private final Nearness nearness;
    private final FieldPath path;
    private final NearRings rings;
    private final Optional<SeenIds> seen;
    private final MemoryAccount memory;
    private final Liveness liveness;
    private final PriorityQueue<Found> waiting =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Found::distance).thenComparingLong(Found::number));
    private int foundInRing;
    private long keysExamined;
    private long foundInAll;
    private Document current = Document.EMPTY;

    /** A document that may have to wait; those of one distance stay as they were found. */
    private record Found(double distance, long number, Document document, Value place) {}

    GeoNearCursor(PlanStage.GeoNear stage, StageScope scope) {
        this.stage = stage;
        this.scope = scope;
        this.nearness = stage.nearness();
        this.path = stage.near().path();
        IndexCandidate index = stage.access().index();
        this.rings = new NearRings(nearness, index.definition(), index.isMultikey(stage.part()));
        this.seen =
                index.isSingleKey()
                        ? Optional.empty() // no ring asks for an entry again
                        : Optional.of(new SeenIds(stage.stageName(), scope.operation()));
        this.memory = new MemoryAccount(stage.stageName(), scope.operation());
        this.liveness = new Liveness(scope.operation());
    }

    @Override
    public boolean advance() {
        while (waiting.isEmpty() || waiting.peek().distance > rings.outer()) {
            liveness.step();
            if (!rings.advance(foundInRing)) {
                break;
            }
            readRing();
        }
        Found next = waiting.poll();
        if (next == null) {
            return false;
        }
        memory.release(MemorySize.of(next.document));
        current = annotated(next);
        scope.counts().countReturned();
        return true;
    }

    private static Document annotated(Found found) {
        Metadata known =
                AnnotatedDocument.metadata(found.document)
                        .with(MetadataKind.GEO_NEAR_DISTANCE, () -> new DoubleValue(found.distance))
                        .with(MetadataKind.GEO_NEAR_POINT, () -> found.place);
        return AnnotatedDocument.of(found.document, known);
    }

    private void readRing() {
        foundInRing = 0;
        try (IndexCursor entries =
                scope.view()
                        .openIndex(
                                stage.access().index().definition(),
                                stage.bounds(rings.cells()),
                                Direction.FORWARD)) {
            while (entries.advance()) {
                liveness.step();
                if (seen.isEmpty() || seen.get().add(entries.idKey())) {
                    read(entries.idKey());
                }
            }
            keysExamined += entries.keysExamined();
            scope.counts().keysExamined(keysExamined);
        }
    }

    private void read(byte[] id) {
        Optional<Document> document = scope.view().fetch(id);
        scope.counts().countDocument();
        foundInRing++;
        if (document.isPresent() && stage.filter().matches(document.get())) {
            nearest(document.get()).ifPresent(this::keep);
        }
    }

    private void keep(Found found) {
        memory.reserve(MemorySize.of(found.document));
        waiting.add(found);
    }

    private Optional<Found> nearest(Document document) {
        Optional<Found> nearest = Optional.empty();
        for (Value place : GeoPlaces.single(document, path)) {
            OptionalDouble distance =
                    StoredGeometry.find(place)
                            .map(nearness::distance)
                            .orElse(OptionalDouble.empty());
            if (distance.isPresent()
                    && (nearest.isEmpty() || distance.getAsDouble() < nearest.get().distance)) {
                nearest =
                        Optional.of(
                                new Found(distance.getAsDouble(), foundInAll++, document, place));
            }
        }
        return nearest.filter(found -> nearness.accepts(found.distance));
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        seen.ifPresent(SeenIds::clear);
        waiting.clear();
        memory.close();
    }
}
