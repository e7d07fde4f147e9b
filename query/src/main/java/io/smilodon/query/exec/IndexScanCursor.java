package io.smilodon.query.exec;

import io.smilodon.index.IndexCursor;
import io.smilodon.index.geo.Side;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.KeyFilter;
import io.smilodon.query.plan.KeySpan;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;

/** The entries of an index inside bounds, the first of each document. */
final class IndexScanCursor implements EntryCursor {

    private final IndexCursor entries;
    private final Optional<KeySpan> span;
    private final Optional<KeyFilter> filter;
    private final Optional<PlaceFilter> places;
    private final Optional<SeenIds> seen;
    private final StageCounts counts;
    private final Liveness liveness;

    /** Where the place of the current entry is. */
    private Side side = Side.EDGE;

    /** The filter that somebody asked about last, and what entries inside leave of it. */
    private Predicate asked = Predicate.everything();

    private Predicate unprovenInside = asked;

    IndexScanCursor(EntryStage.IndexScan stage, StageScope scope) {
        this.span = stage.span();
        this.filter = stage.filter();
        this.places = PlaceFilter.of(stage.access());
        this.seen =
                stage.repeats()
                        ? Optional.of(new SeenIds(stage.stageName(), scope.operation()))
                        : Optional.empty();
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
        this.entries =
                scope.view()
                        .openIndex(stage.index().definition(), stage.bounds(), stage.direction());
    }

    @Override
    public boolean advance() {
        while (entries.advance()) {
            liveness.step();
            if (passes()) {
                counts.countReturned();
                counts.keysExamined(entries.keysExamined());
                return true;
            }
        }
        counts.keysExamined(entries.keysExamined());
        return false;
    }

    private boolean passes() {
        return (span.isEmpty() || span.get().contains(entries.key()))
                && (filter.isEmpty() || filter.get().matches(entries.key()))
                && (places.isEmpty() || isNotOutside(places.get()))
                && (seen.isEmpty() || seen.get().add(entries.idKey()));
    }

    private boolean isNotOutside(PlaceFilter shape) {
        side = shape.side(entries);
        return side != Side.OUTSIDE;
    }

    @Override
    public Predicate unproven(Predicate filter) {
        if (side != Side.INSIDE) {
            return filter;
        }
        if (filter != asked) {
            asked = filter;
            unprovenInside = places.orElseThrow().others(filter);
        }
        return unprovenInside;
    }

    @Override
    public byte[] id() {
        return entries.idKey();
    }

    @Override
    public IndexKey key() {
        return entries.key();
    }

    @Override
    public void close() {
        seen.ifPresent(SeenIds::clear);
        entries.close();
    }
}
