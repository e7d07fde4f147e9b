package io.smilodon.query.exec;

import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.KeyFilter;
import io.smilodon.query.plan.KeySpan;
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
                && (places.isEmpty() || places.get().passes(entries))
                && (seen.isEmpty() || seen.get().add(entries.idKey()));
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
